import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../contracts/api.ts';
import type { RegisterRow } from '../../contracts/register-view.ts';
import type { Page } from '../../prisma/queries/cursor.ts';
import { startTestApi } from './test-api.ts';
import type { Reply, TestApi } from './test-api.ts';

let api: TestApi;
let statement: string;
beforeAll(async () => {
  api = await startTestApi();
  const names = ['=1+1', '@evil', 'Backup server', 'Ädgar; "quoted"', 'Archive'];
  for (const [n, name] of names.entries()) await api.engine.open('asset', 'anna.berger', { name, code: `S-${n}`, unit: n < 2 ? 'it' : 'finance', owner: n % 2 === 0 ? 'leon.fischer' : 'julia.neumann', criticality: n === 2 ? 'high' : 'low' });
  await api.engine.open('control', 'anna.berger', { control: 'A.8.13', owner: 'leon.fischer', mandates: [{ code: 'CONTRACT', text: '=HYPERLINK("x")' }] });
  statement = await api.engine.open('statementOfApplicability', 'anna.berger', { cause: { kind: 'OTHER' } });
});
afterAll(() => api.close());

const list = async (query: string, person = 'anna.berger') => (await api.as(person).get<Page<RegisterRow>>(`/api/v1/registers/asset?${query}`)).body;
const titles = async (query: string, person?: string) => (await list(query, person)).items.map(({ title }) => title);

async function file(path: string, format: string, person = 'anna.berger'): Promise<{ bytes: Buffer; headers: Headers; status: number }> {
  const key = await keyOf(person);
  const answer = await fetch(`${api.url}/api/v1/${path}?format=${format}`, { headers: { 'x-api-key': key } });
  return { bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers, status: answer.status };
}

let keys = 0;
async function keyOf(person: string): Promise<string> {
  const { createApiKey } = await import('../../api/sign-in/one-time-links.ts');
  return createApiKey({ pool: api.engine.pool, personId: person, name: `export ${(keys += 1)}` });
}

describe('the list of a register', () => {
  it('is sorted by what is asked for, both ways, and comes in pages that neither repeat nor leave out', async () => {
    expect(await titles('sort=title')).toEqual(['=1+1', '@evil', 'Archive', 'Backup server', 'Ädgar; "quoted"']);
    expect((await titles('sort=level&descending=true'))[0]).toBe('Backup server');
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await list(`sort=level&limit=2${cursor}`);
      seen.push(...page.items.map(({ ref }) => ref));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it('is filtered by owner, unit, level and text, and shows what is out of use only where that is asked for', async () => {
    expect(await titles('owner=julia.neumann&unit=finance')).toEqual(['Ädgar; "quoted"']);
    expect(await titles('level=high')).toEqual(['Backup server']);
    expect(await titles('q=arch')).toEqual(['Archive']);
    const [archive] = (await list('q=arch')).items;
    await api.engine.send(archive!.id, 'RETIRE', 'anna.berger', { reason: 'Thrown away' });
    expect([await titles('q=arch'), await titles('q=arch&retired=true')]).toEqual([[], ['Archive']]);
    await api.engine.send(archive!.id, 'RESTORE', 'anna.berger', { reason: 'Found again' });
  });

  it('shows nobody what he may not see', async () => {
    expect(await titles('', 'emre.yilmaz')).toEqual([]);
    expect(await titles('sort=title', 'julia.neumann')).toEqual(['@evil', 'Ädgar; "quoted"']);
    expect((await file(`statements/${statement}/export`, 'csv', 'emre.yilmaz')).status).toBe(404);
  });

  it('refuses a sort, a register and a level that do not exist', async () => {
    expect(await api.as('anna.berger').get<ProblemView>('/api/v1/registers/asset?sort=colour')).toMatchObject({ status: 422 });
    expect((await api.as('anna.berger').get('/api/v1/registers/none')).status).toBe(404);
  });
});

describe('an export', () => {
  it('as CSV is UTF-8 text in which nothing begins like a formula', async () => {
    const { bytes, headers } = await file('registers/asset/export', 'csv');
    const text = bytes.toString('utf8');
    expect(headers.get('content-disposition')).toContain('asset-2026-11-02.csv');
    expect(headers.get('x-content-sha-256')).toMatch(/^[0-9a-f]{64}$/);
    expect(text.startsWith('\ufeffReference;')).toBe(true);
    expect(text).toContain(`;"'=1+1";`);
    expect(text).toContain(`;"'@evil";`);
    expect(text).toContain('"Ädgar; ""quoted"""');
    expect(text).toContain('Leon Fischer');
  });

  it('as XLSX has the same cells, none of them a formula, and says of itself what it is', async () => {
    const { bytes } = await file('registers/asset/export', 'xlsx');
    const rows = await readSheet(bytes);
    expect(rows[0]?.[2]).toBe('Name');
    expect(rows.slice(1, 6).map((row) => row[2])).toEqual(["'=1+1", "'@evil", 'Backup server', 'Ädgar; "quoted"', 'Archive']);
    expect(rows.flat()).toEqual(expect.arrayContaining(['Register of assets', expect.stringMatching(/^SHA-256 [0-9a-f]{64}$/)]));
    expect(partOf(bytes, 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
  });

  it('of the statement as DOCX and PDF is titled and dated, with version and hash on every page', async () => {
    const docx = await file(`statements/${statement}/export`, 'docx');
    expect(partOf(docx.bytes, 'word/document.xml')).toContain('A.8.34');
    expect(partOf(docx.bytes, 'word/header1.xml')).toMatch(/Statement of Applicability.*Version 1\.0.*Exported on 2026-11-02/);
    expect(partOf(docx.bytes, 'word/footer1.xml')).toContain(docx.headers.get('x-content-sha-256'));
    const pdf = await file(`statements/${statement}/export`, 'pdf');
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.headers.get('x-content-sha-256')).toBe(docx.headers.get('x-content-sha-256'));
    expect(pdf.headers.get('content-disposition')).toContain('statement-of-applicability-1.0.pdf');
  });
});

describe('the risk matrix', () => {
  it('has no cell where there is no risk', async () => {
    const answer: Reply<{ cells: unknown[]; unrated: number }> = await api.as('anna.berger').get('/api/v1/risk-matrix');
    expect(answer.body).toMatchObject({ cells: [], unrated: 0 });
  });
});

/** One file of a zip archive, as text. */
function partOf(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.subarray(at + 46, at + 46 + length).toString() !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(data, data + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
  }
  throw new Error(`there is no ${name}`);
}
