import type { Pool } from 'pg';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import { lastKnownDay } from '../../domain/calendar/coverage.ts';
import { calendarsInForce } from '../../domain/configuration/calendars.ts';
import { createDirectoryCache } from '../journal/directory-cache.ts';

/** Up to when each calendar in force knows its days off; null where it names none. Beyond it working days are counted wrongly. */
export async function calendarEnds(pool: Pool, now: Instant): Promise<{ calendar: string; until: LocalDate | null }[]> {
  const calendars = calendarsInForce(await createDirectoryCache().newest(pool), now);
  return calendars.map((each) => ({ calendar: each.id, until: lastKnownDay(each) })).sort((a, b) => (a.calendar < b.calendar ? -1 : 1));
}
