import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseStateView, CaseView, ProblemView } from '../../contracts/api.ts';
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
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

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
