import type { Pool } from 'pg';
import { z } from 'zod';
import { seesMost } from '../../domain/access/visibility.ts';
import { instant } from '../../contracts/api-fields.ts';
import { levels } from '../../contracts/criteria.ts';
import type { RegisterListQuery, RegisterRow } from '../../contracts/register-view.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';
import { keysIn, seenUnderPlain } from './sight.ts';

/** Registers as PostgreSQL has them; nothing here asks a case. */

type Sort = RegisterListQuery['sort'];

/** What a list is in the order of: each has its index (migration `register_lists`), so that a page costs a page. */
interface Order {
  by: string;
  type: string;
  /** Of the last row, as it stands in a cursor. */
  key: z.ZodType<string>;
}

/** The bytes decide, whatever the language of the database. */
const text = (expression: string): Order => ({ by: `${expression} COLLATE "C"`, type: 'text COLLATE "C"', key: z.string() });
const time = (expression: string): Order => ({ by: expression, type: 'timestamptz', key: instant.or(z.literal('infinity')) });

const orders: Record<Sort, Order> = {
  ref: text('h.ref'),
  title: text('lower(h.title)'),
  owner: text(`coalesce(h.owner, '')`),
  updated: time('h.updated_at'),
  // What is due never comes last.
  due: time(`coalesce(h.due_at, 'infinity')`),
  level: { by: 'h.level', type: 'int', key: z.string().regex(/^\d$/) },
};

/** Last row of the page before: what is sorted by, and the entry. */
export const registerListKey = (sort: Sort) => z.tuple([orders[sort].key, z.uuid()]);

export interface RegisterQuestion {
  reader: Reader;
  register: string;
  filters: Omit<RegisterListQuery, 'cursor'>;
  after: [string, string] | null;
}

const columns = `h.id, h.ref, h.title, h.state, h.settled, h.unit, h.owner, ('{${levels.join()}}'::text[])[h.level] AS level,
  h.due_at AS due, h.updated_at AS "updatedAt", h.about`;

interface Row extends Omit<RegisterRow, 'updatedAt' | 'due'> {
  updatedAt: Date;
  due: Date | null;
}

/** What belongs to the page is found first, and read only then: what is told of an entry costs more than finding it. */
export async function listRegister(pool: Pool, question: RegisterQuestion): Promise<Page<RegisterRow>> {
  const { filters, after, reader } = question;
  const few = seesMost(reader.sees) ? null : await findFew(pool, question);
  const values: unknown[] = [];
  const put = (value: unknown) => `$${values.push(value)}`;
  const { by, type } = orders[filters.sort];
  const [direction, beyond] = filters.descending === 'true' ? ['DESC', '<'] : ['ASC', '>'];
  const conditions = [
    ...(few ? [`h.id = ANY(${put(few)}::uuid[])`] : conditionsOf(question, put)),
    ...(after === null ? [] : [`(${by}, h.id) ${beyond} (${put(after[0])}::${type}, ${put(after[1])}::uuid)`]),
  ];
  const { rows } = await pool.query<Row & { sorted: string | number | Date }>(
    `WITH page AS (SELECT h.id, ${by} AS sorted FROM case_head h WHERE ${conditions.join(' AND ')} ORDER BY ${by} ${direction}, h.id ${direction} LIMIT ${filters.limit + 1})
     SELECT ${columns}, page.sorted FROM page JOIN case_head h USING (id) ORDER BY page.sorted ${direction}, h.id ${direction}`,
    values,
  );
  return pageOf(rows, { limit: filters.limit, item: ({ sorted: _, ...row }) => registerRowOf(row), key: ({ sorted, id }) => [keyOf(sorted), id] });
}

const FEW = 1000;

/**
 * All that is to be listed, or null where it is more than few. Whoever sees little finds it by what he sees: walking down the list for it
 * would be walking down all of it. PostgreSQL cannot tell them apart, since it counts only what many see.
 */
async function findFew(pool: Pool, question: RegisterQuestion): Promise<string[] | null> {
  const values: unknown[] = [];
  const conditions = conditionsOf(question, (value) => `$${values.push(value)}`);
  const { rows } = await pool.query<{ id: string }>(`SELECT h.id FROM case_head h WHERE ${conditions.join(' AND ')} LIMIT ${FEW + 1}`, values);
  return rows.length > FEW ? null : rows.map(({ id }) => id);
}

function registerRowOf({ updatedAt, due, ...row }: Row): RegisterRow {
  return { ...row, due: due?.toISOString() ?? null, updatedAt: updatedAt.toISOString() };
}

function keyOf(sorted: string | number | Date): string {
  if (sorted === Infinity) return 'infinity';
  return sorted instanceof Date ? sorted.toISOString() : String(sorted);
}

type Put = (value: unknown) => string;

function conditionsOf({ reader, register, filters }: RegisterQuestion, put: Put): string[] {
  const { q, owner, unit, state, level, category, retired } = filters;
  const is = (expression: string, value: unknown) => (value === undefined ? [] : [`${expression} = ${put(value)}`]);
  return [
    `h.process = ${put(register)}`,
    seenUnderPlain(put(keysIn(register, reader.sees))),
    ...(retired === 'true' ? [] : ['h.settled IS NULL']),
    ...is('h.owner', owner),
    ...is('h.unit', unit),
    ...is('h.state', state),
    ...is('h.level', level && levels.indexOf(level) + 1),
    ...is('h.category', category),
    ...(q === undefined ? [] : [`(h.title ILIKE ${put(`%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`)} OR h.ref = upper(${put(q)}))`]),
  ];
}

/** All entries that the reader sees, in the order of their references, for an export. */
export async function wholeRegister(pool: Pool, { reader, register }: { reader: Reader; register: string }): Promise<RegisterRow[]> {
  const { rows } = await pool.query<Row>(
    `SELECT ${columns} FROM case_head h WHERE h.process = $1 AND h.settled IS NULL AND ${seenUnderPlain('$2')} ORDER BY ${orders.ref.by}`,
    [register, keysIn(register, reader.sees)],
  );
  return rows.map(registerRowOf);
}
