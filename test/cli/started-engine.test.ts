import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { report } from '../support/nonconformity-bodies.ts';
import { type StartedEngine, createHome, startEngine } from '../support/started-engine.ts';
import { isms } from './isms.ts';

describe('isms beside an engine that runs on this machine', { timeout: 120_000 }, () => {
  const home = createHome();
  let engine: StartedEngine;
  let reference = '';
  beforeAll(async () => void (engine = await startEngine(home)));
  afterAll(async () => {
    engine.start.kill('SIGINT');
    await once(engine.start, 'exit');
  });

  const here = (more: Record<string, string> = {}) => ({ env: { ISMS_HOME: home, ...more } });

  it('finds it without being told where it is, for operator and person alike', async () => {
    const loaded = await isms(
      ['organisation', 'import', 'demo/organisation.json', '--reason', 'First load'],
      here(),
    );
    expect(loaded).toMatchObject({ code: 0, stderr: '' });
    const made = await isms(['key', 'create', 'anna.berger', '--json'], here());
    const { key } = made.json() as { key: string };
    const opened = await isms(['open', 'nonconformity', '--with', '-'], {
      ...here({ ISMS_API_KEY: key }),
      input: JSON.stringify(report),
    });
    expect(opened).toMatchObject({ code: 0, stdout: expect.stringContaining('NC-') });
    reference = /NC-\d+-\d+/.exec(opened.stdout)?.[0] ?? '';
    const link = await isms(['sign-in-link', 'anna.berger', '--json'], here());
    expect(link.json()).toMatchObject({ link: expect.stringContaining(`${engine.url}/sign-in?token=`) });
    expect(await isms(['verify'], here())).toMatchObject({ code: 0 });
    expect(await isms(['recover', '--reason', 'to see'], here())).toMatchObject({
      code: 0,
      stdout: '1 open case goes on.\n',
    });
  });

  it('is found well by the doctor, and nudges a case by its reference', async () => {
    const { code, stdout } = await isms(['doctor'], here());
    expect([code, stdout]).toEqual([
      0,
      expect.stringMatching(/^All is well\.[^]*1 open cases .* 1 workers, 1 workflows of cases/),
    ]);
    const nudged = await isms(['nudge', reference, '--reason', 'to see'], here());
    expect(nudged).toMatchObject({ code: 0, stdout: expect.stringContaining('was nudged') as string });
  });

  it('recover ends with 3 where Temporal does not answer', async () => {
    const env = { DATABASE_URL: engine.databaseUrl, TEMPORAL_ADDRESS: '127.0.0.1:9' };
    const { code, stderr } = await isms(['recover', '--reason', 'to see'], { env });
    expect([code, stderr]).toEqual([3, expect.stringContaining('Temporal does not answer')]);
  });
});
