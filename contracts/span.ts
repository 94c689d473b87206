import { z } from 'zod';

/** A length of time as people write it: `72h` hours, `5wd` working days, `14cd` calendar days, `24mo` months. */
export type SpanUnit = 'h' | 'wd' | 'cd' | 'mo';

const WORDS: Record<SpanUnit, string> = { h: 'hours', wd: 'working days', cd: 'calendar days', mo: 'months' };

/** A span in one of these units; the bounds hold for the number, whatever the unit. */
export function span(units: readonly SpanUnit[], { min, max }: { min: number; max: number }) {
  const words = units.map((unit) => WORDS[unit]).join(' or ');
  return z
    .string()
    .regex(new RegExp(`^\\d{1,4}(${units.join('|')})$`), `must be a number of ${words}, such as ${min}${units[0]}`)
    .refine((text) => Number.parseInt(text, 10) >= min && Number.parseInt(text, 10) <= max, `must be from ${min} to ${max} ${words}`);
}
