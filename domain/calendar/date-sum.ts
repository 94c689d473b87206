import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../contracts/identity.ts';

/** The date so many months and days later, whatever anybody works; the end of a month clamps. Negative numbers go back. */
export function datePlus(date: LocalDate, { months = 0, days = 0 }: { months?: number; days?: number }): LocalDate {
  return Temporal.PlainDate.from(date).add({ months, days }).toString();
}
