import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import { endOfWindow, localDate } from '../calendar/due.ts';
import { askedPerson, calendarOf, inForce, personsOf } from './draft.ts';
import type { Draft } from './draft.ts';

/**
 * How long a case is kept (rules §4.7): three years of a certification cycle and one more, unless the organisation keeps longer. A legal hold
 * overrides it. Nothing is deleted by itself; what may go is listed, and a person decides.
 */

/** From its end on, or again from another end. */
export function keepUntil(draft: Draft): void {
  const { settledAt, zone } = draft.file;
  const end = settledAt && endOfWindow({ anchor: settledAt, duration: inForce(draft).span('retention.record'), calendar: calendarOf(draft) });
  draft.file.retainUntil = end && localDate(end, zone);
}

const holders: readonly PrincipalKey[] = ['role:LEGAL', 'role:ISO', 'isoDeputy'];

function isHolder(draft: Draft, keys: readonly PrincipalKey[]): boolean {
  return personsOf(draft, keys).includes(askedPerson(draft.actor) ?? '');
}

export function legalHoldReasons(draft: Draft): Reason[] {
  if (!isHolder(draft, holders)) return [reason('NOT_ENTITLED', { entitled: ['LEGAL', 'iso', 'isoDeputy'] })];
  return draft.file.legalHold ? [reason('ALREADY_DONE', { what: 'legalHold' })] : [];
}

export function setLegalHold(draft: Draft, { reason: because }: CommonBody<'LEGAL_HOLD'>): null {
  const { person, onBehalfOf } = draft.actor;
  draft.actor = { ...draft.actor, role: 'legalHold' };
  draft.file.legalHold = { reason: because, by: person!, since: draft.now, never: [...new Set<PersonId>([person!, onBehalfOf ?? person!])] };
  draft.happenings.push({ kind: 'legalHold', on: true });
  return null;
}

/** Another person than who has set it (four eyes). */
export function releaseReasons(draft: Draft): Reason[] {
  const { legalHold } = draft.file;
  if (!isHolder(draft, [...holders, 'role:TOP_MGMT'])) return [reason('NOT_ENTITLED', { entitled: ['LEGAL', 'iso', 'isoDeputy', 'topManagement'] })];
  if (!legalHold) return [reason('ALREADY_DONE', { what: 'legalHold' })];
  const { person, onBehalfOf } = draft.actor;
  const own = [person, onBehalfOf].find((each) => each && legalHold.never.includes(each));
  return own ? [reason('SOD_BLOCKED', { rule: 'FOUR-EYES', person: own, because: 'legalHold', waivable: false })] : [];
}

export function releaseLegalHold(draft: Draft): null {
  draft.actor = { ...draft.actor, role: 'legalHold' };
  draft.file.legalHold = null;
  draft.happenings.push({ kind: 'legalHold', on: false });
  return null;
}
