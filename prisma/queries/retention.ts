import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseId, LocalDate } from '../../contracts/identity.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';

/** Last day of keeping and case of the page before. */
export const retentionKey = z.tuple([z.iso.date(), z.uuid()]);

export interface RetentionQuestion {
  today: LocalDate;
  limit: number;
  after: z.infer<typeof retentionKey> | null;
}

export interface KeptLongEnough {
  id: CaseId;
  ref: string;
  process: string;
  title: string;
  settled: string;
  settledAt: string;
  retainUntil: LocalDate;
}

/** Cases whose time of keeping is over and that no legal hold keeps (rules §4.7), longest over first. They are listed; nothing goes by itself. */
export async function retentionDue(pool: Pool, { today, limit, after }: RetentionQuestion): Promise<Page<KeptLongEnough>> {
  const { rows } = await pool.query<Row>(
    `SELECT id, ref, process, title, settled, settled_at, file->>'retainUntil' AS "retainUntil" FROM case_head
     WHERE settled IS NOT NULL AND file->>'retainUntil' < $1 AND jsonb_typeof(file->'legalHold') = 'null'
       AND ($2::text IS NULL OR (file->>'retainUntil', id) > ($2, $3::uuid))
     ORDER BY file->>'retainUntil', id LIMIT ${limit + 1}`,
    [today, after?.[0] ?? null, after?.[1] ?? null],
  );
  return pageOf(rows, { limit, item: keptOf, key: ({ retainUntil, id }) => [retainUntil, id] });
}

interface Row extends Omit<KeptLongEnough, 'settledAt'> {
  settled_at: Date;
}

function keptOf({ settled_at, ...row }: Row): KeptLongEnough {
  return { ...row, settledAt: settled_at.toISOString() };
}
