import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { ProcessDefinition, View } from '../kernel/definition.ts';

/** Authority is person × role × relation; evaluated by person, never by the name of a role alone (rules §3.1). */

export type Authority = { entitled: true; role: string } | { entitled: false; reasons: Reason[] };

/**
 * Under which of the parties the actor may act. `everyone` is any active person, `viewer` any who sees the case
 * (`seesCase`, asked beside this); `system` the engine itself. In the name of another it is what that person can lend that counts, and
 * nothing of one's own; with a break-glass it is what that gives. An auditor from outside acts in cases that he or she has a part in, by name
 * and never by role, and only while access is given (rules §18 "external firm").
 */
export function authorityOf(definition: ProcessDefinition<never>, view: View<never, never>, by: readonly string[]): Authority {
  const { person, onBehalfOf, breakGlass } = view.actor;
  if (person === null) return by.includes('system') ? { entitled: true, role: 'SYSTEM' } : refused(by);
  if (!view.facts.directory.isActive(person, view.now)) return { entitled: false, reasons: [reason('PERSON_NOT_ACTIVE', { person })] };
  if (view.facts.directory.isShutOut(person, view.now)) return { entitled: false, reasons: [reason('ACCESS_NOT_GIVEN', { person })] };
  // Which command in which case the powers are for was asked before (`on-behalf.ts`).
  if (breakGlass) return by.some((party) => party !== 'system') ? { entitled: true, role: 'breakGlass' } : refused(by);
  const held = heldKeys(view, onBehalfOf);
  const isAsked = (party: string) => party !== 'system' && principals(definition, view, party).some((key) => held.has(key));
  const anybody = hasPart(definition, view, person);
  const role = by.find((party) => (isAnybody(party) ? anybody() : isAsked(party)));
  return role === undefined ? refused(by) : { entitled: true, role };
}

function heldKeys({ actor: { person }, facts: { directory }, now }: View<never, never>, onBehalfOf: PersonId | undefined): Set<PrincipalKey> {
  if (onBehalfOf !== undefined) return new Set(directory.lentKeysOf(onBehalfOf, now));
  return new Set<PrincipalKey>(directory.isAuditorAccount(person!, now) ? [`person:${person!}`] : directory.keysOf(person!, now));
}

/** Whether what anybody may do is open to this person: to an auditor from outside where he or she is one of the parties. */
function hasPart(definition: ProcessDefinition<never>, view: View<never, never>, person: PersonId): () => boolean {
  if (!view.facts.directory.isAuditorAccount(person, view.now)) return () => true;
  const own = `person:${person}` as const;
  return () => Object.values(view.file.parties).includes(person) || Object.keys(definition.policy.parties).some((party) => principals(definition, view, party).includes(own));
}

/** Principals that a party stands for in this case. */
export function principals(definition: ProcessDefinition<never>, view: View<never, never>, party: string): PrincipalKey[] {
  const resolve = definition.policy.parties[party];
  if (!resolve) throw new Error(`party "${party}" of ${definition.name} is not defined`);
  return resolve(view);
}

function isAnybody(party: string): boolean {
  return party === 'everyone' || party === 'viewer';
}

function refused(by: readonly string[]): Authority {
  return { entitled: false, reasons: [reason('NOT_ENTITLED', { entitled: by.filter((party) => party !== 'system') })] };
}
