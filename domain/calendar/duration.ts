/** How long a deadline or window runs; the three kinds of rules §4.4. */
export type Duration =
  | { kind: 'CLOCK'; hours: number }
  | { kind: 'CALENDAR'; days?: number; months?: number; years?: number }
  | { kind: 'WORKING'; days: number };

/** Elapsed hours, day and night, never paused, never rolled: what laws count (rules §4.4). */
export const clockHours = (hours: number): Duration => ({ kind: 'CLOCK', hours: whole(hours) });

/** Days of the calendar in the zone of the site, weekends and holidays included. */
export const calendarDays = (days: number): Duration => ({ kind: 'CALENDAR', days: whole(days) });

/** Months of the calendar; the end of a month clamps: 31 January + 1 month is the last day of February. */
export const calendarMonths = (months: number): Duration => ({ kind: 'CALENDAR', months: whole(months) });

/** Days on which the site works; the day of the anchor is not counted. */
export const workingDays = (days: number): Duration => ({ kind: 'WORKING', days: whole(days) });

/** A fraction of a day or hour in a policy table is a mistake of its author: it throws. */
function whole(n: number): number {
  if (!Number.isSafeInteger(n)) throw new RangeError(`A duration takes a whole number, not ${n}`);
  return n;
}
