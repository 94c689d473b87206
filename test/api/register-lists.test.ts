import fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerNames } from '../../contracts/register-exchange.ts';
import { registerSorts } from '../../contracts/register-view.ts';
import type { RegisterListQuery, RegisterRow } from '../../contracts/register-view.ts';
import { levels } from '../../contracts/criteria.ts';
import { readerKeys } from '../../domain/access/visibility.ts';
import type { ReaderKey } from '../../domain/access/visibility.ts';
import { decodeCursor } from '../../prisma/queries/cursor.ts';
import type { Reader } from '../../prisma/queries/reader.ts';
import { listRegister, registerListKey, wholeRegister } from '../../prisma/queries/registers.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** More than few, so that both ways of finding them are walked. */
const ASSETS = 1_040;
const owners = ['leon.fischer', 'julia.neumann', 'clara.winter'];
const units = ['it', 'finance', 'sales'];

let engine: InProcessEngine;
let all: RegisterRow[];
beforeAll(async () => {
  engine = await startInProcessEngine();
  const asset = (n: number) => ({ name: `${['Server', 'archiv', 'Ärger', 'Zelle'][n % 4]!} ${n % 7}`, unit: units[n % 3]!, ...(n % 5 > 0 && { criticality: levels[n % 4]! }), owner: n % 200 === 0 ? owners[1]! : n % 2 ? owners[0]! : owners[2]! });
  const rows = Array.from({ length: ASSETS }, (_, n) => ({ line: n + 2, body: asset(n) }));
  expect(await engine.journal.openMany({ process: 'asset', rows, person: 'anna.berger', key: 'assets', dryRun: false })).toMatchObject({ outcome: 'LOADED' });
  await engine.pool.query(`UPDATE case_head SET updated_at = updated_at + make_interval(secs => hashtext(ref) % 40), due_at = CASE WHEN hashtext(ref) % 3 = 0 THEN updated_at + make_interval(days => hashtext(ref) % 9) END`);
  await engine.pool.query('ANALYZE');
  all = await wholeRegister(engine.pool, { reader: readerWith(['role:ISO']), register: 'asset' });
});
afterAll(() => engine.close());

const readerWith = (sees: ReaderKey[]): Reader => ({ person: 'anna.berger', keys: [], lent: [], sees, isAuditorAccount: false });
const base: Omit<RegisterListQuery, 'cursor'> = { limit: 50, retired: 'false', sort: 'ref', descending: 'false' };

async function walk(pool: Pool, reader: Reader, filters: Omit<RegisterListQuery, 'cursor'>): Promise<RegisterRow[]> {
  const found: RegisterRow[] = [];
  for (let after: [string, string] | null = null; ; ) {
    const page = await listRegister(pool, { reader, register: 'asset', filters, after });
    found.push(...page.items);
    if (page.next === null) return found;
    after = decodeCursor(page.next, registerListKey(filters.sort));
    expect(after).not.toBeNull();
  }
}

/** What an entry is sorted by, worked out here. */
const sortedBy: Record<RegisterListQuery['sort'], (row: RegisterRow) => string> = {
  ref: ({ ref }) => ref,
  title: ({ title }) => title.toLowerCase(),
  owner: ({ owner }) => owner ?? '',
  updated: ({ updatedAt }) => updatedAt,
  due: ({ due }) => due ?? '~',
  level: ({ level }) => String(levels.findIndex((each) => each === level)),
};
const byBytes = (one: string, other: string) => Buffer.compare(Buffer.from(one), Buffer.from(other));

describe('the list of a register', () => {
  it('holds what one sees and asked for and nothing else, in its order, page by page, whoever looks', async () => {
    const directory = await engine.journal.directory();
    const headsOfAll = readerWith(units.map((unit): ReaderKey => `unit:${unit}`));
    const readers = [readerWith(['role:ISO']), headsOfAll, ...owners.map((person) => readerWith(readerKeys(directory, person, engine.now())))];
    const filters = fc.record({
      sort: fc.constantFrom(...registerSorts),
      descending: fc.constantFrom('true' as const, 'false' as const),
      limit: fc.constantFrom(7, 50, 200),
      owner: fc.option(fc.constantFrom(...owners), { nil: undefined }),
      unit: fc.option(fc.constantFrom(...units), { nil: undefined }),
      level: fc.option(fc.constantFrom(...levels), { nil: undefined }),
      q: fc.option(fc.constantFrom('server', 'ÄRGER', 'x', 'le 3', '%', all[17]!.ref.toLowerCase()), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...readers.keys()), filters, async (n, { limit, ...wanted }) => {
        const { sort, descending, owner, unit, level, q } = wanted;
        const seen = n < 2 ? [...all] : all.filter((row) => row.owner === owners[n - 2]);
        const is = <T>(value: T, asked: T | undefined) => asked === undefined || value === asked;
        const matches = (row: RegisterRow) => q === undefined || row.title.toLowerCase().includes(q.toLowerCase()) || row.ref === q.toUpperCase();
        const expected = seen.filter((row) => is(row.owner, owner) && is(row.unit, unit) && is(row.level, level) && matches(row));
        const order = (one: RegisterRow, other: RegisterRow) => byBytes(sortedBy[sort](one), sortedBy[sort](other)) || byBytes(one.id, other.id);
        const sorted = expected.sort((one, other) => (descending === 'true' ? -order(one, other) : order(one, other)));
        const found = await walk(engine.pool, readers[n]!, { ...base, ...wanted, limit: Math.max(limit, sorted.length > 300 ? 200 : 1) });
        expect(found.map(({ ref }) => ref)).toEqual(sorted.map(({ ref }) => ref));
      }),
      propertyRuns(60),
    );
  });

  it('is found through the index of its order, whatever the register', async () => {
    const client = await engine.pool.connect();
    const plans: string[] = [];
    const explaining = { query: async (text: string, values: unknown[]) => (plans.push((await client.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)).rows.map((row) => row['QUERY PLAN']).join('\n')), { rows: [] }) } as unknown as Pool;
    await client.query('SET enable_seqscan = off; SET enable_bitmapscan = off; SET enable_sort = off; SET enable_incremental_sort = off');
    for (const register of registerNames) {
      for (const sort of registerSorts) {
        const after = { ref: 'R', title: 'a', owner: 'o', updated: engine.now(), due: 'infinity', level: '2' }[sort];
        await listRegister(explaining, { reader: readerWith(['role:ISO']), register, filters: { ...base, sort }, after: [after, all[0]!.id] });
        const page = plans.pop()!.split(/CTE page|SubQuery|Subquery/i).at(-1)!;
        expect(page, `${register} by ${sort}`).toMatch(/Index Scan( Backward)? using register_by_\w+ on case_head/);
        expect(page, `${register} by ${sort}`).toContain('ROW(');
      }
    }
    await client.query('RESET ALL');
    client.release();
  });

  it('shows what one sees for another in the one process that he stands in for', async () => {
    const count = async (sees: ReaderKey[]) => (await walk(engine.pool, readerWith(sees), { ...base, limit: 200 })).length;
    const few = all.filter(({ owner }) => owner === 'julia.neumann').length;
    expect(few).toBeGreaterThan(0);
    expect([await count(['asset/person:julia.neumann']), await count(['risk/person:julia.neumann']), await count(['person:carola.stein'])]).toEqual([few, 0, 0]);
  });

  it('takes no cursor of another order', () => {
    const key = (sort: RegisterListQuery['sort'], value: string) => registerListKey(sort).safeParse([value, all[0]!.id]).success;
    expect([key('updated', 'Server'), key('due', 'tomorrow'), key('level', 'high'), key('due', 'infinity'), key('title', 'Server')]).toEqual([false, false, false, true, true]);
  });
});
