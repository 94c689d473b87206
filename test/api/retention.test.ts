import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseView } from '../../contracts/api.ts';
import type { RetentionListView } from '../../contracts/api-records.ts';
import type { RecordClass } from '../../contracts/retention.ts';
import { retentionDue, retentionKey } from '../../prisma/queries/retention.ts';
import { report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function withdrawn(): Promise<string> {
  const id = await api.engine.open('nonconformity', 'emre.yilmaz', report);
  await api.as('emre.yilmaz').post(`/api/v1/cases/${id}/commands/WITHDRAW`, { reason: 'It was the test server' });
  return id;
}

const list = async (today: string, recordClass?: RecordClass) => (await retentionDue(api.engine.pool, { today, limit: 50, after: null, ...(recordClass && { recordClass }) })).items;
const due = async (today: string) => (await list(today)).map(({ id }) => id);

it('lists what has been kept long enough, and nothing under a legal hold (rules §4.7)', async () => {
  const [kept, held] = [await withdrawn(), await withdrawn()];
  await api.as('anna.berger').post(`/api/v1/cases/${held}/commands/LEGAL_HOLD`, { reason: 'A customer sues' });
  expect(await due('2029-01-01')).toEqual([]);
  expect(await due('2099-01-01')).toEqual([kept]);
  expect((await api.as('anna.berger').get<RetentionListView>('/api/v1/retention/due')).body.items).toEqual([]);
  expect((await api.as('emre.yilmaz').get('/api/v1/retention/due')).status).toBe(403);
});

it('lists evidence by its own class, page by page, and what is brought after the end as well', async () => {
  const id = await withdrawn();
  const add = async (text: string, more: object) => {
    const { body } = await api.as('emre.yilmaz').send<{ sha256: string }>('POST', `/api/v1/evidence?name=${text}`, { body: text });
    const added = await api.as('emre.yilmaz').post(`/api/v1/cases/${id}/commands/ADD_EVIDENCE`, { evidence: body.sha256, title: text, ...more });
    expect(added.status).toBe(200);
    return body.sha256;
  };
  const [log, contract, list1] = [await add('log', {}), await add('contract', { recordClass: 'contract', keepUntil: '2041-12-31' }), await add('list', { recordClass: 'personnel' })];
  const own = (await list('2099-01-01')).filter((each) => each.id === id);
  expect(own).toEqual([
    expect.objectContaining({ recordClass: 'record', evidence: null }),
    ...[['evidence', log, 'log'] as const, ['personnel', list1, 'list'] as const]
      .sort(([, a], [, b]) => (a < b ? -1 : 1))
      .map(([recordClass, sha256, title]) => expect.objectContaining({ recordClass, evidence: { sha256, title } })),
    expect.objectContaining({ recordClass: 'contract', evidence: { sha256: contract, title: 'contract' }, retainUntil: '2041-12-31' }),
  ]);
  expect((await list('2041-12-31', 'contract')).length).toBe(0);
  expect((await list('2042-01-01', 'contract')).map(({ evidence }) => evidence?.sha256)).toEqual([contract]);

  const walked: string[] = [];
  let after: Parameters<typeof retentionDue>[1]['after'] = null;
  do {
    const page: Awaited<ReturnType<typeof retentionDue>> = await retentionDue(api.engine.pool, { today: '2099-01-01', limit: 2, after });
    walked.push(...page.items.map((each) => `${each.id} ${each.evidence?.sha256 ?? ''}`));
    after = page.next === null ? null : retentionKey.parse(JSON.parse(Buffer.from(page.next, 'base64url').toString()));
  } while (after !== null);
  expect(walked).toEqual((await list('2099-01-01')).map((each) => `${each.id} ${each.evidence?.sha256 ?? ''}`));

  const page = await api.as('anna.berger').get<CaseView>(`/api/v1/cases/${id}`);
  expect(page.body.evidence.map(({ recordClass, retainUntil }) => [recordClass, typeof retainUntil])).toEqual([['evidence', 'string'], ['contract', 'string'], ['personnel', 'string']]);
  expect((await api.as('anna.berger').get('/api/v1/retention/due?class=personnel')).status).toBe(200);
  expect((await api.as('anna.berger').get('/api/v1/retention/due?class=nothing')).status).toBe(422);
});
