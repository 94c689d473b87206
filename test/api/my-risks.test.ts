import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CaseId } from '../../contracts/identity.ts';
import type { OwnedRisk, myRisksView } from '../../contracts/my-risks.ts';
import { aboutOf, assessmentInReview, completeAssessment, confirmedRisk, does, endorsedPlan, residualAcceptances, scores } from '../support/risk-cases.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

type Page = z.infer<typeof myRisksView>;

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const page = async (person: string, query = '') => (await api.as(person).get<Page>(`/api/v1/my-risks${query}`)).body;
const mine = async (person: string, risk: CaseId, query = ''): Promise<OwnedRisk> => (await page(person, query)).items.find(({ id }) => id === risk)!;
const told = ({ changes }: OwnedRisk) => changes.map(({ field, before, after }) => [field, before, after]);
let minutes = 0;
/** Each story on a minute of its own. */
const later = () => api.engine.setNow(new Date(Date.parse('2026-11-02T09:00:00.000Z') + (minutes += 1) * 60_000).toISOString());

describe('my risks', () => {
  it('are those that I own, each with its rating, its acceptance and its review; nothing has changed at first', async () => {
    const risk = await confirmedRisk(api.engine, { likelihood: 1, impact: 2 });
    const found = await mine('thomas.reiter', risk);
    expect(found).toMatchObject({
      ...{ current: { level: 'low', score: 2, criteria: 'default', emergency: false }, decision: 'ACCEPTABLE', reviewOn: '2027-11-02', toConfirm: null },
      acceptances: [{ kind: 'WITHIN_CRITERIA', state: 'active', inForce: true, until: '2028-01-31', expiry: { reached: null, next: { step: 'R1' } } }],
      signed: { command: 'CONFIRM_MIGRATED', by: 'thomas.reiter', onBehalfOf: null, case: { process: 'risk' } },
      changes: [],
    });
    expect((await page('nina.schuster')).items).toEqual([]);
  });

  it('tell field by field what has changed since I signed, with the entry by which it did', async () => {
    const risk = await confirmedRisk(api.engine, { likelihood: 1, impact: 2 });
    later();
    const scenario = { kind: 'EVENT', source: 'Operations', event: 'A restore fails twice', consequence: 'Data are lost' };
    await does(api.engine, risk, 'AMEND', 'anna.berger', { title: 'Backups cannot be restored', scenario, affects: ['AVAILABILITY', 'INTEGRITY'] });
    await does(api.engine, risk, 'RATE', 'anna.berger', { ...scores(2, 2), controls: ['A.8.13', 'A.8.14'] });
    const found = await mine('thomas.reiter', risk);
    expect(told(found)).toEqual(
      expect.arrayContaining([
        ['affects', ['AVAILABILITY'], ['AVAILABILITY', 'INTEGRITY']],
        ['scenario.event', 'A restore fails', 'A restore fails twice'],
        ['score', 2, 4],
        ['likelihood', 1, 2],
        ['controls', ['A.8.13'], ['A.8.13', 'A.8.14']],
      ]),
    );
    expect(told(found).map(([field]) => field)).not.toContain('level');
    expect(found.changes.find(({ field }) => field === 'scenario.event')).toMatchObject({ entry: { command: 'AMEND', by: 'anna.berger' } });
    expect(found.changes.find(({ field }) => field === 'likelihood')).toMatchObject({ entry: { command: 'RATE', at: api.engine.now() } });
  });

  it('name what came back to what it was as no change', async () => {
    const risk = await confirmedRisk(api.engine, { likelihood: 1, impact: 2 });
    for (const likelihood of [2, 1]) await does(api.engine, risk, 'RATE', 'anna.berger', { ...scores(likelihood, 2), controls: ['A.8.13'] });
    expect(told(await mine('thomas.reiter', risk))).toEqual([]);
  });

  it('tell an owner who has come later what has changed since the one before signed, the owner among it', async () => {
    const risk = await confirmedRisk(api.engine, { likelihood: 1, impact: 2 });
    await does(api.engine, risk, 'NAME_OWNER', 'anna.berger', { owner: 'stefan.krause' });
    const found = await mine('stefan.krause', risk);
    expect(found.signed).toMatchObject({ by: 'thomas.reiter' });
    expect(told(found)).toEqual([['owner', 'thomas.reiter', 'stefan.krause']]);
    expect(await mine('thomas.reiter', risk)).toBeUndefined();
  });

  it('count the approval of a plan, and then the acceptance of what is left, as signatures', async () => {
    const risk = await confirmedRisk(api.engine);
    const plan = await endorsedPlan(api.engine, [risk]);
    await does(api.engine, risk, 'RATE', 'anna.berger', { ...scores(3, 3), controls: ['A.8.13', 'A.8.14'] });
    expect(told(await mine('thomas.reiter', risk)).map(([field]) => field)).toContain('controls');
    await does(api.engine, plan, 'APPROVE', 'thomas.reiter', { contentHash: (await aboutOf(api.engine, plan))['contentHash'] });
    const interim = await mine('thomas.reiter', risk);
    expect(interim).toMatchObject({ changes: [], plan: { id: plan }, signed: { command: 'OPENED', by: 'thomas.reiter', case: { process: 'acceptance' } }, acceptances: [{ kind: 'INTERIM', inForce: true }] });

    const other = await confirmedRisk(api.engine, { title: 'Disks fail' });
    const { acceptances } = await residualAcceptances(api.engine, [other]);
    const waiting = await mine('thomas.reiter', other);
    expect(waiting.acceptances.map(({ kind, inForce }) => [kind, inForce])).toEqual([['INTERIM', true], ['RESIDUAL', false]]);
    await does(api.engine, acceptances[0]!, 'APPROVE', 'thomas.reiter', { contentHash: (await aboutOf(api.engine, acceptances[0]!))['contentHash'] });
    expect(await mine('thomas.reiter', other)).toMatchObject({ changes: [], residual: 'low', current: { level: 'low' }, signed: { command: 'APPROVE' } });
  });

  it('of an assessment are signed by its confirmation, over what it proposes', async () => {
    const story = await assessmentInReview(api.engine, { unit: 'development', found: [{ title: 'Servers are encrypted', owner: 'thomas.reiter', likelihood: 2, impact: 4 }] });
    const [risk] = story.risks as [CaseId];
    expect(await mine('thomas.reiter', risk)).toMatchObject({ current: null, signed: null, toConfirm: { level: 'medium', assessment: { id: story.assessment } } });
    await completeAssessment(api.engine, story);
    const found = await mine('thomas.reiter', risk);
    expect(found).toMatchObject({ current: { level: 'medium' }, signed: { command: 'CONFIRM', case: { id: story.assessment, process: 'assessment' } }, changes: [] });
    await does(api.engine, risk, 'EMERGENCY_RATE', 'anna.berger', { ...scores(5, 5), reason: 'It is happening' });
    const emergency = await mine('thomas.reiter', risk);
    expect(emergency.current).toMatchObject({ level: 'critical', emergency: true });
    expect(told(emergency)).toEqual(expect.arrayContaining([['level', 'medium', 'critical'], ['impact.operational', 4, 5]]));
  });

  it('of another owner are seen by who sees the risks: the ISO all of them, a colleague none', async () => {
    const { items: own } = await page('thomas.reiter');
    expect(own.length).toBeGreaterThan(3);
    expect((await page('anna.berger', '?owner=thomas.reiter')).items.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
    expect((await page('julia.neumann', '?owner=thomas.reiter')).items.map(({ title }) => title)).toEqual(['Servers are encrypted']);
    expect((await page('mehmet.demir', '?owner=thomas.reiter')).items).toEqual([]);
  });

  it('come in pages', async () => {
    const all = (await page('thomas.reiter')).items.map(({ ref }) => ref);
    const first = await page('thomas.reiter', '?limit=2');
    const second = await page('thomas.reiter', `?limit=200&cursor=${first.next}`);
    expect([...first.items, ...second.items].map(({ ref }) => ref)).toEqual(all);
  });
});
