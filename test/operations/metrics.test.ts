import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../api/test-api.ts';
import type { TestApi } from '../api/test-api.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  id = await api.engine.open('nonconformity', 'emre.yilmaz', report);
});
afterAll(() => api.close());

const scrape = async (headers: Record<string, string> = {}) => api.as(null).get<string>('/metrics', headers);
const value = (text: string, line: string) =>
  Number(
    text
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.split(' ')[1],
  );
const send = (person: string, command: string, body: object) =>
  api.as(person).post(`/api/v1/cases/${id}/commands/${command}`, body);

describe('the metrics', () => {
  it('count requests by route, and decisions and refusals by name', async () => {
    await send('anna.berger', 'ACCEPT', acceptance);
    await send('anna.berger', 'ACCEPT', acceptance);
    await send('anna.berger', 'NO_SUCH_COMMAND', {});
    await api.as('anna.berger').get('/api/v1/no/such/path');
    const { status, body } = await scrape();
    expect(status).toBe(200);
    const route = '/cases/{id}/commands/{command}';
    expect(
      value(body, `isms_http_request_duration_seconds_count{method="POST",route="${route}",status="200"}`),
    ).toBe(1);
    expect(
      value(body, 'isms_decisions_total{process="nonconformity",command="ACCEPT",outcome="accepted"}'),
    ).toBe(1);
    expect(
      value(body, 'isms_decisions_total{process="nonconformity",command="ACCEPT",outcome="refused"}'),
    ).toBe(1);
    expect(value(body, 'isms_refusals_total{code="WRONG_STATE"}')).toBe(1);
    expect(value(body, 'isms_open_cases{process="nonconformity",state="containment"}')).toBe(1);
    expect(value(body, 'isms_journal_entries')).toBeGreaterThanOrEqual(2);
    expect(value(body, 'isms_waiting{what="commands"}')).toBe(0);
    expect(body).toContain('isms_pool_connections{state="idle"}');
  });

  it('name nobody and no case, and have no more labels than the program has names', async () => {
    for (let n = 0; n < 20; n += 1) {
      await api.as('anna.berger').get(`/api/v1/cases/${crypto.randomUUID()}`);
      await api.as(null).send('GET', `/wp-admin/${n}`);
      await api.as('anna.berger').post(`/api/v1/cases/${id}/commands/INVENTED_${n}`, {});
    }
    const { body } = await scrape();
    expect(body).not.toMatch(/berger|yilmaz|anna|Backups|INVENTED|wp-admin|[0-9a-f]{8}-[0-9a-f]{4}/);
  });

  it('are for this machine alone, also behind a proxy on it', async () => {
    expect((await scrape({ 'x-forwarded-for': '192.0.2.7' })).status).toBe(404);
    expect((await scrape({ 'x-forwarded-for': '127.0.0.1, 192.0.2.7' })).status).toBe(404);
  });

  it('are for whoever has the token, where there is one', async () => {
    const plain = await startTestApi({ metricsToken: 'the-token-of-the-monitoring' });
    const remote = { 'x-forwarded-for': '192.0.2.7', authorization: 'Bearer the-token-of-the-monitoring' };
    expect((await plain.as(null).get('/metrics', remote)).status).toBe(200);
    expect((await plain.as(null).get('/metrics')).status).toBe(404);
    expect((await plain.as(null).get('/metrics', { authorization: 'Bearer wrong' })).status).toBe(404);
    await plain.close();
  });
});
