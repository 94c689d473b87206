import type { Pool } from 'pg';
import { z } from 'zod';
import type { AccessLogQuery, AccessLogRow } from '../../contracts/access-log.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';

/** What auditors from outside were shown; appended to alone, which the database itself sees to. */

export interface Access {
  person: PersonId;
  at: Instant;
  method: string;
  /** Pattern of the path, e.g. `/cases/{id}`. */
  path: string;
  asked: object;
  cases: readonly CaseId[];
}

export async function writeAccess(pool: Pool, { person, at, method, path, asked, cases }: Access): Promise<void> {
  await pool.query({
    name: 'write-access',
    text: 'INSERT INTO access_log (person, at, method, path, asked, cases) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [person, at, method, path, JSON.stringify(asked), cases],
  });
}

/** Last row of the page before. */
export const accessLogKey = z.tuple([z.string()]);

export interface AccessLogQuestion {
  filters: Omit<AccessLogQuery, 'limit' | 'cursor'>;
  limit: number;
  after: z.infer<typeof accessLogKey> | null;
}

interface Row extends Omit<AccessLogRow, 'at'> {
  id: string;
  at: Date;
}

/** Newest first. */
export async function listAccess(pool: Pool, { filters: { person, case: caseId }, limit, after }: AccessLogQuestion): Promise<Page<AccessLogRow>> {
  const { rows } = await pool.query<Row>(
    `SELECT id, person, at, method, path, asked, cases FROM access_log
     WHERE ($1::text IS NULL OR person = $1) AND ($2::uuid IS NULL OR cases @> ARRAY[$2::uuid]) AND ($3::bigint IS NULL OR id < $3) ORDER BY id DESC LIMIT ${limit + 1}`,
    [person ?? null, caseId ?? null, after?.[0] ?? null],
  );
  return pageOf(rows, { limit, item: ({ id: _, at, ...row }) => ({ ...row, at: at.toISOString() }), key: ({ id }) => [id] });
}
