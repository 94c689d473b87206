import type { Instant } from '../contracts/identity.ts';
import { atLocalTime } from '../domain/calendar/due.ts';

/** Whether somebody asks for a day as a whole. */
export function isDate(asOf: string): boolean {
  return asOf.length === 10;
}

/** Of a date its last moment in the zone. */
export function instantOf(asOf: string, zone: string): Instant {
  return isDate(asOf) ? atLocalTime(asOf, '23:59:59.999', zone) : new Date(asOf).toISOString();
}
