import colors from 'picocolors';
import type { CaseView } from '../../../contracts/api.ts';
import { clipped, facts, table } from '../display/table.ts';
import { timeIn } from '../display/times.ts';
import type { CaseAsOf } from './show.ts';

/** What a case carries beside its process, for people: later dates, holds, corrections, evidence, how long it is kept. */
type Shown = CaseView | CaseAsOf;

/** Whatever makes this case another than usual, a line each. */
export function standsOut({ zone, hold, cancelRequest, legalHold, occurredOn, approvedAt, settled, recordClass, retainUntil }: Shown): string {
  const time = timeIn(zone);
  const lines: [string, string][] = [
    ...line(hold, ({ by, since, reviewOn, reason }) => ['on hold', `by ${by} since ${time(since)}, looked at again on ${reviewOn}: ${clipped(reason)}`]),
    ...line(cancelRequest, ({ by, at, reason }) => ['to be called off', `asked for by ${by} on ${time(at)}: ${clipped(reason)}`]),
    ...line(legalHold, ({ by, since, reason }) => ['legal hold', `by ${by} since ${time(since)}: ${clipped(reason)}`]),
    ...line(occurredOn, (day) => ['recorded later', `it was on ${day}`]),
    ...line(approvedAt, (at) => ['first approved', time(at)]),
    ...line(settled === null ? null : retainUntil, (day) => ['kept until', `${day} (${recordClass})${legalHold ? ', longer under the legal hold' : ''}`]),
  ];
  return facts(lines);
}

function line<T>(value: T | null, words: (value: T) => [string, string]): [string, string][] {
  return value === null ? [] : [words(value)];
}

export function laterDates({ extensions }: Shown): string {
  if (extensions.length === 0) return '';
  const rows = extensions.map(({ deadline, due, newDate, requestedBy, requestedLate, reason, outcome }) => [
    ...[deadline, `${newDate} instead of ${due.slice(0, 10)}`, `${requestedBy}${requestedLate ? colors.yellow(' (late)') : ''}`],
    outcome === null ? 'not decided yet' : `${outcome.verdict}${outcome.by === null ? '' : ` by ${outcome.by}`}${outcome.days > 0 ? `, ${outcome.days} days` : ''}`,
    clipped(reason),
  ]);
  return table([], rows);
}

export function corrected({ corrections, zone }: Shown): string {
  if (corrections.length === 0) return '';
  const rows = corrections.map(({ entry, field, correctedIn, by, at }) => [`entry ${entry}`, field ?? 'note', `corrected in ${correctedIn}`, by, timeIn(zone)(at)]);
  return table([], rows);
}

export function evidenceTable({ evidence }: Shown): string {
  if (evidence.length === 0) return '';
  const rows = evidence.map(({ sha256, title, collectedBy, classification, relatesTo, link, validity, retainUntil }) => [
    ...[`${sha256.slice(0, 12)}…`, title, collectedBy, classification, relatesTo ?? ''],
    [link?.url, validity && `valid until ${validity.until}`, retainUntil && `kept until ${retainUntil}`].filter(Boolean).join(', '),
  ]);
  return table([], rows);
}
