import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDemo } from '../../bin/demo.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import { createPool } from '../../prisma/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { countsOf, shown } from './company.ts';

describe('npm start -- --demo', () => {
  const home = mkdtempSync(join(tmpdir(), 'demo-'));
  const before = process.env['ISMS_HOME'];
  let database: TestDatabase;
  let pool: pg.Pool;
  let lines: string[];
  beforeAll(async () => {
    process.env['ISMS_HOME'] = home;
    database = await createTestDatabase();
    pool = createPool(database.url, { max: 2 });
    lines = await loadDemo({ databaseUrl: database.url });
  }, 400_000);
  afterAll(async () => {
    await pool.end();
    await database.drop();
    rmSync(home, { recursive: true });
    if (before === undefined) delete process.env['ISMS_HOME'];
    else process.env['ISMS_HOME'] = before;
  });
  const rowsOf = async <T extends pg.QueryResultRow>(text: string) => (await pool.query<T>(text)).rows;

  it('loads the company that its stories tell', async () => {
    expect(countsOf(await rowsOf('SELECT process, state FROM case_head'))).toEqual(shown);
  });

  it('leaves a journal in the order of time, none of it later than now, and whole', async () => {
    const entries = await rowsOf<{ at: Date }>('SELECT at FROM entry ORDER BY seq');
    const times = entries.map(({ at }) => at.toISOString());
    expect(times).toEqual(times.toSorted());
    expect(times.at(-1)! <= new Date().toISOString()).toBe(true);
    const journal = createJournal({ pool, clock: () => new Date().toISOString() });
    expect(await journal.verify()).toMatchObject({ ok: true, entries: times.length, problems: [] });
  });

  it('leaves nothing undone: no effect owed, no command undecided, nothing due, no mail to send', async () => {
    const [left] = await rowsOf(`SELECT (SELECT count(*) FROM outbox WHERE done_at IS NULL AND effect->>'kind' IS NOT NULL)::int AS effects,
      (SELECT count(*) FROM command WHERE decided_at IS NULL)::int AS commands, (SELECT count(*) FROM case_head WHERE wake_at <= now())::int AS due,
      (SELECT count(*) FROM notification WHERE mailing IS NULL)::int AS notices`);
    expect(left).toEqual({ effects: 0, commands: 0, due: 0, notices: 0 });
  });

  it('tells who may look around, an assessor and owners of risks among them, and loads nothing a second time', async () => {
    const [{ count } = { count: '' }] = await rowsOf<{ count: string }>('SELECT count(*) FROM entry');
    for (const who of ['anna.berger', 'katharina.vogt', 'martin.huber', 'lea.hoffmann']) expect(lines.join('\n')).toContain(`${who}@`);
    expect(await loadDemo({ databaseUrl: database.url })).toEqual(lines);
    expect(await rowsOf('SELECT count(*) FROM entry')).toEqual([{ count }]);
  }, 60_000);
});
