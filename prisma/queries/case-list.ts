import type { Pool } from 'pg';
import { z } from 'zod';
import { instant } from '../../contracts/api-fields.ts';
import type { CaseRow, caseListQuery } from '../../contracts/api.ts';
import type { Instant } from '../../contracts/identity.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';
import { seenUnder, seenUnderPlain } from './sight.ts';

/** Last row of the page before: the instant sorted by, and the case. */
export const caseListKey = z.tuple([instant, z.uuid()]);
export type CaseListKey = z.infer<typeof caseListKey>;

export interface CaseListQuestion {
  reader: Reader;
  now: Instant;
  filters: Omit<z.infer<typeof caseListQuery>, 'cursor'>;
  after: CaseListKey | null;
}

const columns = `h.id, h.ref, h.process, h.state, h.settled, h.title, h.unit, h.owner, h.grade, h.revision AS version, h.version AS entries,
  h.opened_by AS "openedBy", h.opened_at AS "openedAt", h.settled_at AS "settledAt", h.updated_at AS "updatedAt", h.due_at AS due, h.escalation`;

/** By which column, and under which name it comes back. */
const sorts = {
  opened: { column: 'opened_at', field: 'openedAt' },
  updated: { column: 'updated_at', field: 'updatedAt' },
} as const;

/** Cases that the reader may see, newest first. */
export async function listCases(
  pool: Pool,
  { reader, now, filters, after }: CaseListQuestion,
): Promise<Page<CaseRow>> {
  const { column, field } = sorts[filters.sort];
  const { conditions, values } = conditionsOf({ reader, now, filters, after }, column);
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM case_head h WHERE ${conditions.join(' AND ')} ORDER BY h.${column} DESC, h.id DESC LIMIT ${filters.limit + 1}`,
    values,
  );
  return pageOf(rows, {
    limit: filters.limit,
    item: (row) => caseRowOf(row, now),
    key: (row) => [row[field].toISOString(), row.id],
  });
}

function conditionsOf({ reader, now, filters, after }: CaseListQuestion, column: string) {
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const { process, state, owner, unit, overdue, escalation, settled, q } = filters;
  const conditions = [
    (reader.sees.some((key) => key.includes('/')) ? seenUnder : seenUnderPlain)(put(reader.sees)),
    ...(after === null
      ? []
      : [`(h.${column}, h.id) < (${put(after[0])}::timestamptz, ${put(after[1])}::uuid)`]),
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

type Instants = 'openedAt' | 'settledAt' | 'updatedAt';

interface Row extends Omit<CaseRow, Instants | 'due' | 'overdue'> {
  openedAt: Date;
  settledAt: Date | null;
  updatedAt: Date;
  due: Date | null;
}

function caseRowOf({ openedAt, settledAt, updatedAt, due, ...row }: Row, now: Instant): CaseRow {
  const dueAt = due?.toISOString() ?? null;
  return {
    ...row,
    openedAt: openedAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
    updatedAt: updatedAt.toISOString(),
    due: dueAt,
    overdue: dueAt !== null && dueAt <= now,
  };
}
