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
