import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';

export interface JournalFigures {
  /** Number of the last entry; a rolled-back decision may leave a gap, so it is at least the number of entries. */
  entries: number;
  attempts: number;
  /** Streams: cases, and those that are none. */
  heads: number;
  verified: { at: Instant; entries: number; problems: number } | null;
}

interface JournalRow {
  entries: number;
  attempts: number;
  heads: number;
  verified_at: Date | null;
  verified_entries: number | null;
  verify_problems: number | null;
}

/** Cheap: nothing here reads the journal; what the last verification said is remembered. */
export async function journalFigures(pool: Pool): Promise<JournalFigures> {
  const { rows } = await pool.query<JournalRow>(
    `SELECT coalesce((SELECT max(seq) FROM entry), 0)::int AS entries, coalesce((SELECT max(number) FROM attempt), 0) AS attempts,
       (SELECT count(*) FROM case_head)::int + (SELECT count(*) FROM stream_head)::int AS heads,
       i.verified_at, i.verified_entries, i.verify_problems
     FROM (SELECT 1) one LEFT JOIN installation i ON i.id = 1`,
  );
  const { entries, attempts, heads, verified_at: at, verified_entries, verify_problems } = rows[0]!;
  const verified = at && {
    at: at.toISOString(),
    entries: verified_entries ?? 0,
    problems: verify_problems ?? 0,
  };
  return { entries, attempts, heads, verified };
}
