import type { Pool } from 'pg';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { standingProcesses } from '../../domain/processes.ts';

/** Whether the open case `h` needs a workflow: one that stands still does only while something will come due (`rests` in the kernel). */
export const NEEDS_WORKFLOW = `(h.wake_at IS NOT NULL OR h.process <> ALL('{${standingProcesses.join()}}'::text[]))`;

/** What waits in PostgreSQL, in numbers and ids alone: each a small partial index, however many cases there are. */
export interface Waiting {
  count: number;
  /** Since when the oldest waits. */
  oldest: Instant | null;
}

export interface WaitingWork {
  /** Workflows that were never seen to run. */
  starts: Waiting;
  effects: Waiting;
  commands: Waiting;
  /** Cases whose instant has passed and who were not woken. */
  wakes: Waiting;
}

interface Row {
  what: keyof WaitingWork;
  count: number;
  oldest: Date | null;
}

/** By the journal's clock; a wake counts as missed a little after its instant. */
export async function waitingWork(pool: Pool, now: Instant): Promise<WaitingWork> {
  const { rows } = await pool.query<Row>(
    `SELECT CASE WHEN version = 0 THEN 'starts' ELSE 'effects' END AS what, count(*)::int AS count, min(created_at) AS oldest
       FROM outbox WHERE done_at IS NULL GROUP BY 1
     UNION ALL SELECT 'commands', count(*)::int, min(stored_at) FROM command WHERE decided_at IS NULL
     UNION ALL SELECT 'wakes', count(*)::int, min(wake_at) FROM case_head WHERE wake_at < $1::timestamptz - interval '10 seconds'`,
    [now],
  );
  const of = (what: keyof WaitingWork): Waiting => {
    const row = rows.find((each) => each.what === what);
    return { count: row?.count ?? 0, oldest: row?.oldest?.toISOString() ?? null };
  };
  return { starts: of('starts'), effects: of('effects'), commands: of('commands'), wakes: of('wakes') };
}

export interface CaseAddress {
  caseId: CaseId;
  process: string;
}

/** The cases that have waited longest, for a look at their workflows. */
export async function casesThatWait(
  pool: Pool,
  { before, limit }: { before: Instant; limit: number },
): Promise<CaseAddress[]> {
  const { rows } = await pool.query<CaseAddress>(
    `SELECT h.id AS "caseId", h.process FROM case_head h JOIN (
       SELECT case_id, created_at AS since FROM outbox WHERE done_at IS NULL AND created_at < $1
       UNION ALL SELECT case_id, stored_at FROM command WHERE decided_at IS NULL AND stored_at < $1
       UNION ALL SELECT id, wake_at FROM case_head WHERE wake_at < $1
     ) w ON w.case_id = h.id GROUP BY h.id, h.process ORDER BY min(w.since) LIMIT $2`,
    [before, limit],
  );
  return rows;
}

/** Open cases that need a workflow and did not change just now, so that one had time to start. */
export async function countOpenCases(pool: Pool, before: Instant): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM case_head h WHERE h.settled IS NULL AND ${NEEDS_WORKFLOW} AND h.opened_at <= $1`,
    [before],
  );
  return rows[0]!.n;
}

/** A page of open cases by id. */
export async function openCasePage(
  pool: Pool,
  { before, after, limit }: { before: Instant; after: CaseId | null; limit: number },
): Promise<CaseAddress[]> {
  const { rows } = await pool.query<CaseAddress>(
    `SELECT id AS "caseId", process FROM case_head h
     WHERE h.settled IS NULL AND ${NEEDS_WORKFLOW} AND h.opened_at <= $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
    [before, after, limit],
  );
  return rows;
}

/** The case of that id or reference. */
export async function findCaseAddress(pool: Pool, name: string): Promise<CaseAddress | null> {
  const { rows } = await pool.query<CaseAddress>(
    'SELECT id AS "caseId", process FROM case_head WHERE id = $1 OR ref = $2',
    [isId(name) ? name : null, name.toUpperCase()],
  );
  return rows[0] ?? null;
}

function isId(name: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(name);
}
