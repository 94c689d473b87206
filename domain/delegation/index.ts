import type { Actor } from '../../contracts/entry.ts';
import { openDelegationBody } from '../../contracts/delegation.ts';
import type { DelegationDocument, OpenDelegation } from '../../contracts/delegation.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { Behaviours, ProcessDefinition, View } from '../kernel/definition.ts';
import { delegationGuards } from './guards.ts';
import { delegationMachine } from './machine.ts';
import { delegationPolicy } from './policy.ts';
import { openingReasons } from './rules.ts';

function document({ scope, processes, decisions, acceptanceAuthority, from, until, reason }: OpenDelegation): DelegationDocument {
  return { scope, processes, decisions, acceptanceAuthority, from, until, reason, acceptedAt: null };
}

function parties({ delegate }: OpenDelegation, { person }: Actor): Record<string, string> {
  return { delegate, delegator: person! };
}

const tell =
  (subject: string, ...who: ('delegator' | 'delegate')[]) =>
  ({ file }: View<DelegationDocument>) => [
    { follow: 'inform' as const, subject, to: who.map((party): PrincipalKey => `person:${file.parties[party]!}`) },
  ];

const behaviours: Behaviours<DelegationDocument> = {
  entering: {
    accepted: tell('delegationAccepted', 'delegator'),
    declined: tell('delegationDeclined', 'delegator'),
    revoked: tell('delegationRevoked', 'delegator', 'delegate'),
    expired: tell('delegationExpired', 'delegator', 'delegate'),
    ended: tell('delegationEnded', 'delegator', 'delegate'),
    lapsed: tell('delegationLapsed', 'delegator'),
  },
};

/** Delegation (rules §3.3). */
export const delegation: ProcessDefinition<DelegationDocument> = {
  name: 'delegation',
  prefix: 'D',
  version: 1,
  machine: delegationMachine,
  guards: delegationGuards,
  policy: delegationPolicy,
  behaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: openDelegationBody,
    unit: (_, { actor, facts }) => facts.directory.person(actor.person ?? '')?.unit ?? '',
    document,
    parties,
    rules: openingReasons,
  },
};
