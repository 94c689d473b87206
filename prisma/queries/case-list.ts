import type { Pool } from 'pg';
import { z } from 'zod';
import { instant } from '../../contracts/api-fields.ts';
import type { CaseRow, caseListQuery } from '../../contracts/api.ts';
import type { Instant } from '../../contracts/identity.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';

/** Last row of the page before: the instant sorted by, and the case. */
export const caseListKey = z.tuple([instant, z.uuid()]);
export type CaseListKey = z.infer<typeof caseListKey>;

export interface CaseListQuestion {
  reader: Reader;
  now: Instant;
  filters: Omit<z.infer<typeof caseListQuery>, 'cursor'>;
  after: CaseListKey | null;
}

const columns = `h.id, h.ref, h.process, h.state, h.settled, h.title, h.unit, h.owner, h.grade, h.revision, h.version, h.opened_by,
  h.opened_at, h.settled_at, h.updated_at, h.due_at, h.escalation`;

/** Cases that the reader may see, newest first. */
export async function listCases(
  pool: Pool,
  { reader, now, filters, after }: CaseListQuestion,
): Promise<Page<CaseRow>> {
  const sortedBy = filters.sort === 'opened' ? 'opened_at' : 'updated_at';
  const { conditions, values } = conditionsOf({ reader, now, filters, after }, sortedBy);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM case_head h WHERE ${conditions.join(' AND ')} ORDER BY h.${sortedBy} DESC, h.id DESC LIMIT ${filters.limit + 1}`,
    values,
  );
  return pageOf(rows, {
    limit: filters.limit,
    item: (row) => caseRowOf(row, now),
    key: (row) => [row[sortedBy].toISOString(), row.id],
  });
}

function conditionsOf({ reader, now, filters, after }: CaseListQuestion, sortedBy: string) {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const { process, state, owner, unit, overdue, escalation, settled, q } = filters;
  const conditions = [
    `h.viewers && ${put(reader.sees)}::text[]`,
    ...(after === null
      ? []
      : [`(h.${sortedBy}, h.id) < (${put(after[0])}::timestamptz, ${put(after[1])}::uuid)`]),
    ...equals({ process, state, owner, unit }, put),
    ...(overdue === undefined ? [] : [`(h.due_at IS NOT NULL AND h.due_at <= ${put(now)}) = ${overdue}`]),
    ...(escalation === undefined ? [] : [`h.escalation >= ${put(escalation)}`]),
    ...(settled === undefined ? [] : [`h.settled IS ${settled ? 'NOT NULL' : 'NULL'}`]),
    ...(q === undefined
      ? []
      : [`(h.title ILIKE ${put(`%${literally(q)}%`)} OR h.ref ILIKE ${put(`${literally(q)}%`)})`]),
  ];
  return { conditions, values };
}

function equals(
  columnsAndValues: Record<string, string | undefined>,
  put: (value: unknown) => string,
): string[] {
  return Object.entries(columnsAndValues).flatMap(([column, value]) =>
    value === undefined ? [] : [`h.${column} = ${put(value)}`],
  );
}

/** What people type is looked for as it stands. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

interface Row {
  id: string;
  ref: string;
  process: string;
  state: string;
  settled: string | null;
  title: string;
  unit: string;
  owner: string | null;
  grade: string | null;
  revision: number;
  version: number;
  opened_by: string;
  opened_at: Date;
  settled_at: Date | null;
  updated_at: Date;
  due_at: Date | null;
  escalation: number | null;
}

function caseRowOf(row: Row, now: Instant): CaseRow {
  const { id, ref, process, state, settled, title, unit, owner, grade, escalation } = row;
  const due = row.due_at?.toISOString() ?? null;
  return {
    ...{
      id,
      ref,
      process,
      state,
      settled,
      title,
      unit,
      owner,
      grade,
      version: row.revision,
      entries: row.version,
      openedBy: row.opened_by,
    },
    ...{
      openedAt: row.opened_at.toISOString(),
      settledAt: row.settled_at?.toISOString() ?? null,
      updatedAt: row.updated_at.toISOString(),
    },
    ...{ due, overdue: due !== null && due <= now, escalation },
  };
}
