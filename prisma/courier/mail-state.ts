import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';

/** How mail stands, for whoever operates the engine: numbers and times, nobody's name. */
export interface MailState {
  /** Due and not sent yet, those in somebody's hands included. */
  due: number;
  /** Not due yet: digests to come, and what waits for its next attempt. */
  waiting: number;
  /** Tried before and put off since. */
  failing: number;
  /** Refused for good, or given up after days. */
  failed: number;
  /** Sent, and possibly received twice with one Message-ID. */
  uncertain: number;
  sent: number;
  /** Since when the oldest due one has been due. */
  oldestDue: Instant | null;
  lastSent: Instant | null;
  /** Latest problem among those that fail, as the server named it. */
  lastProblem: string | null;
}

type Row = Omit<MailState, 'oldestDue' | 'lastSent'> & { oldest_due: Date | null; last_sent: Date | null };

export async function mailState(pool: Pool, now: Instant): Promise<MailState> {
  const { rows } = await pool.query<Row>(
    `SELECT count(*) FILTER (WHERE state = 'sending' OR state = 'waiting' AND next_at <= $1)::int AS due,
       count(*) FILTER (WHERE state = 'waiting' AND next_at > $1)::int AS waiting,
       count(*) FILTER (WHERE state IN ('waiting', 'sending') AND problem IS NOT NULL)::int AS failing,
       count(*) FILTER (WHERE state IN ('failed', 'givenUp'))::int AS failed,
       count(*) FILTER (WHERE uncertain)::int AS uncertain,
       count(*) FILTER (WHERE state = 'sent')::int AS sent,
       min(next_at) FILTER (WHERE state = 'sending' OR state = 'waiting' AND next_at <= $1) AS oldest_due,
       max(ended_at) FILTER (WHERE state = 'sent') AS last_sent,
       (SELECT problem FROM mail WHERE problem IS NOT NULL AND state <> 'sent' ORDER BY coalesce(ended_at, next_at) DESC LIMIT 1) AS "lastProblem"
     FROM mail`,
    [now],
  );
  const { oldest_due, last_sent, ...counts } = rows[0]!;
  return {
    ...counts,
    oldestDue: oldest_due?.toISOString() ?? null,
    lastSent: last_sent?.toISOString() ?? null,
  };
}
