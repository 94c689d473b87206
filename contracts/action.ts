import { z } from 'zod';
import { itemKey } from './universe.ts';
import { evidenceList, line, localDate, personId, prose, reasonText, unitId } from './fields.ts';

/** Action: the shared child of plans, nonconformities, reviews and tests (rules §6). */

/**
 * What kind of work it is. CORRECTIVE is planned by a nonconformity, TREATMENT by a treatment plan; CONDITION is set by an approval; GENERAL by people; the others stand in for processes that do not
 * run yet, so that a link never ends nowhere. INCIDENT and EXCEPTION cover items of the audit universe (`covers`), which weigh more by them; found by the key `kind`.
 */
export const actionKinds = [
  'GENERAL',
  'CORRECTIVE',
  'CONDITION',
  'TREATMENT',
  'RISK_REASSESSMENT',
  'EXTRA_AUDIT',
  'DOCUMENT_CHANGE',
  'ISMS_CHANGE',
  'MANAGEMENT_REVIEW_ITEM',
  'INCIDENT',
  'EXCEPTION',
  'IMPROVEMENT',
] as const;
export type ActionKind = (typeof actionKinds)[number];

/** Opens an action. Without `owner` it waits in PROPOSED for somebody to be named. */
export const openActionBody = z.strictObject({
  title: line('Title'),
  description: prose('What is to be done').optional(),
  kind: z.enum(actionKinds).default('GENERAL'),
  unit: unitId('Unit'),
  owner: personId('Owner').optional(),
  verifier: personId('Verifier').optional(),
  due: localDate('Due date', 'notPast'),
  expectedEvidence: prose('Evidence expected').optional(),
  items: z.array(itemKey).max(50).optional().meta({ title: 'Items of the audit universe that an incident or an exception concerns' }),
});

/** What a parent adds when it opens the action itself. */
export const openActionFromParentBody = openActionBody.extend({
  parentOwner: personId('Owner of the parent case').optional(),
  covers: z.array(z.string()).default([]).meta({ title: 'Causes that it removes, or controls that it puts in place' }),
});
export type OpenAction = z.infer<typeof openActionFromParentBody>;

export const actionBodies = {
  ASSIGN: z.strictObject({ owner: personId('Owner') }),
  ACKNOWLEDGE: z.strictObject({ note: prose('Note').optional() }),
  DECLINE: z.strictObject({ reason: reasonText }),
  START: z.strictObject({ note: prose('Note').optional() }),
  BLOCK: z.strictObject({ reason: reasonText, needs: prose('What would unblock it').optional() }),
  UNBLOCK: z.strictObject({ note: prose('Note').optional() }),
  SUBMIT: z.strictObject({ result: prose('What was done'), evidence: evidenceList(1) }),
  RETURN: z.strictObject({ reason: reasonText }),
  VERIFY: z.strictObject({ note: prose('How it was verified') }),
  CALL_OFF: z.strictObject({ reason: reasonText }),
} as const;

export type ActionCommand = keyof typeof actionBodies;
export type ActionBody<C extends ActionCommand> = z.infer<(typeof actionBodies)[C]>;

/** The document of an action; names of people live in the case's parties. */
export interface ActionDocument {
  title: string;
  description: string | null;
  kind: ActionKind;
  due: string;
  expectedEvidence: string | null;
  covers: string[];
  parentOwner: string | null;
  blockedBecause: string | null;
  result: string | null;
  submittedBy: string | null;
  submittedEvidence: string[];
  returns: number;
  declines: number;
  verification: string | null;
}
