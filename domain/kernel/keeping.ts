import type { EvidenceItem } from '../../contracts/case-file.ts';
import type { SpanKey } from '../../contracts/configuration.ts';
import type { LocalDate, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { RecordClass } from '../../contracts/retention.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import { endOfWindow, localDate } from '../calendar/due.ts';
import { askedPerson, calendarOf, inForce, personsOf } from './draft.ts';
import type { Draft } from './draft.ts';

/**
 * How long a case and its evidence are kept, by class of record (rules §4.7): three years of a certification cycle and one more, unless the
 * organisation has set something else, and never less than law or contract demand. A legal hold overrides it. Nothing is deleted by itself; what may go is listed, and a person decides.
 */

/** From its end on, or again from another end; its evidence each by its own class. */
export function keepUntil(draft: Draft): void {
  const { file } = draft;
  file.recordClass = draft.definition.policy.recordClass ?? 'record';
  const until = lastDay(draft, file.recordClass);
  file.retainUntil = until;
  for (const item of file.evidence) keepEvidence(draft, item);
  if (until !== null) draft.happenings.push({ kind: 'keptUntil', recordClass: file.recordClass, until });
}

/** What is brought after the end is kept from the end on, too. */
export function keepEvidence(draft: Draft, item: EvidenceItem): void {
  if (draft.file.settledAt === null && item.retainUntil === undefined) return;
  item.retainUntil = lastDay(draft, item.recordClass ?? 'evidence', item.keepUntil);
}

/** What the organisation has set for the class, and never less than law or contract demand; null while the case is open. */
function lastDay(draft: Draft, recordClass: RecordClass, notBefore?: LocalDate): LocalDate | null {
  const { settledAt: anchor, zone } = draft.file;
  if (anchor === null) return null;
  const after = (key: SpanKey) => localDate(endOfWindow({ anchor, duration: inForce(draft).span(key), calendar: calendarOf(draft) }), zone);
  const days = [after(`retention.${recordClass}`), after(`retention.${recordClass}.minimum`), ...(notBefore ? [notBefore] : [])];
  return days.sort().at(-1)!;
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
