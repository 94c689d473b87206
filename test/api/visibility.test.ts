import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NotificationView } from '../../contracts/api-records.ts';
import type { CaseStateView, ProblemView } from '../../contracts/api.ts';
import { endpoints } from '../../api/endpoints.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
let id: string;
let sha256: string;

beforeAll(async () => {
  api = await startTestApi();
  const upload = await api
    .as('nina.schuster')
    .send<{ sha256: string }>('POST', '/api/v1/evidence?name=log.txt', { body: 'proof' });
  sha256 = upload.body.sha256;
  const opened = await api.as('nina.schuster').post<CaseStateView>('/api/v1/cases', {
    process: 'nonconformity',
    payload: { ...report, evidence: [sha256] },
  });
  id = opened.body.id;
  await api
    .as('nina.schuster')
    .post(`/api/v1/cases/${id}/commands/ADD_EVIDENCE`, { evidence: sha256, title: 'Log' });
  await api.as('anna.berger').post(`/api/v1/cases/${id}/commands/ACCEPT`, acceptance);
});
afterAll(() => api.close());

/** A path of each endpoint that leads to the case, or to something that is there. */
function filled(path: string): string {
  return `/api/v1${path.replace('/commands/{id}', '/commands/x').replace('{id}', id).replace('{sha256}', sha256).replace('{command}', 'COMMENT')}`;
}

const ofCase = endpoints.filter(({ path }) => path.startsWith('/cases/{id}'));

describe('who sees a case', () => {
  it.each([
    ['who reported it', 'nina.schuster'],
    ['the line manager of who reported it', 'leon.fischer'],
    ['who owns it and heads its unit', 'thomas.reiter'],
    ['the ISO', 'anna.berger'],
    ['the deputy of the ISO', 'martin.huber'],
    ['top management', 'katharina.vogt'],
  ])('%s does', async (_who, person) => {
    expect((await api.as(person).get(`/api/v1/cases/${id}`)).status).toBe(200);
    const { body } = await api.as(person).get<{ items: { id: string }[] }>('/api/v1/cases');
    expect(body.items.map((row) => row.id)).toContain(id);
  });

  it.each([
    ['a colleague of another unit', 'julia.neumann'],
    ['the head of another unit', 'stefan.krause'],
    ['a colleague of the same unit', 'emre.yilmaz'],
    ['an auditor whom it does not concern', 'sabine.wolf'],
  ])('%s does not: everything about it is 404, and no list names it', async (_who, person) => {
    for (const { method, path } of ofCase) {
      const answer = await api
        .as(person)
        .send<ProblemView>(
          method.toUpperCase(),
          filled(path),
          method === 'post' ? { headers: { 'content-type': 'application/json' }, body: '{"text":"x"}' } : {},
        );
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'NOT_FOUND']);
    }
    expect((await api.as(person).get(`/api/v1/cases/${id}?asOf=2026-11-02`)).status).toBe(404);
    const { body } = await api.as(person).get<{ items: { id: string }[] }>('/api/v1/cases');
    expect(body.items).toEqual([]);
  });

  it('what is not seen looks exactly like what does not exist', async () => {
    const none = '00000000-0000-4000-8000-000000000000';
    const answers = await Promise.all(
      [id, none].map((each) => api.as('julia.neumann').get<ProblemView>(`/api/v1/cases/${each}`)),
    );
    const [unseen, unknown] = answers.map(({ status, body: { requestId: _, instance: _instance, ...body } }) => ({
      status,
      body,
    }));
    expect(unseen).toEqual(unknown);
  });
});

describe('without credentials', () => {
  const closed = endpoints.filter(({ access }) => access === 'signedIn');

  it.each(closed.map(({ method, path }) => [method, path] as const))('%s %s is 401', async (method, path) => {
    const init = method === 'post' ? { headers: { 'content-type': 'application/json' }, body: '{' } : {};
    const answer = await api.as(null).send<ProblemView>(method.toUpperCase(), filled(path), init);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    expect(answer.headers.get('www-authenticate')).toBe('Bearer realm="isms-engine"');
  });

  it('only signing in, the signed link of a mail, the secret address of a calendar and the description are open', () => {
    const open = endpoints
      .filter(({ access }) => access === 'public')
      .map(({ method, path }) => `${method} ${path}`);
    const link = '/mail/unsubscribe/{token}';
    expect(open.toSorted()).toEqual(
      ['post /session', `get ${link}`, `post ${link}`, 'get /calendar/{token}', 'get /openapi.json'].toSorted(),
    );
  });
});

describe('rights on what is no case', () => {
  const status = async (person: string, path: string) => (await api.as(person).get(`/api/v1${path}`)).status;

  it('attempts are for those who see everything', async () => {
    for (const person of ['anna.berger', 'martin.huber', 'katharina.vogt'])
      expect(await status(person, '/attempts')).toBe(200);
    for (const person of ['leon.fischer', 'nina.schuster', 'sabine.wolf'])
      expect(await status(person, '/attempts')).toBe(403);
  });

  it('the journal is verified by the ISO, top management and administrators', async () => {
    for (const person of ['anna.berger', 'katharina.vogt', 'leon.fischer'])
      expect(await status(person, '/journal/verify')).toBe(200);
    for (const person of ['nina.schuster', 'sabine.wolf', 'martin.huber'])
      expect(await status(person, '/journal/verify')).toBe(403);
  });

  it('verifying names what was changed', async () => {
    const sound = await api.as('anna.berger').get<{ ok: boolean }>('/api/v1/journal/verify');
    expect(sound.body.ok).toBe(true);
    await api.engine.pool.query('UPDATE case_head SET version = 77 WHERE id = $1', [id]);
    const broken = await api
      .as('anna.berger')
      .get<{ ok: boolean; problems: object[] }>('/api/v1/journal/verify');
    await api.engine.pool.query('UPDATE case_head SET version = 3 WHERE id = $1', [id]);
    expect(broken.body).toMatchObject({ ok: false, problems: [expect.objectContaining({ stream: id })] });
  });
});

describe('notifications', () => {
  interface Page {
    items: NotificationView[];
    next: string | null;
  }
  const unread = async (person: string) =>
    (await api.as(person).get<Page>('/api/v1/notifications?unread=true')).body.items;

  it('reach those they are for, name the case, and are read once marked, by their owner alone', async () => {
    const mine = await unread('thomas.reiter');
    expect(mine.length).toBeGreaterThan(0);
    expect(mine[0]).toMatchObject({ readAt: null, case: { id, title: report.title } });
    const ids = mine.map((each) => each.id);
    const mark = (person: string) =>
      api.as(person).post<{ read: number }>('/api/v1/notifications/read', { ids });
    expect((await mark('nina.schuster')).body.read).toBe(0);
    expect((await mark('thomas.reiter')).body.read).toBe(ids.length);
    expect((await mark('thomas.reiter')).body.read).toBe(0);
    expect(await unread('thomas.reiter')).toEqual([]);
    const read = await api.as('thomas.reiter').get<Page>('/api/v1/notifications?unread=false');
    expect(read.body.items.map((each) => each.id)).toEqual(ids);
  });

  it('come in pages, newest first', async () => {
    await api.as('nina.schuster').post('/api/v1/cases', { process: 'nonconformity', payload: report });
    const all = (await api.as('anna.berger').get<Page>('/api/v1/notifications')).body.items.map(
      (each) => each.id,
    );
    const first = await api.as('anna.berger').get<Page>('/api/v1/notifications?limit=1');
    const second = await api
      .as('anna.berger')
      .get<Page>(`/api/v1/notifications?limit=200&cursor=${first.body.next}`);
    expect([...first.body.items, ...second.body.items].map((each) => each.id)).toEqual(all);
    expect(all).toEqual(all.toSorted((one, other) => Number(other) - Number(one)));
  });
});

describe('people', () => {
  it('are listed for everybody signed in, found by name, in pages, without addresses', async () => {
    const found = await api
      .as('nina.schuster')
      .get<{ items: object[] }>('/api/v1/directory/people?q=J%C3%B6rg');
    expect(found.body.items).toEqual([
      { id: 'joerg.wagner', name: 'Jörg Wagner', unit: 'sales', active: true },
    ]);
    const first = await api
      .as('nina.schuster')
      .get<{ items: { id: string }[]; next: string }>('/api/v1/directory/people?limit=19');
    const rest = await api
      .as('nina.schuster')
      .get<{ items: { id: string }[]; next: null }>(`/api/v1/directory/people?cursor=${first.body.next}`);
    expect(first.body.items.length + rest.body.items.length).toBe(20);
    expect(rest.body.next).toBeNull();
  });
});
