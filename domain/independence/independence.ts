import type { CaseId, Instant, LocalDate, PersonId } from '../../contracts/identity.ts';
import { AUDITOR_LOOKBACK_CEILING_MONTHS } from '../../contracts/configuration.ts';
import { conflictCauses } from '../../contracts/independence.ts';
import type { Conflict, ConflictCause, ConflictFact, ConflictsOf, Deed, Tenure } from '../../contracts/independence.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { localDate } from '../calendar/due.ts';
import type { Duration } from '../calendar/duration.ts';
import type { Directory } from '../directory/directory.ts';
import { groupBy } from '../directory/group-by.ts';
import { NO_END } from '../directory/validity.ts';
import { inForce } from '../kernel/draft.ts';
import type { FactQuery, Facts } from '../kernel/facts.ts';
import { itemOf } from './item.ts';
import { standingTouches } from './standing.ts';
import { touches } from './touches.ts';
import type { Touch } from './touches.ts';

/**
 * Independence of auditors (ISO/IEC 27001:2022 9.2.2; rules §3.2 SOD-01, SOD-02): worked out from who held and did what, and from the organisation,
 * within a lookback. Pure; whoever asks fetches `independenceNeeds` first.
 */

export interface IndependenceGround {
  directory: Directory;
  tenures: readonly Tenure[];
  deeds: readonly Deed[];
  now: Instant;
  /** How long somebody must have had nothing to do with an item. */
  lookback: Duration;
  /** Cases that do not count, with all that is part of them: the audit that is asked about. */
  except?: readonly CaseId[];
}

/** How long an auditor must have had nothing to do with an item, as the organisation has set it. */
export function lookbackOf(view: { facts: Facts; now: Instant }): Duration {
  return inForce(view).span('duties.auditorLookback');
}

/** What has to be known of these persons; `since` is any instant not after now, such as the opening of the case that asks. */
export function independenceNeeds(persons: PersonId[], since: Instant): FactQuery[] {
  const earliest = `${datePlus(since.slice(0, 10), { months: -AUDITOR_LOOKBACK_CEILING_MONTHS, days: -1 })}T00:00:00.000Z`;
  return [
    { fact: 'tenures', persons, since: earliest },
    { fact: 'deeds', persons, since: earliest },
  ];
}

/** Answers for one person and one item; made once for many questions. */
export function independence(ground: IndependenceGround): ConflictsOf {
  const { directory, now } = ground;
  const counts = ({ case: own, parents }: Tenure | Deed) => ![own, ...parents].some(({ id }) => ground.except?.includes(id));
  const traces = [...ground.tenures, ...ground.deeds].filter(counts).flatMap((past) => traceOf(past, directory) ?? []);
  const byPerson = groupBy(traces, ({ past }) => past.person);
  const reckoning = { today: localDate(now, directory.organisation.zone), freeFrom: endOfLookback(ground.lookback) };
  return (person, key) => {
    const item = itemOf(key);
    const found = (byPerson.get(person) ?? []).flatMap(({ past, may, fact }) => may.filter(({ concerns }) => concerns(past, item)).map(({ because }) => ({ because, fact: fact() })));
    return conflictsFrom([...found, ...standingTouches(directory, person, item, now)], { person, item: key, ...reckoning });
  };
}

/** Something held or done that may touch items; its days are worked out once, and only if it does. */
interface Trace {
  past: Tenure | Deed;
  may: readonly Touch[];
  fact: () => ConflictFact;
}

function traceOf(past: Tenure | Deed, { organisation: { zone } }: Directory): Trace | null {
  const may = (touches[past.case.process] ?? []).filter((touch) => isMeant(touch, past));
  if (may.length === 0) return null;
  let known: ConflictFact | undefined;
  return { past, may, fact: () => (known ??= { ref: past.case.ref, ...daysOf(past, zone) }) };
}

function isMeant(touch: Touch, past: Tenure | Deed): boolean {
  if ('party' in past) return 'party' in touch && [past.party, '*'].includes(touch.party);
  return 'relation' in touch && [past.relation, '*'].includes(touch.relation);
}

function daysOf(past: Tenure | Deed, zone: string): Omit<ConflictFact, 'ref'> {
  if ('party' in past) return { what: past.party, from: localDate(past.from, zone), until: past.until && localDate(past.until, zone) };
  const on = localDate(past.at, zone);
  return { what: past.relation, from: on, until: on };
}

interface Found {
  because: ConflictCause;
  fact: ConflictFact;
}

interface Question {
  person: PersonId;
  item: string;
  today: LocalDate;
  freeFrom: (fact: ConflictFact) => LocalDate | null;
}

/** One conflict for each cause, with all that stands for it; what is to begin only, or is over for long enough, is none. */
function conflictsFrom(found: readonly Found[], { person, item, today, freeFrom }: Question): Conflict[] {
  const standing = found.filter(({ fact }) => fact.from <= today && (freeFrom(fact) ?? NO_END) > today);
  if (standing.length === 0) return [];
  return conflictCauses.flatMap((because) => {
    const facts = distinct(standing.filter((each) => each.because === because).map(({ fact }) => fact));
    if (facts.length === 0) return [];
    const ends = facts.map(freeFrom);
    const rule = because === 'ISO_OVER_CLAUSE' ? 'SOD-02' : 'SOD-01';
    return [{ person, item, because, rule, facts, waivable: rule === 'SOD-01', freeFrom: ends.includes(null) ? null : ends.sort().at(-1)! }];
  });
}

/** The first day on which something is over for long enough; each last day is reckoned once. */
function endOfLookback(lookback: Duration): Question['freeFrom'] {
  if (lookback.kind !== 'CALENDAR') throw new RangeError('the lookback of an auditor is counted in months or days of the calendar');
  const known = new Map<LocalDate, LocalDate>();
  return ({ until }) => {
    if (until === null) return null;
    const end = known.get(until) ?? datePlus(until, lookback);
    known.set(until, end);
    return end;
  };
}

function distinct(facts: readonly ConflictFact[]): ConflictFact[] {
  const key = ({ ref, what, from, until }: ConflictFact) => `${from} ${ref} ${what} ${until}`;
  return [...new Map(facts.map((each) => [key(each), each])).values()].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** The conflict as a reason to refuse; `reasonText` says it in words. */
export function conflictReason({ person, item, because, rule, facts, waivable, freeFrom }: Conflict): Reason {
  const ends = facts.map(({ until }) => until);
  const until = ends.includes(null) ? null : ends.sort().at(-1)!;
  const refs = [...new Set(facts.map(({ ref }) => ref))];
  return reason('NOT_INDEPENDENT', { rule, person, item, because, refs, since: facts[0]!.from, until, freeFrom, waivable });
}
