import type { Pool } from 'pg';
import { z } from 'zod';
import { levels } from '../../contracts/criteria.ts';
import type { MatrixView, RegisterListQuery, RegisterRow } from '../../contracts/register-view.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** Registers as PostgreSQL has them; nothing here asks a case. */

/** Last row of the page before: what is sorted by, and the entry. */
export const registerListKey = z.tuple([z.string(), z.uuid()]);

export interface RegisterQuestion {
  reader: Reader;
  register: string;
  filters: Omit<RegisterListQuery, 'cursor'>;
  after: z.infer<typeof registerListKey> | null;
}

/** Of a risk that its owner has not confirmed yet the level that was proposed, or that it brought along. */
const levelOf = `coalesce(h.about->>'level', h.about->>'proposalLevel', h.about->>'criticality')`;
const rankOf = `coalesce(array_position('{${levels.join()}}'::text[], ${levelOf}), 0)`;

/** As text, so that one cursor serves them all; the bytes decide, whatever the language of the database. */
const sorts: Record<RegisterListQuery['sort'], string> = {
  ref: 'h.ref COLLATE "C"',
  title: 'lower(h.title) COLLATE "C"',
  owner: `coalesce(h.owner, '') COLLATE "C"`,
  updated: `to_char(h.updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') COLLATE "C"`,
  level: `(${rankOf})::text COLLATE "C"`,
};

const columns = `h.id, h.ref, h.title, h.state, h.settled, h.unit, h.owner, ${levelOf} AS level, h.updated_at AS "updatedAt", h.about`;

type Row = Omit<RegisterRow, 'updatedAt'> & { updatedAt: Date; sorted: string };

export async function listRegister(pool: Pool, question: RegisterQuestion): Promise<Page<RegisterRow>> {
  const { filters, after } = question;
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const by = sorts[filters.sort];
  const down = filters.descending === 'true';
  const conditions = [
    ...conditionsOf(question, put),
    ...(after === null ? [] : [`(${by}, h.id) ${down ? '<' : '>'} (${put(after[0])}::text COLLATE "C", ${put(after[1])}::uuid)`]),
  ];
  const order = down ? 'DESC' : 'ASC';
  const { rows } = await pool.query<Row>(
    `SELECT ${columns}, ${by} AS sorted FROM case_head h WHERE ${conditions.join(' AND ')} ORDER BY ${by} ${order}, h.id ${order} LIMIT ${filters.limit + 1}`,
    values,
  );
  return pageOf(rows, { limit: filters.limit, item: registerRowOf, key: ({ sorted, id }) => [sorted, id] });
}

function registerRowOf({ sorted: _, updatedAt, ...row }: Row): RegisterRow {
  return { ...row, updatedAt: updatedAt.toISOString() };
}

type Put = (value: unknown) => string;

function conditionsOf({ reader, register, filters: { q, owner, unit, state, level, retired } }: RegisterQuestion, put: Put): string[] {
  return [
    `h.process = ${put(register)}`,
    seenUnder(put(reader.sees)),
    ...(retired === 'true' ? [] : ['h.settled IS NULL']),
    ...(owner === undefined ? [] : [`h.owner = ${put(owner)}`]),
    ...(unit === undefined ? [] : [`h.unit = ${put(unit)}`]),
    ...(state === undefined ? [] : [`h.state = ${put(state)}`]),
    ...(level === undefined ? [] : [`${levelOf} = ${put(level)}`]),
    ...(q === undefined ? [] : [`(h.title ILIKE ${put(`%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)} OR h.ref = upper(${put(q)}))`]),
  ];
}

/** All entries that the reader sees, in the order of their references, for an export. */
export async function wholeRegister(pool: Pool, { reader, register }: { reader: Reader; register: string }): Promise<RegisterRow[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${columns}, '' AS sorted FROM case_head h WHERE h.process = $1 AND h.settled IS NULL AND ${seenUnder('$2')} ORDER BY h.ref COLLATE "C"`,
    [register, reader.sees],
  );
  return rows.map(registerRowOf);
}

interface Cell {
  likelihood: number | null;
  impact: number | null;
  level: (typeof levels)[number] | null;
  count: number;
}

/** How many open risks lie in each cell, by the rating that is asked for; the greatest impact of all dimensions counts. Not confirmed yet: as proposed. */
export async function riskMatrix(pool: Pool, { reader, rating, unit, category }: { reader: Reader; rating: MatrixView['rating']; unit?: string | undefined; category?: string | undefined }): Promise<MatrixView> {
  const { rows } = await pool.query<Cell>(
    `SELECT (r->>'likelihood')::int AS likelihood, (SELECT max(value::int) FROM jsonb_each_text(r->'impact')) AS impact, r->>'level' AS level, count(*)::int AS count
     FROM case_head h, LATERAL (SELECT h.file->'document' AS d) document,
       LATERAL (SELECT coalesce(nullif(d->'ratings'->$2, 'null'), CASE WHEN $2 = 'current' THEN nullif(d->'proposal'->'rating', 'null') END) AS r) rated
     WHERE h.process = 'risk' AND h.settled IS NULL AND ${seenUnder('$1')}
       AND ($3::text IS NULL OR h.unit = $3) AND ($4::text IS NULL OR h.about->>'category' = $4)
     GROUP BY 1, 2, 3 ORDER BY 1, 2`,
    [reader.sees, rating, unit ?? null, category ?? null],
  );
  const rated = rows.filter(isRated);
  const total = (level: string) => rated.filter((row) => row.level === level).reduce((sum, { count }) => sum + count, 0);
  return {
    rating,
    cells: rated,
    byLevel: Object.fromEntries(levels.map((level) => [level, total(level)])) as MatrixView['byLevel'],
    unrated: rows.filter((row) => !isRated(row)).reduce((sum, { count }) => sum + count, 0),
  };
}

function isRated(row: Cell): row is Cell & { likelihood: number; impact: number } {
  return row.likelihood !== null && row.impact !== null;
}
