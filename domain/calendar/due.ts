import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import type { Duration } from './duration.ts';
import { addWorkingDays, isWorkingDay, type WorkingCalendar } from './working-calendar.ts';

/** Where a due date goes that falls on a day off: to the next working day, to the one before, or nowhere (legal). */
export type RollRule = 'FOLLOWING' | 'PRECEDING' | 'NONE';

/** Time of day at the site at which something due on a date is due, and on a half day, when work ends then [D]. */
export const DUE_TIME = '17:00';
const NOON = '12:00';

/** What a deadline or window is computed from; `anchor` is the instant of the event that starts it, stored as data (rules §4.4). */
export interface Span {
  anchor: Instant;
  duration: Duration;
  calendar: WorkingCalendar;
}

/**
 * When a deadline is due (rules §4.4). CLOCK: exactly so many elapsed hours later, never rolled. CALENDAR and WORKING: counted
 * from the anchor's date at the site, rolled off days on which it does not work, due at 17:00 there (noon on a half day). The n-th working day after
 * an anchor on a day off is the n-th working day that follows it.
 */
export function dueInstant({ anchor, duration, calendar, roll }: Span & { roll?: RollRule }): Instant {
  if (duration.kind === 'CLOCK') return plusHours(anchor, duration.hours);
  return dueOnDate(plusDuration(localDate(anchor, calendar.zone), duration, calendar), calendar, roll);
}

/** When something due on a date is due: 17:00 at the site, noon on a half day, on the date the roll rule leads to. What does not roll knows no half days. */
export function dueOnDate(date: LocalDate, calendar: WorkingCalendar, roll: RollRule = 'FOLLOWING'): Instant {
  const day = rollDate(date, calendar, roll);
  const time = roll !== 'NONE' && Object.hasOwn(calendar.halfDays, day) ? NOON : DUE_TIME;
  return atLocalTime(day, time, calendar.zone);
}

/** When a window ends: the whole span later at the same time of day at the site (CLOCK: elapsed hours), never rolled. */
export function endOfWindow({ anchor, duration, calendar }: Span): Instant {
  if (duration.kind === 'CLOCK') return plusHours(anchor, duration.hours);
  const start = zoned(anchor, calendar.zone);
  const end = plusDuration(start.toPlainDate().toString(), duration, calendar);
  return atLocalTime(end, start.toPlainTime().toString(), calendar.zone);
}

/** The date of the instant in that zone. */
export function localDate(instant: Instant, zone: string): LocalDate {
  return zoned(instant, zone).toPlainDate().toString();
}

/** The instant as the zone's clocks show it, with its offset: `2026-12-29T17:00:00+01:00`; fractions of a second only where there are any. */
export function localIso(instant: Instant, zone: string): string {
  return zoned(instant, zone).toString({ timeZoneName: 'never' });
}

/**
 * The instant at which the zone's clocks show that time (`HH:MM` or finer) on that date. A time skipped in spring is taken after the gap,
 * a time that comes twice in autumn is its first occurrence.
 */
export function atLocalTime(date: LocalDate, time: string, zone: string): Instant {
  return toInstant(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: time }));
}

/** The date itself if the site works on it or nothing rolls, else the next working day in the rule's direction. */
export function rollDate(date: LocalDate, calendar: WorkingCalendar, roll: RollRule): LocalDate {
  if (roll === 'NONE' || isWorkingDay(date, calendar)) return date;
  return addWorkingDays(date, roll === 'FOLLOWING' ? 1 : -1, calendar);
}

/** The date so much later; months clamp at their end. */
export function plusDuration(
  date: LocalDate,
  duration: Exclude<Duration, { kind: 'CLOCK' }>,
  calendar: WorkingCalendar,
): LocalDate {
  if (duration.kind === 'WORKING') return addWorkingDays(date, duration.days, calendar);
  const { days = 0, months = 0, years = 0 } = duration;
  return Temporal.PlainDate.from(date).add({ days, months, years }).toString();
}

function plusHours(anchor: Instant, hours: number): Instant {
  return toInstant(Temporal.Instant.from(anchor).add({ hours }));
}

function zoned(instant: Instant, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone);
}

/** Written as `Date.prototype.toISOString` writes it, so that instants compare as strings. */
function toInstant(time: Temporal.ZonedDateTime | Temporal.Instant): Instant {
  const instant = time instanceof Temporal.Instant ? time : time.toInstant();
  return instant.toString({ fractionalSecondDigits: 3 });
}
