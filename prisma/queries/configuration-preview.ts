import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, UnitId } from '../../contracts/identity.ts';
import type { Reach } from '../../domain/configuration-change/preview.ts';

/** Open cases that a change of the configuration would reach, in pages by id. */
export interface RunningCase {
  id: CaseId;
  file: CaseFile;
  title: string;
  visible: boolean;
}

/** Last case looked at. */
export const runningCaseKey = z.tuple([z.uuid()]);

export interface RunningCasesQuestion {
  reach: Reach | null;
  /** Keys under which the reader sees cases. */
  sees: readonly string[];
  after: CaseId | null;
  limit: number;
}

export async function runningCases(pool: Pool, { reach, sees, after, limit }: RunningCasesQuestion): Promise<RunningCase[]> {
  const { rows } = await pool.query<RunningCase>(
    `SELECT h.id, h.file, h.title, h.viewers && $1::text[] AS visible FROM case_head h
     WHERE h.settled IS NULL AND ($2::uuid IS NULL OR h.id > $2) AND ($3 OR h.process = ANY($4::text[]) OR h.unit = ANY($5::text[]))
     ORDER BY h.id LIMIT $6`,
    [sees, after, reach === null, reach?.processes ?? [], reach?.units ?? [], limit],
  );
  return rows;
}

export async function unitsOfRunningCases(pool: Pool): Promise<UnitId[]> {
  const { rows } = await pool.query<{ unit: UnitId }>('SELECT DISTINCT unit FROM case_head WHERE settled IS NULL');
  return rows.map(({ unit }) => unit);
}
