import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { CaseId } from '../../contracts/identity.ts';
import type { ProblemView } from '../../contracts/api.ts';
import type { SignatureResult, ToSign, signaturesView } from '../../contracts/signatures.ts';
import { aboutOf, assessmentInReview, confirmedRisk, does, fileOf, residualAcceptances, takenOverRisk } from '../support/risk-cases.ts';
import { inProcessGateway, startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
let workersRun = true;
beforeAll(async () => {
  api = await startTestApi((engine) => ({ gateway: { ...inProcessGateway(engine), decide: async (command) => (workersRun ? inProcessGateway(engine).decide(command) : 'PENDING') } }));
});
afterAll(() => api.close());

const hashOf = async (id: CaseId) => (await aboutOf(api.engine, id))['contentHash']!;
const waiting = async (person: string) => (await api.as(person).get<{ items: ToSign[] }>('/api/v1/signatures')).body.items;
const sign = async (person: string, items: object[], key?: string): Promise<SignatureResult[]> => {
  const { status, body } = await api.as(person).post<z.infer<typeof signaturesView>>('/api/v1/signatures', { items }, key === undefined ? {} : { 'idempotency-key': key });
  expect([status, body]).toEqual([200, body]);
  return body.items;
};
const entries = async (id: CaseId, type: string) => (await api.engine.pool.query('SELECT 1 FROM entry WHERE stream = $1 AND type = $2', [id, type])).rowCount;

/** Acceptances of what is left, one for each of so many risks of Thomas. */
async function acceptances(count: number): Promise<CaseId[]> {
  const risks: CaseId[] = [];
  for (let n = 0; n < count; n += 1) risks.push(await confirmedRisk(api.engine, { title: `Risk ${n}` }));
  return (await residualAcceptances(api.engine, risks)).acceptances;
}

describe('several acceptances signed in one sitting', () => {
  it('are each decided on their own: done, changed meanwhile, refused, not found', async () => {
    const [first, second, third, fourth] = (await acceptances(4)) as [CaseId, CaseId, CaseId, CaseId];
    const seen = await Promise.all([first, second, third, fourth].map(hashOf));
    await does(api.engine, second, 'SET_UNTIL', 'anna.berger', { until: '2027-01-31', reason: 'Looked at again before' });
    const none = '00000000-0000-4000-8000-000000000000';
    const results = await sign('thomas.reiter', [
      { case: first, contentHash: seen[0], body: { note: 'Seen' } },
      { case: second, contentHash: seen[1] },
      { case: third, contentHash: seen[2], version: 1 },
      { case: none, contentHash: seen[3] },
      { case: fourth, contentHash: seen[3], body: { nonsense: true } },
      { case: fourth, command: 'CONFIRM_TAKEN_OVER', contentHash: seen[3], key: 'other' },
    ]);
    expect(results.map(({ outcome, code, reasons }) => [outcome, code, reasons[0]?.code])).toEqual([
      ['DONE', null, undefined],
      ['CHANGED', 'WRONG_MOMENT', 'CONTENT_CHANGED'],
      ['CHANGED', 'WRONG_MOMENT', 'STALE_VERSION'],
      ['REFUSED', 'NOT_FOUND', undefined],
      ['REFUSED', 'INVALID_REQUEST', 'INVALID_PAYLOAD'],
      ['REFUSED', 'WRONG_MOMENT', 'WRONG_STATE'],
    ]);
    expect(await Promise.all([first, second, third, fourth].map(async (id) => (await fileOf(api.engine, id)).state))).toEqual(['active', 'underReview', 'underReview', 'underReview']);
    expect(results[4]!.id, 'what does not fit is not stored').toBeNull();
  });

  it('happen once, however often they are sent, and a key serves no other content', async () => {
    const [one, two] = (await acceptances(2)) as [CaseId, CaseId];
    const items = await Promise.all([one, two].map(async (id) => ({ case: id, contentHash: await hashOf(id) })));
    const [first, again] = await Promise.all([sign('thomas.reiter', items, 'sitting'), sign('thomas.reiter', items, 'sitting')]);
    const later = await sign('thomas.reiter', items, 'sitting');
    for (const results of [first, again, later]) expect(results.map(({ outcome }) => outcome)).toEqual(['DONE', 'DONE']);
    expect(new Set([...first, ...again, ...later].map(({ id }) => id)).size).toBe(2);
    expect(await entries(one, 'APPROVE')).toBe(1);
    const other = await sign('thomas.reiter', [{ ...items[0]!, body: { note: 'Changed my mind' } }], 'sitting');
    expect(other).toMatchObject([{ outcome: 'REFUSED', code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('are no second door: who may not accept is refused in each, and each refusal for authority is an attempt', async () => {
    const [one, two] = (await acceptances(2)) as [CaseId, CaseId];
    const items = await Promise.all([one, two].map(async (id) => ({ case: id, contentHash: await hashOf(id) })));
    const results = await sign('anna.berger', items);
    expect(results.map(({ outcome, code }) => [outcome, code])).toEqual(Array(2).fill(['REFUSED', 'NOT_ENTITLED']));
    const attempts = await api.engine.pool.query('SELECT person FROM attempt WHERE case_id = ANY($1)', [[one, two]]);
    expect(attempts.rows).toEqual(Array(2).fill({ person: 'anna.berger' }));
    expect(await sign('mehmet.demir', items)).toMatchObject(Array(2).fill({ outcome: 'REFUSED', code: 'NOT_FOUND' }));
  });

  it('are kept while nobody is there to decide, and decided later', async () => {
    const [one] = (await acceptances(1)) as [CaseId];
    const items = [{ case: one, contentHash: await hashOf(one) }];
    workersRun = false;
    expect(await sign('thomas.reiter', items, 'patience')).toMatchObject([{ outcome: 'PENDING', code: null }]);
    workersRun = true;
    await api.engine.settle();
    expect(await sign('thomas.reiter', items, 'patience')).toMatchObject([{ outcome: 'DONE' }]);
  });

  it('are refused as a list where the same is named twice, or nothing, or more than a hundred', async () => {
    const item = { case: '00000000-0000-4000-8000-000000000000', contentHash: '0'.repeat(64) };
    for (const items of [[], [item, item], [item, { ...item, command: 'CONFIRM' }], Array(101).fill(item)])
      expect(await api.as('thomas.reiter').post<ProblemView>('/api/v1/signatures', { items })).toMatchObject({ status: 422, body: { code: 'INVALID_REQUEST' } });
    expect(await api.as('thomas.reiter').post<ProblemView>('/api/v1/signatures', { items: [{ ...item, command: 'CANCEL' }] })).toMatchObject({ status: 422 });
  });
});

describe('what waits for my signature', () => {
  it('can be sent back as it is: acceptances, risks of an earlier register, and each risk of an assessment by itself', async () => {
    const migrated = await takenOverRisk(api.engine, { title: 'Lost laptop', owner: 'stefan.krause', unit: 'sales', likelihood: 1, impact: 1 });
    const story = await assessmentInReview(api.engine, {
      unit: 'development',
      found: [
        { title: 'Source code is published', owner: 'stefan.krause', likelihood: 1, impact: 2 },
        { title: 'Builds are forged', owner: 'stefan.krause', likelihood: 2, impact: 4 },
        { title: 'Servers are encrypted', owner: 'thomas.reiter', likelihood: 1, impact: 2 },
      ],
    });
    const items = await waiting('stefan.krause');
    expect(items.map(({ command, risk, level }) => [command, risk?.title ?? null, level])).toEqual(
      expect.arrayContaining([['CONFIRM_MIGRATED', null, 'low'], ['CONFIRM', 'Source code is published', 'low'], ['CONFIRM', 'Builds are forged', 'medium']]),
    );
    expect(items).toHaveLength(3);
    expect(await waiting('anna.berger')).toEqual([]);
    const back = items.map(({ case: { id }, command, risk, contentHash }) => ({ case: id, command, contentHash, ...(risk && { risk: risk.id }) }));
    const stale = back.map((item) => (item.risk === story.risks[1] ? { ...item, contentHash: '0'.repeat(64) } : item));
    const results = await sign('stefan.krause', stale);
    expect(Object.fromEntries(results.map(({ risk, outcome }) => [risk ?? 'migrated', outcome]))).toEqual({ migrated: 'DONE', [story.risks[0]!]: 'DONE', [story.risks[1]!]: 'CHANGED' });
    expect((await waiting('stefan.krause')).map(({ risk }) => risk?.id)).toEqual([story.risks[1]]);
    expect((await fileOf(api.engine, migrated)).state).toBe('monitored');
    expect(await sign('stefan.krause', [{ case: story.assessment, command: 'CONFIRM', risk: story.risks[1], contentHash: (await aboutOf(api.engine, story.risks[1]!))['proposalHash'] }])).toMatchObject([{ outcome: 'DONE' }]);
    expect(await waiting('stefan.krause')).toEqual([]);
  });

  it('names the hash of an acceptance with its level and its last day, and in whose name a delegate signs', async () => {
    const [id] = (await acceptances(1)) as [CaseId];
    const own = (await waiting('thomas.reiter')).find((each) => each.case.id === id);
    expect(own).toMatchObject({ command: 'APPROVE', risk: null, contentHash: await hashOf(id), level: 'low', for: null, case: { version: (await fileOf(api.engine, id)).revision } });
    expect(own!.until).toMatch(/^202\d-/);
    const payload = { delegate: 'nina.schuster', scope: 'PROCESSES', processes: ['acceptance'], acceptanceAuthority: true, from: '2026-11-02', until: '2026-12-01', reason: 'Project' };
    const delegation = await api.as('thomas.reiter').post<{ id: string }>('/api/v1/cases', { process: 'delegation', payload });
    await api.as('nina.schuster').post(`/api/v1/cases/${delegation.body.id}/commands/ACCEPT`, {});
    const lent = (await waiting('nina.schuster')).find((each) => each.case.id === id);
    expect(lent).toMatchObject({ for: 'thomas.reiter' });
    expect(await sign('nina.schuster', [{ case: id, contentHash: lent!.contentHash }])).toMatchObject([{ outcome: 'DONE' }]);
  });
});
