import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../contracts/identity.ts';
import { atLocalTime, endOfWindow, dueInstant, localDate } from '../domain/calendar/due.ts';
import type { Duration } from '../domain/calendar/duration.ts';
import type { WorkingCalendar } from '../domain/calendar/working-calendar.ts';
import { addWorkingDays } from '../domain/calendar/working-calendar.ts';
import { parseDuration } from '../domain/calendar/duration-text.ts';

/** What a time in a scenario is relative to: the present instant and the calendar of the organisation's main site. */
export interface TimeGround {
  now: Instant;
  calendar: WorkingCalendar;
}

/** A scenario that cannot be told as it is written; the message says what to change. */
export class ScenarioProblem extends Error {}

const LOCAL = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?$/;
const RELATIVE = /^\+(\d+(?:h|cd|wd|mo))(?: (\d{2}:\d{2}))?$/;

/** The instant that a time of a scenario means; `next step` is the driver's to answer. */
export function readTime(text: string, ground: TimeGround): Instant {
  const relative = RELATIVE.exec(text);
  if (relative) return later(relative[1]!, relative[2], ground);
  try {
    if (LOCAL.test(text)) return atLocalTime(text.slice(0, 10), text.slice(11), ground.calendar.zone);
    return Temporal.Instant.from(text.replace(' ', 'T')).toString({ fractionalSecondDigits: 3 });
  } catch {
    throw new ScenarioProblem(
      `"${text}" is no time that exists; write 2026-12-29T17:00, +3wd or "next step"`,
    );
  }
}

export function isLocalTime(text: string): boolean {
  return LOCAL.test(text);
}

function later(amount: string, time: string | undefined, { now, calendar }: TimeGround): Instant {
  const duration = durationOf(amount);
  const same =
    duration.kind === 'CLOCK'
      ? dueInstant({ anchor: now, duration, calendar })
      : endOfWindow({ anchor: now, duration, calendar });
  return time === undefined ? same : atLocalTime(localDate(same, calendar.zone), time, calendar.zone);
}

function durationOf(amount: string): Duration {
  const parsed = parseDuration(amount);
  if (!parsed.ok) throw new ScenarioProblem(parsed.problem);
  return parsed.duration;
}

const DATE = /^\$today(?:([+-])(\d+)(cd|wd))?$/;

/** `$today`, `$today+30cd`, `$today-2cd`, `$today+5wd` as a date at the main site; null for any other text. */
export function readDate(text: string, { now, calendar }: TimeGround): LocalDate | null {
  const found = DATE.exec(text);
  if (!found) return null;
  const [, sign, digits = '0', unit] = found;
  const n = Number(digits) * (sign === '-' ? -1 : 1);
  const today = localDate(now, calendar.zone);
  if (unit === 'wd') return addWorkingDays(today, n, calendar);
  return Temporal.PlainDate.from(today).add({ days: n }).toString();
}
