import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { BroadcastScope } from '../../contracts/entry.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { broadcastAnswersOf, broadcastsOf } from '../../prisma/queries/broadcasts.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';

describe('a broadcast', () => {
  let engine: InProcessEngine;
  let source: CaseId;
  beforeEach(async () => {
    engine = await startInProcessEngine();
    source = await engine.open('nonconformity', 'emre.yilmaz', report);
  });
  afterEach(() => engine.close());

  const rows = async <T>(text: string, ...values: unknown[]): Promise<T[]> => (await engine.pool.query(text, values)).rows as T[];
  const owned = async (owner: string): Promise<CaseId> => {
    const id = await engine.open('nonconformity', 'emre.yilmaz', report);
    await engine.send(id, 'ACCEPT', 'anna.berger', { ...acceptance, owner });
    return id;
  };
  /** As an entry of the source would owe it. */
  const owe = async (scope: BroadcastScope) => {
    const effect = { kind: 'broadcast', scope, command: 'PEOPLE_CHANGED', body: { from: source, fromRef: 'D-1', because: 'test' } };
    await engine.pool.query(`INSERT INTO outbox (case_id, version, n, effect, created_at) VALUES ($1, 1, 0, $2, now())`, [source, JSON.stringify(effect)]);
    await engine.pool.query(`UPDATE case_head SET file = jsonb_set(file, '{broadcasts}', $2) WHERE id = $1`, [
      source,
      JSON.stringify([{ version: 1, n: 0, command: 'PEOPLE_CHANGED', ended: null }]),
    ]);
  };
  /** As many further open cases, of which only the heads exist. */
  const clone = async (count: number) => {
    const written = await rows<{ name: string }>(`SELECT attname AS name FROM pg_attribute WHERE attrelid = 'case_head'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`);
    const columns = written.map(({ name }) => name).join();
    await engine.pool.query(
      `INSERT INTO case_head (${columns}) SELECT ${columns} FROM (SELECT (jsonb_populate_record(h, jsonb_build_object('id', gen_random_uuid(), 'ref', 'X-' || g))).* FROM case_head h, generate_series(1, $2::int) g WHERE h.id = $1) s`,
      [source, count],
    );
  };
  const typesOf = async (id: CaseId) => (await rows<{ type: string }>('SELECT type FROM entry WHERE stream = $1 ORDER BY version', id)).map(({ type }) => type);
  const told = async () => (await rows<{ case_id: string }>(`SELECT case_id FROM command WHERE name = 'PEOPLE_CHANGED'`)).map(({ case_id }) => case_id);

  it('reaches the open cases in which the person holds a party and no other, and ends when all have answered', async () => {
    const hers = [await owned('thomas.reiter'), await owned('thomas.reiter')].sort();
    const others = await owned('felix.bauer');
    await owe({ party: 'thomas.reiter' });
    await engine.settle();
    expect((await told()).sort()).toEqual(hers);
    for (const id of hers) expect(await typesOf(id)).toContain('PEOPLE_CHANGED');
    expect(await typesOf(others)).not.toContain('PEOPLE_CHANGED');
    expect((await typesOf(source)).at(-1)).toBe('BROADCAST_ENDED');
    const [{ file }] = (await rows<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', source)) as [{ file: CaseFile }];
    expect(file.broadcasts).toMatchObject([{ ended: { targets: 2, accepted: 2, refused: 0 } }]);
    expect(await broadcastsOf(engine.pool, source)).toMatchObject([{ targets: 2, accepted: 2, waiting: 0, endedAt: expect.any(String) }]);
  });

  it('makes no decision of a person stale', async () => {
    const id = await owned('thomas.reiter');
    const revision = async () => (await rows<{ revision: number }>('SELECT revision FROM case_head WHERE id = $1', id))[0]!.revision;
    const before = await revision();
    await owe({ unit: 'it' });
    await engine.settle();
    expect(await typesOf(id)).toContain('PEOPLE_CHANGED');
    expect(await revision()).toBe(before);
  });

  it('keeps the answer of a case that ended meanwhile, and ends all the same', async () => {
    const id = await owned('thomas.reiter');
    await owe({ party: 'thomas.reiter' });
    await engine.journal.performEffect(source, { version: 1, n: 0 });
    await engine.pool.query(`UPDATE case_head SET state = 'closed', settled = 'done', file = file || '{"state": "closed", "settled": "done"}' WHERE id = $1`, [id]);
    await engine.settle();
    const reader = { person: 'anna.berger', keys: [], lent: [], sees: ['role:ISO' as const], isAuditorAccount: false };
    const { items } = await broadcastAnswersOf(engine.pool, { caseId: source, reader, limit: 10, after: null });
    expect(items).toMatchObject([{ outcome: 'REFUSED', reasons: [{ code: 'WRONG_STATE' }], case: { id } }]);
    expect((await typesOf(source)).at(-1)).toBe('BROADCAST_ENDED');
  });

  it('with nobody to tell ends at once', async () => {
    await owe({ party: 'julia.neumann' });
    await engine.settle();
    expect((await typesOf(source)).at(-1)).toBe('BROADCAST_ENDED');
  });

  it('tells page by page, each case once however often a page is asked for, and waits while a page is unanswered', async () => {
    await clone(450);
    await owe({ all: true });
    const page = async () => (await engine.journal.performEffect(source, { version: 1, n: 0 })).reached.length;
    const answer = () => engine.pool.query(`UPDATE broadcast SET waiting = 0`);
    expect(await page()).toBe(200);
    expect(await page()).toBe(0);
    await answer();
    expect(await page()).toBe(200);
    await answer();
    expect(await page()).toBe(50);
    expect(await page()).toBe(0);
    expect(new Set(await told()).size).toBe(450);
    expect(await told()).toHaveLength(450);
  });

  it('is performed when all have answered and its source has taken note, so that what is owed behind it comes after', async () => {
    const id = await owned('thomas.reiter');
    await owe({ party: 'thomas.reiter' });
    const perform = () => engine.journal.performEffect(source, { version: 1, n: 0 });
    const answer = async (caseId: CaseId) => engine.journal.decideCommand(caseId, (await engine.journal.load(caseId)).pendingCommands[0]!);
    expect(await perform()).toMatchObject({ reached: [{ caseId: id }], more: true });
    expect(await perform()).toEqual({ reached: [], more: true });
    await answer(id);
    expect(await perform()).toMatchObject({ reached: [{ caseId: source }], more: true });
    await answer(source);
    expect(await perform()).toMatchObject({ more: false });
  });

  it('is held back for a while only by a case that cannot answer', async () => {
    await owned('thomas.reiter');
    await owe({ party: 'thomas.reiter' });
    const perform = () => engine.journal.performEffect(source, { version: 1, n: 0 });
    expect(await perform()).toMatchObject({ more: true });
    engine.setNow('2026-11-02T09:04:59.000Z');
    expect(await perform()).toMatchObject({ more: true });
    engine.setNow('2026-11-02T09:05:00.000Z');
    expect(await perform()).toEqual({ reached: [], more: false });
  });

  it.each<BroadcastScope>([{ principal: 'role:ISO' }, { calendar: 'DE-BY' }, { process: 'nonconformity' }, { all: true }])(
    'finds the cases of %j',
    async (scope) => {
      const other = await engine.open('nonconformity', 'emre.yilmaz', report);
      await owe(scope);
      await engine.settle();
      expect(await told()).toEqual([other]);
    },
  );
});
