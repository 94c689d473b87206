import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseStateView, CaseView, ProblemView } from '../../contracts/api.ts';
import { createReach } from '../../api/evidence-links/reach.ts';
import type { EvidenceLink } from '../../contracts/evidence.ts';
import { report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

interface Uploaded {
  sha256: string;
  size: number;
  name: string;
  mediaType: string;
}

let api: TestApi;
let wiki: Server;
let page = 'Restore test passed';
beforeAll(async () => {
  wiki = createServer((_request, response) => response.end(page)).listen(0, '127.0.0.1');
  await new Promise((resolve) => wiki.once('listening', resolve));
  api = await startTestApi({ reach: createReach({ allowedHosts: [wikiHost()] }) });
});
afterAll(async () => {
  wiki.close();
  await api.close();
});

const wikiHost = () => `127.0.0.1:${(wiki.address() as AddressInfo).port}`;

function upload(
  person: string,
  body: string | Uint8Array<ArrayBuffer>,
  name = '',
  headers: Record<string, string> = {},
) {
  return api
    .as(person)
    .send<Uploaded & ProblemView>(
      'POST',
      `/api/v1/evidence${name === '' ? '' : `?name=${encodeURIComponent(name)}`}`,
      { headers, body },
    );
}

describe('uploading', () => {
  it('keeps the bytes as they come, under the hash of what is stored', async () => {
    const bytes = new Uint8Array(70_000).map((_, n) => n % 256);
    const { status, body, headers } = await upload('nina.schuster', bytes, 'scan.png', {
      'content-type': 'image/png',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: 70_000,
      name: 'scan.png',
      mediaType: 'image/png',
    });
    const stored = await fetch(api.url + headers.get('location')!, { headers: await keyOf('nina.schuster') });
    expect(new Uint8Array(await stored.arrayBuffer())).toEqual(bytes);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\anna\\Desktop\\report.pdf', 'report.pdf'],
    ['/absolute/path/', 'evidence'],
    ['..', 'evidence'],
    ['.htaccess', 'htaccess'],
    ['', 'evidence'],
    ['cod\u202Egnp.exe', 'codgnp.exe'],
    ['%2e%2e%2fsecret.txt', 'secret.txt'],
    ['übersicht 👩‍💻 2026.xlsx', 'übersicht 👩‍💻 2026.xlsx'],
    ['"quoted"; filename=x.exe', '"quoted"; filename=x.exe'],
    [`${'x'.repeat(300)}.docx`, `${'x'.repeat(195)}.docx`],
  ])('of %s keeps a plain name', async (sent, kept) => {
    expect((await upload('nina.schuster', `content of ${sent}`, sent)).body.name).toBe(kept);
  });

  it('takes the name from a header, too', async () => {
    const named = async (name: string) =>
      (await upload('nina.schuster', 'by header', '', { 'x-file-name': encodeURIComponent(name) })).body.name;
    expect(await named('prüf/bericht.pdf')).toBe('bericht.pdf');
    expect(await named('a\u0000b\r\nSet-Cookie: x.txt')).toBe('abSet-Cookie: x.txt');
  });

  it('refuses zero bytes, a form and more than its limit', async () => {
    expect(await upload('nina.schuster', '', 'empty.txt')).toMatchObject({
      status: 422,
      body: { reasons: [{ path: 'body', text: expect.stringContaining('empty') }] },
    });
    expect(
      await upload('nina.schuster', '--x--', '', { 'content-type': 'multipart/form-data; boundary=x' }),
    ).toMatchObject({ status: 415 });
    expect(await upload('nina.schuster', new Uint8Array(25 * 1024 * 1024 + 1), 'big.bin')).toMatchObject({
      status: 413,
      body: { code: 'BODY_TOO_LARGE' },
    });
  });
});

async function keyOf(person: string): Promise<Record<string, string>> {
  const { createApiKey } = await import('../../api/sign-in/one-time-links.ts');
  return { 'x-api-key': await createApiKey({ pool: api.engine.pool, personId: person, name: 'bytes' }) };
}

describe('downloading', () => {
  it('is for who uploaded it, or sees a case that names it', async () => {
    const { sha256 } = (await upload('nina.schuster', 'the log of the failed restore', 'log.txt')).body;
    const opened = await api
      .as('nina.schuster')
      .post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload: report });
    const id = opened.body.id;
    const fromCase = async (person: string) =>
      (await api.as(person).get(`/api/v1/cases/${id}/evidence/${sha256}`)).status;
    expect(await fromCase('anna.berger')).toBe(404);
    const added = await api
      .as('nina.schuster')
      .post(`/api/v1/cases/${id}/commands/ADD_EVIDENCE`, { evidence: sha256, title: 'Log' });
    expect(added.status).toBe(200);
    expect((await api.as('anna.berger').get<CaseView>(`/api/v1/cases/${id}`)).body.evidence).toEqual([
      expect.objectContaining({ sha256, title: 'Log', collectedBy: 'nina.schuster' }),
    ]);
    expect(await fromCase('anna.berger')).toBe(200);
    expect(await fromCase('julia.neumann')).toBe(404);
    const own = async (person: string) => (await api.as(person).get(`/api/v1/evidence/${sha256}`)).status;
    expect(await own('nina.schuster')).toBe(200);
    expect(await own('anna.berger')).toBe(404);
  });

  it('never runs: it is a file to keep, of a harmless type', async () => {
    const { sha256 } = (
      await upload('nina.schuster', '<script>alert(1)</script>', 'page "x".html', {
        'content-type': 'text/html',
      })
    ).body;
    const { headers } = await api.as('nina.schuster').get(`/api/v1/evidence/${sha256}`);
    expect(
      Object.fromEntries(
        ['content-type', 'content-disposition', 'x-content-type-options', 'content-security-policy'].map(
          (name) => [name, headers.get(name)],
        ),
      ),
    ).toEqual({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment; filename="page \\"x\\".html"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    });
  });

  it('with a name beyond ASCII says it both ways', async () => {
    const { sha256 } = (await upload('nina.schuster', 'unicode', 'Prüfung 👍.txt')).body;
    const { headers } = await api.as('nina.schuster').get(`/api/v1/evidence/${sha256}`);
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''Pr%C3%BCfung%20%F0%9F%91%8D.txt");
  });
});

describe('a link', () => {
  const link = (person: string | null, url: string) => api.as(person).post<{ sha256: string; link: EvidenceLink } & ProblemView>('/api/v1/evidence-links', { url });

  it('is kept as what was there, and the case shows both it and by whom it was collected', async () => {
    const url = `http://${wikiHost()}/restore?test=1`;
    const { status, body, headers } = await link('nina.schuster', url);
    expect(status).toBe(201);
    const found = { url, finalUrl: url, status: 200, bytes: page.length, whole: true, contentSha256: createHash('sha256').update(page).digest('hex') };
    expect(body.link).toMatchObject(found);
    const stored = await api.as('nina.schuster').get<EvidenceLink>(headers.get('location')!);
    expect(stored.body).toEqual(body.link);

    const opened = await api.as('nina.schuster').post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload: { ...report, evidence: [body.sha256] } });
    const facts = { title: 'Restore test', relatesTo: '9.1', periodFrom: '2026-10-01', periodUntil: '2026-10-31', classification: 'CONFIDENTIAL', validUntil: '2027-10-31' };
    const added = await api.as('nina.schuster').post<{ case: CaseStateView }>(`/api/v1/cases/${opened.body.id}/commands/ADD_EVIDENCE`, { evidence: body.sha256, ...facts });
    expect(added.body.case.evidence).toMatchObject([
      { sha256: body.sha256, kind: 'LINK', link: found, collectedBy: 'nina.schuster' },
      { sha256: body.sha256, kind: 'LINK', link: found, title: 'Restore test', relatesTo: '9.1', classification: 'CONFIDENTIAL', validity: { until: '2027-10-31' } },
    ]);
  });

  it('is other evidence when something else is there', async () => {
    const first = await link('nina.schuster', `http://${wikiHost()}/log`);
    page = 'Restore test failed';
    const second = await link('nina.schuster', `http://${wikiHost()}/log`);
    expect(second.body.sha256).not.toBe(first.body.sha256);
    expect(second.body.link.contentSha256).not.toBe(first.body.link.contentSha256);
  });

  it.each([
    ['http://127.0.0.1:1/', 'NOT_PUBLIC'],
    ['http://[::ffff:127.0.0.1]/', 'NOT_PUBLIC'],
    ['http://localhost/', 'NOT_PUBLIC'],
    ['gopher://example.org/', 'SCHEME'],
    ['https://anna:geheim@example.org/', 'CREDENTIALS'],
  ])('%s is refused before anything is stored', async (url, why) => {
    expect(await link('nina.schuster', url)).toMatchObject({ status: 422, body: { reasons: [{ code: 'LINK_UNREACHABLE', url, why, text: expect.stringContaining(url) }] } });
  });

  it('is for whoever is signed in, and a file of the same bytes is none', async () => {
    expect((await link(null, `http://${wikiHost()}/`)).status).toBe(401);
    const forged = JSON.stringify({ url: 'http://elsewhere.example/', status: 200 });
    const { sha256 } = (await upload('nina.schuster', forged, 'link.json', { 'content-type': 'application/json' })).body;
    const opened = await api.as('nina.schuster').post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload: { ...report, evidence: [sha256] } });
    expect(opened.body.evidence).toEqual([expect.not.objectContaining({ kind: 'LINK' })]);
  });

  it('relates to a clause, a control or a step of the process, and to nothing else', async () => {
    const { sha256 } = (await upload('nina.schuster', 'another log', 'log.txt')).body;
    const { body } = await api.as('nina.schuster').post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload: report });
    const add = (relatesTo: string) => api.as('nina.schuster').post<ProblemView>(`/api/v1/cases/${body.id}/commands/ADD_EVIDENCE`, { evidence: sha256, title: 'Log', relatesTo });
    for (const relatesTo of ['10.2', '7.5.3', 'A.5.37', 'A.8.34', 'effectivenessReview', 'triage', 'SUBMIT_PLAN', 'CONFIRM_CANCEL']) expect((await add(relatesTo)).status, relatesTo).toBe(200);
    for (const relatesTo of ['A.5.38', 'A.8.0', '11.1', '5.1.1', 'SUBMIT', 'constructor', 'something'])
      expect(await add(relatesTo), relatesTo).toMatchObject({ status: 422, body: { reasons: [{ code: 'UNKNOWN_RELATION', relatesTo }] } });
  });
});
