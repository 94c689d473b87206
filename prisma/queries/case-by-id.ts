import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** The case as it stands, or null: what the reader may not see does not exist for him or her. */
export async function findCase(pool: Pool, reader: Reader, caseId: CaseId): Promise<CaseFile | null> {
  const { rows } = await pool.query<{ file: CaseFile }>({
    name: 'case-by-id',
    text: `SELECT h.file FROM case_head h WHERE h.id = $1 AND ${seenUnder('$2')}`,
    values: [caseId, reader.sees],
  });
  return rows[0]?.file ?? null;
}

/** Of these cases those that the reader may see, by id. */
export async function findCases(pool: Pool, reader: Reader, ids: readonly CaseId[]): Promise<Map<CaseId, CaseFile>> {
  const text = `SELECT h.file FROM case_head h WHERE h.id = ANY($1::uuid[]) AND ${seenUnder('$2')}`;
  const { rows } = await pool.query<{ file: CaseFile }>({ name: 'cases-by-id', text, values: [ids, reader.sees] });
  return new Map(rows.map(({ file }) => [file.id, file]));
}

/** Whether the reader may see the case. */
export async function seesCase(pool: Pool, reader: Reader, caseId: CaseId): Promise<boolean> {
  const text = `SELECT FROM case_head h WHERE h.id = $1 AND ${seenUnder('$2')}`;
  const { rowCount } = await pool.query({ name: 'sees-case', text, values: [caseId, reader.sees] });
  return rowCount === 1;
}

export interface LinkedHead {
  id: CaseId;
  ref: string;
  process: string;
  title: string;
  state: string;
  settled: string | null;
}

/** Of these cases those that the reader may see. */
export async function findLinkedCases(
  pool: Pool,
  reader: Reader,
  ids: readonly CaseId[],
): Promise<LinkedHead[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool.query<LinkedHead>({
    name: 'linked-cases',
    text: `SELECT h.id, h.ref, h.process, h.title, h.state, h.settled FROM case_head h WHERE h.id = ANY($1::uuid[]) AND ${seenUnder('$2')}`,
    values: [ids, reader.sees],
  });
  return rows;
}
