import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseStateView, CaseView, ProblemView } from '../../contracts/api.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
let id: string;
const reporter = () => api.as('nina.schuster');
const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  api = await startTestApi();
  id = (await open(report)).body.id;
});
afterAll(() => api.close());

const open = (payload: unknown) =>
  reporter().post<CaseStateView & ProblemView>('/api/v1/cases', { process: 'nonconformity', payload });
const comment = (text: unknown) =>
  reporter().post<ProblemView>(`/api/v1/cases/${id}/commands/COMMENT`, { text });

async function cases(): Promise<number> {
  const { rows } = await api.engine.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM case_head');
  return rows[0]!.n;
}

/** Clear: says what to do, and nothing of how the program is made. */
function expectClear({ status, body }: { status: number; body: ProblemView }): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body.detail.length).toBeGreaterThan(20);
  expect(body.requestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.stringify(body)).not.toMatch(/\bat \w+.*\.ts|node_modules|SELECT |stack/);
}

describe('a payload that does not fit', () => {
  it.each<[string, object, string]>([
    ['an unknown field', { ...report, surprise: 1 }, 'payload.surprise'],
    [
      'an unknown field that every object has',
      JSON.parse('{"__proto__": {"title": "x"}}') as object,
      'payload.title',
    ],
    ['a missing field', { ...report, title: undefined }, 'payload.title'],
    ['a wrong type', { ...report, title: ['x'] }, 'payload.title'],
    ['an empty text', { ...report, title: '   ' }, 'payload.title'],
    ['a text of 10,000 characters', { ...report, statement: 'x'.repeat(10_000) }, 'payload.statement'],
    ['a value that is none of the list', { ...report, source: 'RUMOUR' }, 'payload.source'],
    ['a date that does not exist', { ...report, detectedOn: '2026-02-30' }, 'payload.detectedOn'],
    ['a date in another form', { ...report, detectedOn: '30.11.2026' }, 'payload.detectedOn'],
    ['a date in the future', { ...report, detectedOn: '2027-01-01' }, 'payload.detectedOn'],
    ['a person of no possible id', { ...report, concerns: '../anna' }, 'payload.concerns'],
    ['an unknown person', { ...report, concerns: 'santa.claus' }, 'payload.concerns'],
    ['an unknown unit', { ...report, unit: 'moon-base' }, 'payload.unit'],
    ['unknown evidence', { ...report, evidence: ['a'.repeat(64)] }, 'payload.evidence.0'],
    ['a character that cannot be stored', { ...report, title: 'a\u0000b' }, 'payload.title'],
    ['half of a surrogate pair', { ...report, title: 'a\ud83d' }, 'payload.title'],
  ])('with %s is 422 and names the field', async (_what, payload, path) => {
    const before = await cases();
    const answer = await open(payload);
    expectClear(answer);
    expect(answer.status).toBe(422);
    expect(answer.body.reasons?.map((each) => each['path'])).toContain(path);
    expect(await cases()).toBe(before);
  });

  it('of another process is 422 and names the date that lies in the past', async () => {
    const payload = { title: 'Too late', unit: 'it', due: '2026-11-01' };
    const answer = await reporter().post<ProblemView>('/api/v1/cases', { process: 'action', payload });
    expectClear(answer);
    expect(answer.body.reasons).toEqual([
      expect.objectContaining({ code: 'DATE_IN_PAST', path: 'payload.due', earliest: '2026-11-02' }),
    ]);
  });

  it('is told in German to whom asks in German', async () => {
    const answer = await reporter().post<ProblemView>(
      '/api/v1/cases',
      { process: 'nonconformity', payload: { ...report, title: 7 } },
      { 'accept-language': 'de-AT,de;q=0.9' },
    );
    expect(answer.headers.get('content-language')).toBe('de');
    expect(answer.body).toMatchObject({
      title: 'Die Anfrage passt nicht',
      reasons: [{ text: expect.stringMatching(/^Berichtigen Sie „payload.title“: Ungültige Eingabe/) }],
    });
  });
});

describe('text that is unusual but fine', () => {
  it.each([
    ['HTML', '<script>alert("1")</script> & <b>bold</b>'],
    ['right-to-left text', 'نسخ احتياطي לא נבדק'],
    ['emoji and combined characters', '👩‍💻🔥 Å é \u{1F9EA}'],
    ['SQL', "'; DROP TABLE case_head; --"],
    ['4,000 characters', 'ü'.repeat(4000)],
    ['line breaks and tabs', 'one\n\ttwo\r\nthree'],
    ['the name of something every object has', '__proto__'],
  ])('is kept as typed: %s', async (_what, statement) => {
    const opened = await open({ ...report, statement });
    expect(opened.status).toBe(201);
    const { body } = await reporter().get<CaseView>(`/api/v1/cases/${opened.body.id}`);
    expect((body.document as { statement: string }).statement).toBe(statement);
  });
});

describe('a body that cannot be read', () => {
  it.each<[string, number, string, string | undefined, Record<string, string>]>([
    ['broken JSON', 400, 'MALFORMED_JSON', '{"process": ', json],
    ['no JSON at all', 400, 'MALFORMED_JSON', 'hello', json],
    ['an array', 422, 'INVALID_REQUEST', '[]', json],
    ['null', 422, 'INVALID_REQUEST', 'null', json],
    ['nothing', 422, 'INVALID_REQUEST', undefined, json],
    ['a form', 415, 'UNSUPPORTED_MEDIA_TYPE', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', 415, 'UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': 'text/plain' }],
    ['an unknown encoding', 415, 'UNSUPPORTED_MEDIA_TYPE', '{}', { ...json, 'content-encoding': 'snappy' }],
    [
      'another character set',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      '{}',
      { 'content-type': 'application/json; charset=latin1' },
    ],
    [
      'more than 256 KiB',
      413,
      'BODY_TOO_LARGE',
      JSON.stringify({ process: 'nonconformity', payload: { title: 'x'.repeat(256 * 1024) } }),
      json,
    ],
    [
      '100,000 levels',
      422,
      'INVALID_REQUEST',
      `{"process":"nonconformity","payload":{"title":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      json,
    ],
    [
      'a thousand unknown fields',
      422,
      'INVALID_REQUEST',
      JSON.stringify({
        process: 'nonconformity',
        payload: Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`f${n}`, n])),
      }),
      json,
    ],
  ])('%s is %i', async (_what, status, code, body, headers) => {
    const answer = await reporter().send<ProblemView>('POST', '/api/v1/cases', { headers, body });
    expectClear(answer);
    expect(answer).toMatchObject({ status, body: { code, status } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.stringify(answer.body).length).toBeLessThan(30_000);
  });

  it('compressed beyond its limit is 413', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = new Uint8Array(
      gzipSync(JSON.stringify({ process: 'x', payload: { a: 'x'.repeat(10_000_000) } })),
    );
    const answer = await reporter().send<ProblemView>('POST', '/api/v1/cases', {
      headers: { ...json, 'content-encoding': 'gzip' },
      body: bomb,
    });
    expect(answer).toMatchObject({ status: 413, body: { code: 'BODY_TOO_LARGE' } });
  });
});

describe('a command with bad input', () => {
  it.each<[string, unknown]>([
    ['a text of 10,000 characters', 'x'.repeat(10_000)],
    ['a number for a text', 5],
    ['an object for a text', { toString: 'x' }],
    ['null', null],
  ])('%s is 422 and names the field', async (_what, text) => {
    const answer = await comment(text);
    expectClear(answer);
    expect(answer.body.reasons).toEqual([expect.objectContaining({ path: 'text' })]);
  });

  it.each([
    ['If-Match', 'seven'],
    ['If-Match', '7'],
    ['If-Match', 'W/"7"'],
    ['If-Match', '"99999999999"'],
    ['Idempotency-Key', ' '],
    ['Idempotency-Key', 'x'.repeat(201)],
    ['Idempotency-Key', 'with space'],
  ])('the header %s: %s is 422 and names the header', async (name, value) => {
    const answer = await reporter().post<ProblemView>(
      `/api/v1/cases/${id}/commands/COMMENT`,
      { text: 'x' },
      { [name]: value },
    );
    expect(answer).toMatchObject({ status: 422, body: { reasons: [{ path: name }] } });
  });
});

describe('an address that leads nowhere', () => {
  it.each([
    '/api/v1/cases/not-a-uuid',
    '/api/v1/cases/00000000-0000-4000-8000-000000000000',
    '/api/v1/cases/00000000-0000-4000-8000-000000000000/history',
    '/api/v1/cases/00000000-0000-4000-8000-000000000000/next',
    "/api/v1/cases/'%20OR%201=1",
    '/api/v1/commands/unknown',
    '/api/v1/commands/%00',
    '/api/v1/evidence/zz',
    `/api/v1/evidence/${'0'.repeat(64)}`,
    '/api/v1/nothing',
    '/api/v2/cases',
    '/nothing',
    '/.env',
  ])('%s is 404', async (path) => {
    const answer = await reporter().get<ProblemView>(path);
    expectClear(answer);
    expect(answer.body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it('with a broken escape is 400', async () => {
    const answer = await reporter().get<ProblemView>('/api/v1/cases/%E0%A4%A');
    expectClear(answer);
    expect(answer.body).toMatchObject({ status: 400, code: 'MALFORMED_REQUEST' });
  });

  it('with another method is 405 and names those there are', async () => {
    const answer = await reporter().send<ProblemView>('PUT', '/api/v1/cases', { headers: json, body: '{}' });
    expectClear(answer);
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
    expect(await reporter().send('DELETE', '/healthz')).toMatchObject({ status: 405 });
  });

  it('HEAD answers as GET does, without a body', async () => {
    expect(await reporter().send('HEAD', `/api/v1/cases/${id}`)).toMatchObject({ status: 200, body: '' });
  });
});

describe('headers from another world', () => {
  it('do not break the server', async () => {
    const headers = {
      'x-api-key': 'x'.repeat(8000),
      cookie: 'isms.session_token=%%%; a',
      authorization: 'Bearer',
      'accept-language': ';;;q=x',
    };
    const status = await new Promise((resolve, reject) => {
      httpRequest(`${api.url}/api/v1/me`, { headers }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end();
    });
    expect(status).toBe(401);
  });
});

describe('after all that', () => {
  it('the journal is whole and the case as it was', async () => {
    expect((await api.engine.journal.verify()).ok).toBe(true);
    const { body } = await reporter().get<CaseView>(`/api/v1/cases/${id}`);
    expect(body).toMatchObject({ state: 'reported', entries: 1 });
    const accepted = await api.as('anna.berger').post(`/api/v1/cases/${id}/commands/ACCEPT`, acceptance);
    expect(accepted.status).toBe(200);
  });

  it('no request had an unexpected error', () => {
    expect(api.log.filter((line) => line.includes('failed unexpectedly'))).toEqual([]);
  });
});
