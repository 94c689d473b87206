import { Temporal } from 'temporal-polyfill';
import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { LocalDate } from '../../contracts/identity.ts';

export type { WorkingCalendar };

/**
 * Whether the site works on that date: neither weekend nor holiday. A half day counts as a working day, since deadlines count
 * days, not hours; only what is due on it is due at noon, when work ends (rules §4.4).
 */
export function isWorkingDay(date: LocalDate, { weekend, holidays }: WorkingCalendar): boolean {
  return !weekend.includes(dayOf(date).weekday) && !Object.hasOwn(holidays, date);
}

/**
 * The n-th working day after `date`, for a negative n the n-th before it. `date` itself is never counted, working or not;
 * n = 0 answers `date` unchanged. From a working day, n and then −n lead back to it.
 */
export function addWorkingDays(date: LocalDate, n: number, calendar: WorkingCalendar): LocalDate {
  let day = date;
  for (let left = Math.abs(n); left > 0;) {
    day = n > 0 ? dayOf(day).next : dayOf(day).previous;
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}

/**
 * How many working days lead from `from` (not counted) to `to` (counted), negative when `to` is earlier; so
 * `addWorkingDays(from, countWorkingDays(from, to))` is `to` whenever `to` is a working day.
 */
export function countWorkingDays(from: LocalDate, to: LocalDate, calendar: WorkingCalendar): number {
  const forward = from < to;
  let count = 0;
  for (let day = from; forward ? day < to : day > to;) {
    day = forward ? dayOf(day).next : dayOf(day).previous;
    if (isWorkingDay(day, calendar)) count += forward ? 1 : -1;
  }
  return count;
}

interface Day {
  weekday: number;
  next: LocalDate;
  previous: LocalDate;
}

/** Facts that never change, remembered because every decision walks over the same few weeks. */
const knownDays = new Map<LocalDate, Day>();
const MAX_KNOWN_DAYS = 10_000;

function dayOf(date: LocalDate): Day {
  const known = knownDays.get(date);
  if (known) return known;
  if (knownDays.size >= MAX_KNOWN_DAYS) knownDays.clear();
  const day = readDay(date);
  knownDays.set(date, day);
  return day;
}

function readDay(date: LocalDate): Day {
  const day = Temporal.PlainDate.from(date);
  return {
    weekday: day.dayOfWeek,
    next: day.add({ days: 1 }).toString(),
    previous: day.subtract({ days: 1 }).toString(),
  };
}
