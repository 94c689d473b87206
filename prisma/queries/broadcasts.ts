import type { Pool } from 'pg';
import { z } from 'zod';
import type { BroadcastView } from '../../contracts/api-records.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';

/** What a case has told others: how many, and how many have answered; oldest first. */
export async function broadcastsOf(pool: Pool, caseId: CaseId): Promise<BroadcastView[]> {
  const { rows } = await pool.query<BroadcastRow>(
    `SELECT version, n, command, targets, waiting, refused, started_at AS "startedAt", paged_at AS "toldAt", ended_at AS "endedAt"
     FROM broadcast WHERE case_id = $1 ORDER BY version, n`,
    [caseId],
  );
  return rows.map(({ startedAt, toldAt, endedAt, ...row }) => ({
    ...{ ...row, accepted: row.targets - row.waiting - row.refused },
    ...{ startedAt: startedAt.toISOString(), toldAt: toldAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null },
  }));
}

interface BroadcastRow extends Omit<BroadcastView, 'accepted' | 'startedAt' | 'toldAt' | 'endedAt'> {
  startedAt: Date;
  toldAt: Date | null;
  endedAt: Date | null;
}

/** Last row of the page before. */
export const broadcastKey = z.tuple([z.int(), z.int(), z.uuid()]);

export interface BroadcastQuestion {
  caseId: CaseId;
  reader: Reader;
  limit: number;
  after: z.infer<typeof broadcastKey> | null;
}

/** What became of it in one case; the case is null where the reader may not see it. */
export interface BroadcastAnswer {
  version: number;
  n: number;
  outcome: 'ACCEPTED' | 'REFUSED' | null;
  reasons: Reason[];
  decidedAt: Instant | null;
  case: { id: CaseId; ref: string; process: string; title: string; state: string } | null;
}

export async function broadcastAnswersOf(pool: Pool, { caseId, reader, limit, after }: BroadcastQuestion): Promise<Page<BroadcastAnswer>> {
  const { rows } = await pool.query<AnswerRow>(
    `SELECT r.version, r.n, r.target, r.outcome, r.reasons, r.decided_at AS "decidedAt",
       CASE WHEN h.viewers && $2::text[] THEN jsonb_build_object('id', h.id, 'ref', h.ref, 'process', h.process, 'title', h.title, 'state', h.state) END AS "case"
     FROM broadcast_result r JOIN case_head h ON h.id = r.target
     WHERE r.case_id = $1 AND ($3::int IS NULL OR (r.version, r.n, r.target) > ($3, $4::int, $5::uuid))
     ORDER BY r.version, r.n, r.target LIMIT $6`,
    [caseId, reader.sees, ...(after ?? [null, null, null]), limit + 1],
  );
  return pageOf(rows, {
    limit,
    item: ({ target: _, decidedAt, reasons, ...row }) => ({ ...row, reasons: reasons ?? [], decidedAt: decidedAt?.toISOString() ?? null }),
    key: ({ version, n, target }) => [version, n, target],
  });
}

interface AnswerRow extends Omit<BroadcastAnswer, 'decidedAt' | 'reasons'> {
  target: CaseId;
  reasons: Reason[] | null;
  decidedAt: Date | null;
}
