import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyOf } from '../../bin/seal-key.ts';
import { rootFrom } from '../../domain/seal/merkle.ts';
import { createProofs, headsOf, sealKeys, sealsAfter } from '../../prisma/journal/seals.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { propertyRuns } from '../support/property-runs.ts';

const newKey = () => keyOf(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());

/** All but those that the database works out by itself. */
async function storedColumns(client: pg.PoolClient, table: string): Promise<string> {
  const { rows } = await client.query<{ columns: string }>(
    `SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows[0]!.columns;
}

describe('seals', () => {
  let engine: InProcessEngine;
  let key: ReturnType<typeof newKey>;
  let id: string;
  beforeAll(async () => {
    [engine, key] = [await startInProcessEngine(), newKey()];
    id = await engine.open('nonconformity', 'emre.yilmaz', report);
    await engine.send(id, 'ACCEPT', 'leon.fischer', acceptance);
    await engine.journal.seal(key);
    await engine.send(id, 'ACCEPT', 'anna.berger', acceptance);
    await engine.journal.seal(key);
  });
  afterAll(() => engine.close());

  /** What verify says of a change made with the triggers off, which is then undone. */
  async function problemsAfter(...statements: string[]): Promise<string[]> {
    const tables = ['entry', 'entry_payload', 'attempt', 'case_head', 'stream_head', 'seal', 'seal_leaf', 'seal_key'];
    const client = await engine.pool.connect();
    for (const table of tables) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL; CREATE TEMP TABLE kept_${table} AS SELECT * FROM ${table}`);
    for (const statement of statements) await client.query(statement);
    const { problems } = await engine.journal.verify();
    for (const table of tables) {
      const columns = await storedColumns(client, table);
      await client.query(`DELETE FROM ${table}; INSERT INTO ${table} (${columns}) SELECT ${columns} FROM kept_${table}; DROP TABLE kept_${table}; ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    }
    client.release();
    return problems.map(({ stream, version, problem }) => `${stream} ${version}: ${problem}`);
  }

  it('put everything that is new under one signature, and a case under a seal can be shown by itself', async () => {
    const verified = await engine.journal.verify();
    expect(verified).toMatchObject({ ok: true, seals: 2 });
    const proof = await createProofs(engine.pool).of(id);
    const [, second] = await sealsAfter(engine.pool, 0, 10);
    expect(proof).toMatchObject({ seal: 2, head: { stream: id } });
    expect(rootFrom(proof!.head, proof!.path)).toBe(second!.root);
  });

  it('hold one leaf per refused attempt', async () => {
    const heads = await headsOf(engine.pool, 1);
    expect(heads.filter(({ stream }) => stream === '00000000-0000-8000-8000-000000000001').map(({ version }) => version)).toEqual([1]);
  });

  it('are not made where nothing is new', async () => {
    expect(await engine.journal.seal(key)).toBeNull();
  });

  it('find a tail that was cut off, with its head put right', async () => {
    const found = await problemsAfter(
      `DELETE FROM entry WHERE stream = '${id}' AND version = (SELECT max(version) FROM entry WHERE stream = '${id}')`,
      `UPDATE case_head h SET version = e.version, hash = e.hash FROM entry e WHERE h.id = '${id}' AND e.stream = h.id AND e.version = (SELECT max(version) FROM entry WHERE stream = '${id}')`,
    );
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${id} \\d+: was cut off: seal 2 has it`)));
  });

  it('find a case and an attempt that are gone altogether', async () => {
    const gone = await problemsAfter(`DELETE FROM entry WHERE stream = '${id}'`, `DELETE FROM entry_payload WHERE stream = '${id}'`, `DELETE FROM case_head WHERE id = '${id}'`);
    expect(gone).toContainEqual(expect.stringMatching(/was cut off: seal 1 has it/));
    const attempt = await problemsAfter('DELETE FROM attempt', `DELETE FROM stream_head WHERE stream = '00000000-0000-8000-8000-000000000001'`);
    expect(attempt).toContainEqual(expect.stringMatching(/^attempts 1: was cut off: seal 1 has it/));
  });

  it.each([
    ['another time', `UPDATE seal SET at = at + interval '1 day' WHERE number = 1`, 'seals 1: seal was changed'],
    ['another predecessor', `UPDATE seal SET previous = repeat('f', 64) WHERE number = 2`, 'seals 2: does not follow its predecessor'],
    ['another signature', `UPDATE seal SET signature = repeat('A', 86) || '==' WHERE number = 2`, 'seals 2: signature does not fit'],
    ['a head less', `DELETE FROM seal_leaf WHERE seal = 1 AND n = 0`, 'seals 1: what is under the seal was changed'],
    ['no seal any more', `DELETE FROM seal WHERE number = 1`, 'seals 2: seal 1 is missing'],
    ['another key', `UPDATE seal_key SET public_key = '${newKey().publicKey}'`, 'seals 1: signature does not fit'],
  ])('are found out with %s', async (_, statement, expected) => {
    expect(await problemsAfter(statement)).toContain(expected);
  });

  it.each(['seal', 'seal_leaf', 'seal_key'])('the database refuses update, delete and truncate on %s', async (table) => {
    for (const statement of [`UPDATE ${table} SET ${table === 'seal_key' ? 'id = id' : 'hash = hash'}`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
      await expect(engine.pool.query(statement)).rejects.toThrow(/refused/);
  });

  it('are made by no key that was not introduced', async () => {
    await expect(engine.journal.seal(newKey())).rejects.toMatchObject({ name: 'OtherSealKey' });
  });

  it('go on under a new key that the old one introduced, and not under the old one', async () => {
    const next = newKey();
    await engine.journal.rotateSealKey({ present: key, next, reason: 'yearly' });
    await expect(engine.journal.seal(key)).rejects.toMatchObject({ name: 'OtherSealKey' });
    expect(await engine.journal.seal(next)).toMatchObject({ number: 3 });
    expect(await engine.journal.verify()).toMatchObject({ ok: true, seals: 3 });
    expect(await sealKeys(engine.pool)).toMatchObject([{ fromSeal: 1, introducedBy: null }, { fromSeal: 3 }]);
    expect(await problemsAfter(`UPDATE seal_key SET introduction = repeat('A', 86) || '==' WHERE introduction IS NOT NULL`)).toContainEqual(
      expect.stringMatching(/was not introduced by the key before it/),
    );
    key = next;
  });

  it('hold whatever is decided, sealed and handed over in between, and at the same time', async () => {
    const step = fc.constantFrom('open', 'refuse', 'seal', 'rotate', 'together');
    const steps: Record<'open' | 'refuse' | 'seal' | 'rotate' | 'together', () => Promise<unknown>> = {
      open: () => engine.open('nonconformity', 'emre.yilmaz', report),
      refuse: () => engine.send(id, 'CONFIRM_IMPLEMENTED', 'emre.yilmaz', {}),
      seal: () => engine.journal.seal(key),
      async rotate() {
        const next = newKey();
        await engine.journal.rotateSealKey({ present: key, next, reason: 'again' });
        key = next;
      },
      together: () => Promise.all([engine.journal.seal(key), engine.open('nonconformity', 'leon.fischer', report), engine.journal.seal(key)]),
    };
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 5 }), async (names) => {
        for (const name of names) await steps[name]();
        const verified = await engine.journal.verify();
        expect(verified.problems).toEqual([]);
      }),
      propertyRuns(12),
    );
  }, 60_000);
});
