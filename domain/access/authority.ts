import type { PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { ProcessDefinition, View } from '../kernel/definition.ts';

/** Authority is person × role × relation; evaluated by person, never by the name of a role alone (rules §3.1). */

export type Authority = { entitled: true; role: string } | { entitled: false; reasons: Reason[] };

/**
 * Under which of the parties the actor may act. `everyone` is any active person, `viewer` any who sees the case
 * (`seesCase`, asked beside this); `system` the engine itself. In the name of another it is what that person can lend that counts, and
 * nothing of one's own; with a break-glass it is what that gives.
 */
export function authorityOf(definition: ProcessDefinition<never>, view: View<never, never>, by: readonly string[]): Authority {
  const { person, onBehalfOf, breakGlass } = view.actor;
  if (person === null) return by.includes('system') ? { entitled: true, role: 'SYSTEM' } : refused(by);
  if (!view.facts.directory.isActive(person, view.now)) return { entitled: false, reasons: [reason('PERSON_NOT_ACTIVE', { person })] };
  // Which command in which case the powers are for was asked before (`on-behalf.ts`).
  if (breakGlass) return by.some((party) => party !== 'system') ? { entitled: true, role: 'breakGlass' } : refused(by);
  const { directory } = view.facts;
  const held = new Set<PrincipalKey>(onBehalfOf === undefined ? directory.keysOf(person, view.now) : directory.lentKeysOf(onBehalfOf, view.now));
  const role = by.find((party) => isAnybody(party) || (party !== 'system' && principals(definition, view, party).some((key) => held.has(key))));
  return role === undefined ? refused(by) : { entitled: true, role };
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
