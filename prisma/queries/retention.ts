import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseId, LocalDate } from '../../contracts/identity.ts';
import type { RecordClass } from '../../contracts/retention.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';

/** Last day of keeping, case and evidence of the page before; no evidence for the case itself. */
export const retentionKey = z.tuple([z.iso.date(), z.uuid(), z.string().max(64)]);

export interface RetentionQuestion {
  today: LocalDate;
  limit: number;
  after: z.infer<typeof retentionKey> | null;
  /** Only what is kept as that. */
  recordClass?: RecordClass;
}

export interface KeptLongEnough {
  id: CaseId;
  ref: string;
  process: string;
  title: string;
  settled: string;
  settledAt: string;
  recordClass: RecordClass;
  /** Null: the case itself. */
  evidence: { sha256: string; title: string } | null;
  retainUntil: LocalDate;
}

/** Cases, and pieces of evidence within them, each with the class as which it is kept. */
const kept = `
  SELECT h.id, h.ref, h.process, h.title, h.settled, h.settled_at, coalesce(h.file->>'recordClass', 'record') AS "recordClass",
         '' AS sha256, NULL AS "evidenceTitle", h.file->>'retainUntil' AS "retainUntil"
  FROM case_head h WHERE h.settled IS NOT NULL AND jsonb_typeof(h.file->'legalHold') = 'null'
  UNION
  SELECT h.id, h.ref, h.process, h.title, h.settled, h.settled_at, coalesce(e->>'recordClass', 'evidence'), e->>'sha256', e->>'title', e->>'retainUntil'
  FROM case_head h, jsonb_array_elements(h.file->'evidence') e WHERE h.settled IS NOT NULL AND jsonb_typeof(h.file->'legalHold') = 'null'`;

/** What has been kept long enough and is under no legal hold (rules §4.7), longest over first. It is listed; nothing goes by itself. */
export async function retentionDue(pool: Pool, { today, limit, after, recordClass }: RetentionQuestion): Promise<Page<KeptLongEnough>> {
  const { rows } = await pool.query<Row>(
    `SELECT * FROM (${kept}) k
     WHERE "retainUntil" < $1 AND ($5::text IS NULL OR "recordClass" = $5)
       AND ($2::text IS NULL OR ("retainUntil", id, sha256) > ($2, $3::uuid, $4::text))
     ORDER BY "retainUntil", id, sha256 LIMIT ${limit + 1}`,
    [today, after?.[0] ?? null, after?.[1] ?? null, after?.[2] ?? null, recordClass ?? null],
  );
  return pageOf(rows, { limit, item: keptOf, key: ({ retainUntil, id, sha256 }) => [retainUntil, id, sha256] });
}

interface Row extends Omit<KeptLongEnough, 'settledAt' | 'evidence'> {
  settled_at: Date;
  sha256: string;
  evidenceTitle: string | null;
}

function keptOf({ settled_at, sha256, evidenceTitle, ...row }: Row): KeptLongEnough {
  return { ...row, settledAt: settled_at.toISOString(), evidence: sha256 === '' ? null : { sha256, title: evidenceTitle ?? '' } };
}
