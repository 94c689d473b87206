import { z } from 'zod';
import { delegableDecisions, delegableProcesses } from './delegable.ts';
import { localDate, personId, prose, reasonText } from './fields.ts';
import type { Instant, LocalDate } from './identity.ts';

/** Delegation (rules §3.3): one person lets another decide in his name, for a time and within a scope. */

export const delegationScopes = ['EVERYTHING', 'PROCESSES', 'DECISIONS'] as const;

/** Opened by the delegator himself: nobody disposes of another's authority. `from` and `until` are whole days, both inclusive. */
export const openDelegationBody = z
  .strictObject({
    delegate: personId('Delegate'),
    scope: z.enum(delegationScopes).meta({ title: 'What it covers' }),
    processes: z.array(z.enum(delegableProcesses)).default([]).meta({ title: 'Processes (with scope PROCESSES)' }),
    decisions: z.array(z.enum(delegableDecisions)).default([]).meta({ title: 'Decisions (with scope DECISIONS), e.g. nonconformity:APPROVE' }),
    acceptanceAuthority: z.boolean().default(false).meta({ title: 'May accept residual risk in my name' }),
    from: localDate('First day', 'notPast'),
    until: localDate('Last day', 'notPast'),
    reason: reasonText,
  })
  .superRefine(({ scope, processes, decisions }, context) => {
    const fits = { EVERYTHING: processes.length + decisions.length === 0, PROCESSES: processes.length > 0 && decisions.length === 0, DECISIONS: decisions.length > 0 && processes.length === 0 };
    const message = { EVERYTHING: 'EVERYTHING names neither processes nor decisions', PROCESSES: 'PROCESSES names at least one process and no decisions', DECISIONS: 'DECISIONS names at least one decision and no processes' };
    if (!fits[scope]) context.addIssue({ code: 'custom', path: ['scope'], message: message[scope] });
  });
export type OpenDelegation = z.infer<typeof openDelegationBody>;

export const delegationBodies = {
  ACCEPT: z.strictObject({ note: prose('Note').optional() }),
  DECLINE: z.strictObject({ reason: reasonText }),
  REVOKE: z.strictObject({ reason: reasonText }),
} as const;

export type DelegationCommand = keyof typeof delegationBodies;
export type DelegationBody<C extends DelegationCommand> = z.infer<(typeof delegationBodies)[C]>;

/** The document of a delegation; delegator and delegate are the case's parties. */
export interface DelegationDocument {
  scope: OpenDelegation['scope'];
  processes: string[];
  decisions: string[];
  acceptanceAuthority: boolean;
  from: LocalDate;
  until: LocalDate;
  reason: string;
  acceptedAt: Instant | null;
}

/** What the directory reads of a delegation; instants of its first and after its last day. */
export type DelegationAbout = {
  delegator: string;
  delegate: string;
  scope: OpenDelegation['scope'];
  processes: string[];
  decisions: string[];
  acceptance: 'yes' | 'no';
  from: LocalDate;
  until: LocalDate;
  starts: Instant;
  ends: Instant;
  acceptedAt: Instant | null;
};
