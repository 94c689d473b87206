import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';

/** Mails by how they stand; null where this database has no mail. */
export interface MailState {
  waiting: number;
  oldest: Instant | null;
  /** Refused for good, or for days: nobody tries any more. */
  failed: number;
}

export async function mailState(pool: Pool): Promise<MailState | null> {
  const { rows: tables } = await pool.query<{ found: string | null }>(
    "SELECT to_regclass('mail')::text AS found",
  );
  if (!tables[0]?.found) return null;
  const { rows } = await pool.query<{ waiting: number; oldest: Date | null; failed: number }>(
    `SELECT count(*) FILTER (WHERE state IN ('waiting', 'sending'))::int AS waiting,
       min(next_at) FILTER (WHERE state IN ('waiting', 'sending')) AS oldest,
       count(*) FILTER (WHERE state IN ('failed', 'givenUp'))::int AS failed
     FROM mail WHERE state IN ('waiting', 'sending', 'failed', 'givenUp')`,
  );
  const { waiting, oldest, failed } = rows[0]!;
  return { waiting, oldest: oldest?.toISOString() ?? null, failed };
}
