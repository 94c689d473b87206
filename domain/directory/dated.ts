import type { Instant, LocalDate } from '../../contracts/identity.ts';
import type { Dated } from '../../contracts/organisation.ts';
import { atLocalTime } from '../calendar/due.ts';
import { dayAfter, NO_END } from './validity.ts';
import type { Days } from './validity.ts';

/** A line manager, a unit, a head: one value for good, or several one after the other (rules §3.3). */

export interface DatedValue extends Days {
  value: string;
}

/** In the order of their days. */
export function valuesOf(dated: Dated | undefined): DatedValue[] {
  if (dated === undefined) return [];
  if (typeof dated === 'string') return [{ value: dated }];
  return dated.toSorted((one, other) => ((one.from ?? '') < (other.from ?? '') ? -1 : 1));
}

/** The value on that day, if there is one. */
export function valueOn(dated: Dated | undefined, day: LocalDate): string | undefined {
  return valuesOf(dated).find(({ from, until }) => (from === undefined || from <= day) && (until === undefined || day <= until))?.value;
}

/** The same of what is never without a value: a day that is left open has the one before it, or the first. */
export function steadyValueOn(dated: Dated, day: LocalDate): string {
  const values = valuesOf(dated);
  return (values.findLast(({ from }) => from === undefined || from <= day) ?? values[0]!).value;
}

/** The one that holds last: what is shown where nobody asks for a day. */
export function lastValue(dated: Dated | undefined): string | undefined {
  return valuesOf(dated).at(-1)?.value;
}

/** First of two days that are covered twice, where there is one. */
export function overlapOf(dated: Dated | undefined): LocalDate | undefined {
  const values = valuesOf(dated);
  return values.flatMap(({ from }, n) => (n > 0 && (values[n - 1]!.until ?? NO_END) >= (from ?? '') ? [from ?? '0000-01-01'] : []))[0];
}

/** What is built anew for every span of days between two changes, and kept. */
export type PerEra<T> = (at: Instant) => T;

/** `build` gets a day of the span; all dated values that play a part are named. */
export function perEra<T>(dated: readonly (Dated | undefined)[], zone: string, build: (day: LocalDate) => T): PerEra<T> {
  const days = [...new Set(dated.flatMap((each) => (typeof each === 'string' ? [] : valuesOf(each).flatMap(changesIn))))].sort();
  const instants = days.map((day) => atLocalTime(day, '00:00', zone));
  const kept = new Map<number, T>();
  return (at) => {
    const era = instants.filter((instant) => instant <= at).length;
    const known = kept.get(era);
    if (known !== undefined) return known;
    const made = build(days[era - 1] ?? '0000-01-01');
    kept.set(era, made);
    return made;
  };
}

function changesIn({ from, until }: Days): LocalDate[] {
  return [...(from === undefined ? [] : [from]), ...(until === undefined || until === NO_END ? [] : [dayAfter(until)])];
}

/**
 * A plain value over a history: the same value leaves the history as it is, another one goes on from today. Without a history it
 * replaces what was; the revision before still tells it.
 */
export function continued(before: Dated | undefined, after: Dated | undefined, today: LocalDate): Dated | undefined {
  if (typeof before !== 'object' || typeof after !== 'string') return after;
  if (lastValue(before) === after) return before;
  const yesterday = valuesOf(before).filter(({ from }) => from === undefined || from < today);
  const ended = yesterday.map((each) => ((each.until ?? NO_END) < today ? each : { ...each, until: dayBefore(today) }));
  return [...ended, { value: after, from: today }];
}

function dayBefore(day: LocalDate): LocalDate {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
