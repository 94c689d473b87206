import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcessEngine, startInProcessEngine } from '../support/in-process-engine.ts';
import { report } from '../support/nonconformity-bodies.ts';
import { isms } from './isms.ts';

describe('isms verify', () => {
  let engine: InProcessEngine;
  beforeAll(async () => void (engine = await startInProcessEngine()));
  afterAll(() => engine.close());

  const verify = (...more: string[]) => isms(['verify', ...more], { env: { DATABASE_URL: engine.url } });

  it('ends with 0 while every entry is as it was written', async () => {
    await engine.open('nonconformity', 'emre.yilmaz', report);
    const { code, stdout } = await verify();
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/The journal is whole.*: 2 entries, 0 attempts and 0 seals read/),
    ]);
  });

  it('ends with 1 and names the entry that somebody with all rights has changed behind our back', async () => {
    const id = await engine.open('nonconformity', 'emre.yilmaz', report);
    const forger = new pg.Client({ connectionString: engine.url });
    await forger.connect();
    await forger.query('ALTER TABLE entry DISABLE TRIGGER ALL');
    await forger.query(`UPDATE entry SET actor = 'anna.berger' WHERE stream = $1`, [id]);
    await forger.query('ALTER TABLE entry ENABLE TRIGGER ALL');
    await forger.end();
    const [forPeople, forPrograms] = await Promise.all([verify(), verify('--json')]);
    expect(forPeople.stdout).toMatch(new RegExp(`${id} +1 +entry was changed`));
    expect(forPrograms.json()).toMatchObject({
      ok: false,
      problems: [{ stream: id, version: 1, problem: 'entry was changed' }],
    });
    expect([forPeople.code, forPrograms.code]).toEqual([1, 1]);
  });

  it('of a database without a journal says how to make one', async () => {
    const url = Object.assign(new URL(engine.url), { pathname: '/postgres' }).toString();
    const { code, stderr } = await isms(['verify'], { env: { DATABASE_URL: url } });
    expect([code, stderr]).toEqual([3, expect.stringContaining('npm run migrate')]);
  });
});

describe('isms pack', () => {
  let engine: InProcessEngine;
  beforeAll(async () => void (engine = await startInProcessEngine()));
  afterAll(() => engine.close());

  it('hands out what the journal has of a case, sealed, so that it is checked without the engine', async () => {
    await engine.open('nonconformity', 'emre.yilmaz', report);
    const folder = mkdtempSync(path.join(tmpdir(), 'isms-pack-'));
    const env = { DATABASE_URL: engine.url, ISMS_HOME: folder };
    const made = await isms(['pack', 'NC-2026-0001', '--out', path.join(folder, 'pack.zip')], { env });
    const checked = spawnSync(process.execPath, ['verifier/verify-pack.mjs', path.join(folder, 'pack.zip')], { encoding: 'utf8' });
    const seals = await isms(['seal', 'list'], { env });
    expect([made.code, checked.status, seals.code]).toEqual([0, 0, 0]);
    expect(checked.stdout).toMatch(/1 streams, 1 entries.*1 seals/);
    expect(seals.stdout).toMatch(/PUBLIC KEY/);
  });

  it('says which case there is not', async () => {
    const { code, stderr } = await isms(['pack', 'NC-2026-0999', '--out', 'pack.zip'], { env: { DATABASE_URL: engine.url, ISMS_HOME: mkdtempSync(path.join(tmpdir(), 'isms-pack-')) } });
    expect([code, stderr]).toEqual([5, expect.stringContaining('There is no case NC-2026-0999')]);
  });
});
