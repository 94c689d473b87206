import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoOrganisation, startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';

const asset = (n: number, code = `SRV-${n}`) => ({ line: n + 2, body: { name: `Server ${n}`, code, unit: 'it', owner: 'leon.fischer' } });
const assets = (count: number, from = 0) => Array.from({ length: count }, (_, n) => asset(from + n));
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, n) => `AST-2026-${String(from + n).padStart(4, '0')}`);

describe('many cases opened at once', () => {
  let engine: InProcessEngine;
  let keys = 0;
  beforeAll(async () => void (engine = await startInProcessEngine()));
  afterAll(() => engine.close());

  const load = (rows: { line: number; body: object }[], { dryRun = false, person = 'anna.berger' } = {}) => engine.journal.openMany({ process: 'asset', rows, person, key: `many-${(keys += 1)}`, dryRun });
  const refsOf = (answer: Awaited<ReturnType<typeof load>>) => ('opened' in answer ? answer.opened.map(({ ref }) => ref) : []);

  it('have numbers in the order of their lines, without gaps whatever was refused or only tried before', async () => {
    expect(refsOf(await load(assets(60), { dryRun: true }))).toEqual(numbers(1, 60));
    expect(await load([...assets(40), { line: 99, body: { name: '' } }])).toMatchObject({ outcome: 'REFUSED', refused: [{ line: 99 }] });
    expect(refsOf(await load(assets(60)))).toEqual(numbers(1, 60));
    expect(await engine.journal.verify()).toMatchObject({ ok: true });
  });

  it('do not take what a case holds, or another line, be it near or far', async () => {
    const rows = [asset(1000), asset(1001, 'srv-1000'), ...assets(50, 1002), asset(1060, 'SRV-1002'), asset(1061, 'SRV-7')];
    const refused = await load(rows);
    expect(refused).toMatchObject({ outcome: 'REFUSED', refused: [{ line: 1003 }, { line: 1062 }, { line: 1063 }] });
    expect(refused).toMatchObject({ refused: [{ reasons: [{ code: 'CLAIMED', by: 'AST-2026-0061' }] }, { reasons: [{ by: 'AST-2026-0063' }] }, { reasons: [{ by: 'AST-2026-0008' }] }] });
    expect(await load(assets(5, 1000))).toMatchObject({ outcome: 'LOADED' });
  });

  it('are taken by one of two that ask for the same at once', async () => {
    const both = await Promise.all([load(assets(30, 2000)), load(assets(30, 2020)), engine.journal.openCase({ process: 'asset', person: 'anna.berger', body: asset(2025).body, key: 'alone' })]);
    const loaded = both.filter((each) => ('outcome' in each ? each.outcome === 'LOADED' : each.opened));
    const { rows } = await engine.pool.query(`SELECT about->>'code' FROM case_head WHERE process = 'asset' AND about->>'code' LIKE 'SRV-20__' GROUP BY 1 HAVING count(*) > 1`);
    expect(rows).toEqual([]);
    expect(loaded.length).toBeGreaterThan(0);
  });

  it('hold a handful of locks, however many they are', async () => {
    let most = 0;
    let going = true;
    const watching = (async () => {
      while (going) {
        const { rows } = await engine.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
        most = Math.max(most, rows[0]!.count);
      }
    })();
    expect(await load(assets(400, 5000))).toMatchObject({ outcome: 'LOADED' });
    going = false;
    await watching;
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(5);
  });

  it('let the directory change meanwhile, and are worked out anew on what it is then', async () => {
    const organisation = demoOrganisation();
    const people = organisation.people.map((each) => (each.id === 'nina.schuster' ? { ...each, until: engine.now().slice(0, 10) } : each));
    const ended: string[] = [];
    const rows = assets(600, 10_000).map(({ line, body }) => ({ line, body: { ...body, owner: 'nina.schuster' } }));
    const loading = load(rows).finally(() => ended.push('loaded'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    engine.setNow('2026-11-03T09:00:00.000Z');
    await engine.journal.importOrganisation({ data: { ...organisation, people }, actor: 'operator', reason: 'She leaves' }).finally(() => ended.push('left'));
    await loading;
    expect(ended).toEqual(['left', 'loaded']);
    expect((await loading).outcome).toBe('REFUSED');
  });
});
