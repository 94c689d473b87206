import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { acceptance, cause, correction, report } from '../support/nonconformity-bodies.ts';

describe('the journal is append-only, and whoever gets past that is found out', () => {
  let engine: InProcessEngine;
  let id: string;
  beforeAll(async () => {
    engine = await startInProcessEngine();
    id = await engine.open('nonconformity', 'emre.yilmaz', report);
    await engine.send(id, 'ACCEPT', 'anna.berger', acceptance);
    await engine.send(id, 'RECORD_CORRECTION', 'thomas.reiter', correction);
    await engine.send(id, 'WITHDRAW', 'leon.fischer', { reason: 'not mine to withdraw' });
    await engine.send(id, 'SUBMIT_CAUSE', 'leon.fischer', cause);
  });
  afterAll(() => engine.close());

  /** What verify says of a change made with the triggers off, which is then undone. */
  async function problemsAfter(...statements: string[]): Promise<string[]> {
    const client = await engine.pool.connect();
    const off = ['entry', 'attempt', 'entry_payload'].map((table) => `ALTER TABLE ${table} DISABLE TRIGGER ALL`);
    const backup = `CREATE TEMP TABLE kept AS SELECT * FROM entry; CREATE TEMP TABLE kept_payload AS SELECT * FROM entry_payload; CREATE TEMP TABLE kept_attempt AS SELECT * FROM attempt`;
    const restore = `DELETE FROM entry; INSERT INTO entry SELECT * FROM kept; DELETE FROM entry_payload; INSERT INTO entry_payload SELECT * FROM kept_payload; DELETE FROM attempt; INSERT INTO attempt SELECT * FROM kept_attempt; DROP TABLE kept, kept_payload, kept_attempt`;
    for (const statement of [...off, backup, ...statements]) await client.query(statement);
    const report = await engine.journal.verify();
    await client.query(restore);
    for (const table of ['entry', 'attempt', 'entry_payload']) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    client.release();
    return report.problems.map(({ version, problem }) => `${version}: ${problem}`);
  }

  it.each(['entry', 'attempt', 'entry_payload'])('the database refuses update, delete and truncate on %s', async (table) => {
    const column = table === 'attempt' ? 'person' : table === 'entry' ? 'type' : 'salt';
    for (const statement of [`UPDATE ${table} SET ${column} = 'x'`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      await expect(engine.pool.query(statement)).rejects.toThrow(/refused/);
    }
  });

  it('an untouched journal verifies, with every entry and attempt read', async () => {
    const verified = await engine.journal.verify();
    expect(verified).toMatchObject({ ok: true, problems: [], attempts: 2 });
    expect(verified.entries).toBeGreaterThanOrEqual(4);
  });

  it('a changed entry is named', async () => {
    expect(await problemsAfter(`UPDATE entry SET actor = 'leon.fischer' WHERE stream = '${id}' AND version = 2`)).toContain('2: entry was changed');
  });

  it('a changed payload is named', async () => {
    const found = await problemsAfter(`UPDATE entry_payload SET payload = jsonb_set(payload, '{body,grade}', '"major"') WHERE stream = '${id}' AND version = 2`);
    expect(found).toContain('2: payload was changed');
  });

  it('an entry removed from within is named', async () => {
    expect(await problemsAfter(`DELETE FROM entry WHERE stream = '${id}' AND version = 2`)).toContain('3: entry 2 is missing');
  });

  it('an inserted entry is named, also when the later ones are moved up', async () => {
    const moved = `UPDATE entry SET version = version + 100 WHERE stream = '${id}' AND version > 1; UPDATE entry SET version = version - 99 WHERE stream = '${id}' AND version > 1`;
    const inserted = `INSERT INTO entry (stream, version, type, at, local_at, actor, role, to_state, definition, payload_hash, prev_hash, hash)
      SELECT stream, 2, type, at, local_at, actor, role, to_state, definition, payload_hash, hash, hash FROM entry WHERE stream = '${id}' AND version = 1`;
    expect(await problemsAfter(moved, inserted)).toEqual(expect.arrayContaining(['2: entry was changed', '3: entry was changed']));
  });

  it('reordered entries are named', async () => {
    const swap = `UPDATE entry SET version = 99 WHERE stream = '${id}' AND version = 2; UPDATE entry SET version = 2 WHERE stream = '${id}' AND version = 3; UPDATE entry SET version = 3 WHERE stream = '${id}' AND version = 99`;
    expect(await problemsAfter(swap)).toEqual(expect.arrayContaining(['2: does not follow its predecessor', '2: entry was changed']));
  });

  it('a cut tail shows against the head that people read', async () => {
    const found = await problemsAfter(`DELETE FROM entry WHERE stream = '${id}' AND version = (SELECT max(version) FROM entry WHERE stream = '${id}')`);
    expect(found.join()).toMatch(/head is at entry/);
  });

  it('a changed or removed attempt is named', async () => {
    expect(await problemsAfter(`UPDATE attempt SET person = 'emre.yilmaz' WHERE number = 1`)).toContain('1: attempt was changed');
    expect(await problemsAfter(`DELETE FROM attempt WHERE number = 1`)).toContain('2: attempt 1 is missing');
  });

  it('read rows that say something else than the entries are named', async () => {
    await engine.pool.query(`UPDATE case_head SET file = jsonb_set(file, '{state}', '"closed"') WHERE id = $1`, [id]);
    const { problems } = await engine.journal.verify();
    await engine.pool.query(`UPDATE case_head SET file = jsonb_set(file, '{state}', to_jsonb(state)) WHERE id = $1`, [id]);
    expect(problems.map(({ problem }) => problem)).toContain('read rows are not what the entries give');
  });

  it('redaction empties what was said and keeps hash and entry', async () => {
    const client = await engine.pool.connect();
    await client.query('BEGIN');
    await client.query(`SET LOCAL isms.redacting = 'on'`);
    await client.query(`UPDATE entry_payload SET payload = NULL, snapshot = NULL WHERE stream = $1 AND version = 2`, [id]);
    const { rowCount } = await client.query(`SELECT 1 FROM entry WHERE stream = $1 AND version = 2`, [id]);
    await client.query('ROLLBACK');
    client.release();
    expect(rowCount).toBe(1);
  });
});
