import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import { atLocalTime, localDate } from '../calendar/due.ts';
import { isWorkingDay } from '../calendar/working-calendar.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';

/** Digests go at this time of the reader's site, on working days [D]. */
export const DIGEST_TIME = '08:00';

/** A digest's place in time: the local day names it, so a clock change makes neither two of a day nor none. */
export interface DigestSlot {
  day: LocalDate;
  at: Instant;
}

export type DigestWay = 'daily' | 'weekly';

interface SlotQuestion {
  way: DigestWay;
  calendar: WorkingCalendar;
}

/** Longer than any run of days off; a calendar that has no working day for so long sends on every day. */
const FAR = 400;

/**
 * The digest that a notice of `at` belongs to when it is sorted at `now`: the first one after it, and where that has gone by
 * (the courier was away), the last one that has, so that what was missed comes as one.
 */
export function digestSlot(question: SlotQuestion & { at: Instant; now: Instant }): DigestSlot {
  const next = slotAfter(question, question.at);
  return next.at > question.now ? next : lastSlot(question, question.now);
}

/** The first digest after the instant. */
export function slotAfter(question: SlotQuestion, instant: Instant): DigestSlot {
  return nearest(question, instant, { step: 1, fits: ({ at }) => at > instant });
}

function lastSlot(question: SlotQuestion, instant: Instant): DigestSlot {
  return nearest(question, instant, { step: -1, fits: ({ at }) => at <= instant });
}

function nearest(
  { way, calendar }: SlotQuestion,
  instant: Instant,
  { step, fits }: { step: 1 | -1; fits: (slot: DigestSlot) => boolean },
): DigestSlot {
  const today = localDate(instant, calendar.zone);
  for (let n = 0; n < FAR; n += 1) {
    const day = plusDays(today, n * step);
    if (isDigestDay(day, way, calendar) && fits(slotOn(day, calendar))) return slotOn(day, calendar);
  }
  return slotOn(plusDays(today, step), calendar);
}

function slotOn(day: LocalDate, { zone }: WorkingCalendar): DigestSlot {
  return { day, at: atLocalTime(day, DIGEST_TIME, zone) };
}

/** Daily: every working day. Weekly: the first working day of the week, which begins on Monday [D]. */
function isDigestDay(day: LocalDate, way: DigestWay, calendar: WorkingCalendar): boolean {
  if (!isWorkingDay(day, calendar)) return false;
  if (way === 'daily') return true;
  const before = Temporal.PlainDate.from(day).dayOfWeek - 1;
  return Array.from({ length: before }, (_, n) => plusDays(day, -n - 1)).every(
    (each) => !isWorkingDay(each, calendar),
  );
}

function plusDays(day: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}
