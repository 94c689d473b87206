import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RetentionListView } from '../../contracts/api-records.ts';
import { retentionDue } from '../../prisma/queries/retention.ts';
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

const due = async (today: string) => (await retentionDue(api.engine.pool, { today, limit: 50, after: null })).items.map(({ id }) => id);

it('lists what has been kept long enough, and nothing under a legal hold (rules §4.7)', async () => {
  const [kept, held] = [await withdrawn(), await withdrawn()];
  await api.as('anna.berger').post(`/api/v1/cases/${held}/commands/LEGAL_HOLD`, { reason: 'A customer sues' });
  expect(await due('2029-01-01')).toEqual([]);
  expect(await due('2099-01-01')).toEqual([kept]);
  expect((await api.as('anna.berger').get<RetentionListView>('/api/v1/retention/due')).body.items).toEqual([]);
  expect((await api.as('emre.yilmaz').get('/api/v1/retention/due')).status).toBe(403);
});
