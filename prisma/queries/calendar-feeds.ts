import type { Pool } from 'pg';
import type { CalendarFeedView } from '../../contracts/calendar-feed.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';

/** Secret addresses of calendars: one for each person, of which the database holds the hash alone. */

export interface NewFeed {
  person: PersonId;
  tokenHash: string;
  now: Instant;
}

/** The address before it leads nowhere from now on. */
export async function storeFeed(pool: Pool, { person, tokenHash, now }: NewFeed): Promise<void> {
  await pool.query(
    `INSERT INTO calendar_feed (person, token_hash, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (person) DO UPDATE SET token_hash = $2, created_at = $3, last_read_at = NULL`,
    [person, tokenHash, now],
  );
}

/** Whose it is, or null; when it was read is kept to the hour. */
export async function readerOfFeed(pool: Pool, { tokenHash, now }: Omit<NewFeed, 'person'>): Promise<PersonId | null> {
  const { rows } = await pool.query<{ person: PersonId; isNoted: boolean }>(
    `SELECT person, coalesce(last_read_at > $2::timestamptz - interval '1 hour', false) AS "isNoted" FROM calendar_feed WHERE token_hash = $1`,
    [tokenHash, now],
  );
  const [found] = rows;
  if (found && !found.isNoted) await pool.query('UPDATE calendar_feed SET last_read_at = $2 WHERE token_hash = $1', [tokenHash, now]);
  return found?.person ?? null;
}

export async function feedOf(pool: Pool, person: PersonId): Promise<CalendarFeedView['feed']> {
  const { rows } = await pool.query<{ createdAt: Date; lastReadAt: Date | null }>('SELECT created_at AS "createdAt", last_read_at AS "lastReadAt" FROM calendar_feed WHERE person = $1', [person]);
  const [found] = rows;
  return found ? { createdAt: found.createdAt.toISOString(), lastReadAt: found.lastReadAt?.toISOString() ?? null } : null;
}

/** False where there was none. */
export async function revokeFeed(pool: Pool, person: PersonId): Promise<boolean> {
  const { rowCount } = await pool.query('DELETE FROM calendar_feed WHERE person = $1', [person]);
  return rowCount === 1;
}
