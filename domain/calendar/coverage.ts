import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../contracts/identity.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** A calendar knows its days off up to a day; what is due beyond would leave out weekends alone. */

/** Last day for which days off are known; null where it names none at all. */
export function lastKnownDay({ until, holidays }: WorkingCalendar): LocalDate | null {
  const lastHoliday = Object.keys(holidays).sort().at(-1);
  return until ?? (lastHoliday === undefined ? null : `${lastHoliday.slice(0, 4)}-12-31`);
}

/** Deadlines may run a year: so long before its end a calendar has to be made anew. */
const WARNING_MONTHS = 12;

export function endsSoon(calendar: WorkingCalendar, today: LocalDate): boolean {
  const last = lastKnownDay(calendar);
  return last === null || last < Temporal.PlainDate.from(today).add({ months: WARNING_MONTHS }).toString();
}
