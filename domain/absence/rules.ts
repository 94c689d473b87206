import { Temporal } from 'temporal-polyfill';
import type { AbsenceDocument, RecordAbsence } from '../../contracts/absence.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, LocalDate, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Facts } from '../kernel/facts.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';

/** Who records whose absence, and who may stand in (rules §3.3). */

type Sees<B = unknown> = View<AbsenceDocument, B>;
interface Opening {
  body: RecordAbsence;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

export function openingReasons(opening: Opening): Reason[] {
  const { body, facts, actor } = opening;
  const recorder = recorderReasons(opening);
  if (recorder.length > 0) return recorder;
  const substitute = body.substitute === undefined ? [] : substituteReasons({ person: body.person, substitute: body.substitute, by: actor.person!, facts, now: opening.now });
  return [...substitute, ...periodReasons(body, opening), ...overlapReasons(body, facts)];
}

/** The person, the line manager, or the ISO and his deputy. */
function recorderReasons({ body, actor, facts, now }: Opening): Reason[] {
  const keys: PrincipalKey[] = [`person:${body.person}`, `manager:${body.person}`, 'role:ISO', 'isoDeputy'];
  const held = facts.directory.keysOf(actor.person!, now);
  return keys.some((key) => held.includes(key)) ? [] : [reason('NOT_ENTITLED', { entitled: ['absentPerson', 'lineManager', 'iso', 'isoDeputy'] })];
}

export interface Naming {
  person: PersonId;
  substitute: PersonId;
  by: PersonId;
  facts: Facts;
  now: Instant;
}

/** Nobody stands in for himself, nor gives himself another's authority: only the line manager takes over what his people leave. */
export function substituteReasons({ person, substitute, by, facts, now }: Naming): Reason[] {
  if (substitute === person) return [reason('SAME_PERSON', { role: 'absentPerson', person })];
  if (facts.directory.isAuditorAccount(substitute, now)) return [reason('READ_ONLY_ACCOUNT', { person: substitute })];
  const takesOver = substitute === by && !facts.directory.keysOf(by, now).includes(`manager:${person}`);
  return takesOver ? [reason('NOT_OWN_SUBSTITUTE', { person: by })] : [];
}

/** Somebody fell ill and it is written down later; further back it would change nothing any more. */
function periodReasons({ from, until }: RecordAbsence, { facts, now }: Pick<Opening, 'facts' | 'now'>): Reason[] {
  if (until < from) return [reason('PERIOD_REVERSED', { from, until })];
  const earliest = Temporal.PlainDate.from(now.slice(0, 10)).subtract({ days: Number.parseInt(inForce({ facts, now }).value('absence.backdating'), 10) }).toString();
  if (from < earliest) return [reason('DATE_IN_PAST', { path: 'from', date: from, earliest })];
  return lengthReasons({ from, until }, { facts, now });
}

/** Longer than that nobody is absent but gone, and his work is given to somebody else. */
export function lengthReasons({ from, until }: { from: LocalDate; until: LocalDate }, ground: Pick<Opening, 'facts' | 'now'>): Reason[] {
  const months = Number.parseInt(inForce(ground).value('absence.longest'), 10);
  const latest = Temporal.PlainDate.from(from).add({ months }).subtract({ days: 1 }).toString();
  return until > latest ? [reason('PERIOD_TOO_LONG', { until, latest })] : [];
}

function overlapReasons({ person, from, until }: { person: PersonId; from: LocalDate; until: LocalDate }, facts: Facts, except?: string): Reason[] {
  const other = facts.directory
    .casesOf('absence')
    .find(({ id, settled, about }) => id !== except && settled === null && about['person'] === person && about['from']! <= until && from <= about['until']!);
  return other ? [reason('PERIOD_OVERLAPS', { case: other.ref, from: String(other.about['from']), until: String(other.about['until']) })] : [];
}

/** A later end must not run into the next absence. */
export function changedEndReasons({ doc, file, body, facts, now }: Sees<{ until: LocalDate }>): Reason[] {
  if (!body) return [];
  if (body.until < doc.from) return [reason('PERIOD_REVERSED', { from: doc.from, until: body.until })];
  return [...lengthReasons({ from: doc.from, until: body.until }, { facts, now }), ...overlapReasons({ person: file.parties['person']!, from: doc.from, until: body.until }, facts, file.id)];
}

export function namedSubstituteReasons({ file, body, actor, facts, now }: Sees<{ substitute: PersonId }>): Reason[] {
  return body ? substituteReasons({ person: file.parties['person']!, substitute: body.substitute, by: actor.person!, facts, now }) : [];
}

/** Somebody is named who is there. */
export function hasPresentSubstitute({ file, facts, now }: Sees): boolean {
  const { substitute } = file.parties;
  return substitute !== undefined && facts.directory.isActive(substitute, now) && !facts.directory.isAbsent(substitute, now);
}
