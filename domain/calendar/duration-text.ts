import { calendarDays, calendarMonths, clockHours, workingDays, type Duration } from './duration.ts';

/** Either what was read or computed, or one sentence that says what to write instead. */
export type Result<T> = ({ ok: true } & T) | { ok: false; problem: string };

interface Unit {
  build: (n: number) => Duration;
  /** Ten years: beyond that a deadline is a slip of the pen. */
  max: number;
}

const UNITS: Record<string, Unit> = {
  h: { build: clockHours, max: 87_600 },
  cd: { build: calendarDays, max: 3_650 },
  wd: { build: workingDays, max: 2_600 },
  mo: { build: calendarMonths, max: 120 },
};

/** Reads `72h` (clock hours), `14cd` (calendar days), `5wd` (working days) or `1mo` (calendar months); at most ten years. */
export function parseDuration(text: string): Result<{ duration: Duration }> {
  const [, digits = '', name = ''] = /^(\d{1,9})\s*([a-z]+)$/.exec(text.trim()) ?? [];
  const unit = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (!unit) {
    return refuse(`Write the duration as a number with h, cd, wd or mo, such as 72h, 14cd, 5wd or 1mo`, text);
  }
  if (Number(digits) > unit.max) return refuse(`Give at most ten years, that is ${unit.max}${name}`, text);
  return { ok: true, duration: unit.build(Number(digits)) };
}

/** A duration that is known to be well written: from the configuration, whose schema has checked it. */
export function durationOf(text: string): Duration {
  const parsed = parseDuration(text);
  if (!parsed.ok) throw new RangeError(parsed.problem);
  return parsed.duration;
}

/** What is wrong with what was given, shortened for people. */
export function refuse(advice: string, given: string): { ok: false; problem: string } {
  const shown = given.length > 40 ? `${given.slice(0, 40)}…` : given;
  return { ok: false, problem: `${advice}; "${shown}" was given.` };
}
