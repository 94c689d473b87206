import type { CaseStanding, OwedEffect, WaitingCase } from '../../contracts/durable.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { NEEDS_WORKFLOW, casesThatWait } from '../queries/waiting.ts';
import { CaseNotFound } from './context.ts';
import type { JournalContext } from './context.ts';

/** Where cases stand, for their workflows, the sweeper and recovery. Nothing here decides anything. */

interface StandingRow {
  version: number;
  wake_at: Date | null;
  settled: boolean;
  effects: OwedEffect[] | null;
  pending: string[] | null;
}

/** The standing of a case. Being asked proves that its workflow runs, so the row that owes its start is settled. */
export async function load({ pool, clock }: JournalContext, caseId: CaseId): Promise<CaseStanding> {
  const { rows } = await pool.query<StandingRow>(
    `WITH started AS (UPDATE outbox SET done_at = $2 WHERE case_id = $1 AND version = 0 AND done_at IS NULL)
     SELECT h.version, h.wake_at, (h.settled IS NOT NULL OR NOT ${NEEDS_WORKFLOW}) AS settled,
       (SELECT jsonb_agg(jsonb_build_object('version', o.version, 'n', o.n) ORDER BY o.version, o.n) FROM outbox o
         WHERE o.case_id = h.id AND o.done_at IS NULL AND o.version > 0) AS effects,
       (SELECT jsonb_agg(c.id ORDER BY c.stored_at, c.id) FROM command c WHERE c.case_id = h.id AND c.decided_at IS NULL) AS pending
     FROM case_head h WHERE h.id = $1`,
    [caseId, clock()],
  );
  const [row] = rows;
  if (!row) throw new CaseNotFound(caseId);
  const { version, wake_at: wakeAt, settled, effects, pending } = row;
  return { version, settled, wakeAt: wakeAt?.toISOString() ?? null, effects: effects ?? [], pendingCommands: pending ?? [] };
}

/** Cases for which something has waited too long, oldest first: owed effects, undecided commands, a wake that was missed. */
export function findWaitingCases({ pool, clock }: JournalContext, { olderThanSeconds, limit }: { olderThanSeconds: number; limit: number }): Promise<WaitingCase[]> {
  const before = new Date(Date.parse(clock()) - olderThanSeconds * 1000).toISOString();
  return casesThatWait(pool, { before, limit });
}

export interface OpenCase extends WaitingCase {
  wakeAt: Instant | null;
}

/** One page of the cases that need a workflow, nearest wake first, those that never wake last. */
export async function openCases({ pool }: JournalContext, { after, limit }: { after: OpenCase | null; limit: number }): Promise<OpenCase[]> {
  const { rows } = await pool.query<{ caseId: string; process: string; wake_at: Date | null }>(
    `SELECT id AS "caseId", process, wake_at FROM case_head h WHERE h.settled IS NULL AND ${NEEDS_WORKFLOW}
       AND ($1::uuid IS NULL OR (coalesce(wake_at, 'infinity'), id) > (coalesce($2::timestamptz, 'infinity'), $1::uuid))
     ORDER BY coalesce(wake_at, 'infinity'), id LIMIT $3`,
    [after?.caseId ?? null, after?.wakeAt ?? null, limit],
  );
  return rows.map(({ wake_at: wakeAt, ...row }) => ({ ...row, wakeAt: wakeAt?.toISOString() ?? null }));
}
