import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import type { OwnedRisk } from '../../contracts/my-risks.ts';
import { startTestApi } from '../api/test-api.ts';
import type { TestApi } from '../api/test-api.ts';
import { aboutOf, confirmedRisk, does, residualAcceptances, scores, takenOverRisk } from '../support/risk-cases.ts';
import { isms } from './isms.ts';

let api: TestApi;
const keys = new Map<string, string>();
beforeAll(async () => {
  api = await startTestApi();
  for (const personId of ['anna.berger', 'thomas.reiter']) keys.set(personId, await createApiKey({ pool: api.engine.pool, personId, name: 'test' }));
});
afterAll(() => api.close());

const as = (person: string, ...args: string[]) => isms(args, { env: { ISMS_URL: api.url, ISMS_API_KEY: keys.get(person)! } });

describe('the owner of a risk at the command line', () => {
  it('sees what he answers for, until when it is accepted, and what has changed since he signed', async () => {
    await confirmedRisk(api.engine, { title: 'Disks fail', likelihood: 1, impact: 1 });
    const risk = await confirmedRisk(api.engine, { likelihood: 1, impact: 2 });
    await does(api.engine, risk, 'RATE', 'anna.berger', { ...scores(2, 2), controls: ['A.8.13'] });
    const { stdout, code } = await as('thomas.reiter', 'my-risks');
    expect(code).toBe(0);
    expect(stdout).toMatch(/R-2026-0001 +monitored +low +2028-01-31 WITHIN_CRITERIA +2027-11-02 +Disks fail/);
    expect(stdout).toMatch(/Since R-2026-0002 was signed by thomas\.reiter/);
    expect(stdout).toMatch(/likelihood +1 → 2 +entry \d+ RATE +anna\.berger/);
    const changed = (await as('anna.berger', 'my-risks', '--owner', 'thomas.reiter', '--changed', '--json')).json() as { items: OwnedRisk[] };
    expect(changed.items.map(({ ref }) => ref)).toEqual(['R-2026-0002']);
  });

  it('signs several acceptances in one sitting, each over what he has seen, and is told of each what became of it', async () => {
    const risks = [await confirmedRisk(api.engine, { title: 'Tapes tear' }), await confirmedRisk(api.engine, { title: 'Keys are lost' })];
    const { acceptances } = await residualAcceptances(api.engine, risks);
    await takenOverRisk(api.engine, { title: 'Lost laptop', likelihood: 1, impact: 1 });
    const listed = await as('thomas.reiter', 'sign');
    const seen = [...listed.stdout.matchAll(/\S+=[0-9a-f]{64}/g)].map(([pair]) => pair);
    expect(seen.map((pair) => pair.split('=')[0])).toEqual(expect.arrayContaining(['ACC-2026-0005', 'ACC-2026-0006', 'R-2026-0005']));
    await does(api.engine, acceptances[1]!, 'SET_UNTIL', 'anna.berger', { until: '2027-01-31', reason: 'Sooner' });
    const { code, stdout } = await as('thomas.reiter', 'sign', ...seen, '--key', 'sitting', '--note', 'Seen');
    expect(code, 'one of them has changed').toBe(1);
    expect(stdout).toMatch(/ACC-2026-0005 +signed/);
    expect(stdout).toMatch(/ACC-2026-0006 +changed meanwhile +\S/);
    expect(stdout).toMatch(/R-2026-0005 +signed/);
    const again = await as('thomas.reiter', 'sign', `ACC-2026-0006=${(await aboutOf(api.engine, acceptances[1]!))['contentHash']!}`);
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('signed')]);
    expect(await as('thomas.reiter', 'sign')).toMatchObject({ code: 0, stdout: 'Nothing waits for your signature.\n' });
    expect(await as('thomas.reiter', 'sign', 'ACC-2026-0005')).toMatchObject({ code: 2, stderr: expect.stringContaining('CASE=HASH') });
  });
});
