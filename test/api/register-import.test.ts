import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { ProblemView } from '../../contracts/api.ts';
import type { RegisterImportView } from '../../contracts/register-exchange.ts';
import type { MatrixView } from '../../contracts/register-view.ts';
import { startTestApi } from './test-api.ts';
import type { Reply, TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const send = <T = RegisterImportView>(register: string, file: string | Uint8Array<ArrayBuffer>, { person = 'anna.berger', query = {}, key }: { person?: string; query?: Record<string, string>; key?: string } = {}): Promise<Reply<T>> =>
  api.as(person).send<T>('POST', `/api/v1/registers/${register}/imports?${new URLSearchParams(query)}`, { body: file, headers: { 'Content-Type': 'text/csv', ...(key && { 'Idempotency-Key': key }) } });
const count = async (process: string) => (await api.engine.pool.query(`SELECT 1 FROM case_head WHERE process = $1`, [process])).rowCount;
const wrong = ({ body }: Reply<ProblemView>) => (body.reasons ?? []).map((each) => `${String(each['path'])}: ${String(each['message'])}`);

describe('a register that is taken over', () => {
  it('is for the ISO and the deputy alone', async () => {
    expect(await send<ProblemView>('asset', 'name,unit,owner\nA,it,leon.fischer', { person: 'julia.neumann' })).toMatchObject({ status: 403, body: { code: 'NOT_ENTITLED' } });
  });

  it('is tried and taken back by a dry run, then opened; the same key again opens nothing', async () => {
    const csv = '\ufeffBezeichnung;Nummer;Bereich;Verantwortlich;criticality\nKundendaten;SRV-1;it;leon.fischer@example.org;Hoch\n'.replace('leon.fischer@example.org', 'leon.fischer').replace('Hoch', 'High');
    const query = { map: JSON.stringify({ name: 'Bezeichnung', code: 'Nummer', unit: 'Bereich', owner: 'Verantwortlich' }) };
    const dry = await send('asset', csv, { query: { ...query, dryRun: 'true' } });
    expect(dry).toMatchObject({ status: 200, body: { outcome: 'CHECKED', rows: 1, opened: [{ line: 2, title: 'Kundendaten' }] } });
    expect(await count('asset')).toBe(0);
    const done = await send('asset', csv, { query, key: 'takeover' });
    expect(done.body).toMatchObject({ outcome: 'LOADED', opened: [{ ref: 'AST-2026-0001' }] });
    expect((await send('asset', csv, { query, key: 'takeover' })).body).toMatchObject({ outcome: 'LOADED_BEFORE', opened: [] });
    expect(await send<ProblemView>('asset', csv.replace('SRV-1', 'SRV-9'), { query, key: 'takeover' })).toMatchObject({ body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    expect(await count('asset')).toBe(1);
    const { rows } = await api.engine.pool.query(`SELECT about->>'criticality' AS level, owner FROM case_head WHERE process = 'asset'`);
    expect(rows).toEqual([{ level: 'high', owner: 'leon.fischer' }]);
  });

  it('with duplicate numbers, unknown owners, wrong dates and empty cells is refused line by line, and nothing of it is opened', async () => {
    const lines = ['name,code,unit,owner,since', 'A,S-1,it,leon.fischer,2026-01-01', 'B,s-1,it,nobody,yesterday', ',S-3,nowhere,leon.fischer,', 'D,S-4,it,,'];
    const refused = await send<ProblemView>('supplier', lines.join('\n'));
    expect(refused.status).toBe(422);
    expect(wrong(refused)).toEqual([
      'line 3: owner: nobody here is called "nobody"',
      'line 3: code: "s-1" stands in line 2 already',
      'line 4: name: must not be empty',
      'line 4: unit: there is no unit "nowhere"',
      'line 5: owner: must not be empty',
    ]);
    expect(await count('supplier')).toBe(0);
  });

  it('is refused by the rules of the register as well: a number that is taken, a value that is none, in whatever line', async () => {
    const refused = await send<ProblemView>('asset', 'name,code,unit,owner,criticality\nA,SRV-7,it,leon.fischer,low\nB,SRV-1,it,leon.fischer,low\nC,SRV-8,it,leon.fischer,enormous');
    expect(wrong(refused)).toEqual([expect.stringContaining('line 3: '), expect.stringContaining('line 4: criticality')]);
    expect(wrong(refused)[0]).toContain('AST-2026-0001');
    expect(await count('asset')).toBe(1);
  });

  it('is refused as a whole where it is no table, has a column that nobody knows, or more than 10,000 lines', async () => {
    const rows = Array.from({ length: 10_001 }, (_, n) => `Asset ${n},it,leon.fischer`);
    expect(wrong(await send<ProblemView>('asset', ['name,unit,owner', ...rows].join('\n')))).toEqual([expect.stringContaining('10000 at most')]);
    expect(wrong(await send<ProblemView>('asset', 'name,unit,owner,colour\nA,it,leon.fischer,red'))).toEqual([expect.stringContaining('no column "colour"')]);
    expect(wrong(await send<ProblemView>('asset', 'unit,owner\nit,leon.fischer'))).toEqual(['file: the column name is missing']);
    expect(wrong(await send<ProblemView>('asset', 'name,unit,owner\n"A,it,x'))).toEqual([expect.stringContaining('quotes do not pair up')]);
    expect(wrong(await send<ProblemView>('asset', 'PK no zip at all'))).toEqual([expect.stringContaining('no workbook')]);
    expect(await send<ProblemView>('asset', 'name\n', { query: { map: 'nothing' } })).toMatchObject({ status: 422 });
    expect((await send('nothing', 'name\nA')).status).toBe(404);
  });

  it('comes from a workbook as from text', async () => {
    const sheet = await writeXlsxFile([['control', 'owner', 'status', 'documents'], ['A.8.13', 'Leon Fischer', 'Implemented', 'Backup policy; Restore log'], ['OC-1', 'leon.fischer', null, null]]).toBuffer();
    const refused = await send<ProblemView>('control', new Uint8Array(sheet));
    expect(wrong(refused)).toEqual([expect.stringContaining('line 3: ')]);
    const titled = await writeXlsxFile([['control', 'title', 'owner', 'status', 'documents'], ['a.8.13', null, 'Leon Fischer', 'Implemented', 'Backup policy; Restore log'], ['OC-1', 'Four eyes', 'leon.fischer', null, null]]).toBuffer();
    expect((await send('control', new Uint8Array(titled))).body).toMatchObject({ outcome: 'LOADED', rows: 2 });
    const { rows } = await api.engine.pool.query(`SELECT about FROM case_head WHERE process = 'control' ORDER BY ref`);
    expect(rows.map(({ about }) => about)).toMatchObject([{ control: 'A.8.13', status: 'IMPLEMENTED', documents: ['Backup policy', 'Restore log'] }, { control: 'OC-1', own: 'yes' }]);
  });

  it('of risks is taken over with the ratings they had, its assets found by their numbers, and lies in the matrix', async () => {
    const header = 'reference,title,unit,owner,source,event,consequence,affects,assets,operational,legal,impactRationale,likelihood,likelihoodRationale,controls,ratedOn';
    const line = (ref: string, more = {}) =>
      Object.values({ ref, title: 'Backups cannot be restored', unit: 'it', owner: 'thomas.reiter', source: 'Neglect', event: 'Restore fails', consequence: 'Data is lost', affects: 'A;I', assets: 'SRV-1', operational: '4', legal: '2', why: 'No data', likelihood: '3', whyOften: 'Seen twice', controls: 'A.8.13', on: '2026-05-04', ...more }).join(',');
    const refused = await send<ProblemView>('risk', [header, line('R1', { assets: 'SRV-99' }), line('r1', { likelihood: 'often' }), line('R3', { likelihood: '7' })].join('\n'));
    expect(wrong(refused)).toEqual(['line 2: assets: SRV-99: no asset has this number', 'line 3: likelihood: "often" is no whole number', 'line 3: reference: "r1" stands in line 2 already']);
    expect(wrong(await send<ProblemView>('risk', [header, line('R3', { likelihood: '7' })].join('\n')))).toEqual([expect.stringContaining('line 2: migrated.rating.likelihood')]);
    const done = await send('risk', [header, line('R1'), line('R2', { operational: '', legal: '1', likelihood: '1' })].join('\n'), { query: { source: 'Risk register 2025' } });
    expect(done).toMatchObject({ status: 200, body: { outcome: 'LOADED', rows: 2 } });
    const { rows } = await api.engine.pool.query(`SELECT state, about FROM case_head WHERE process = 'risk' ORDER BY ref`);
    expect(rows).toMatchObject([{ state: 'evaluated', about: { migrated: 'yes', proposalLevel: 'high', proposalControls: ['A.8.13'], controls: [] } }, { about: { proposalLevel: 'low' } }]);
    const { body } = await api.as('anna.berger').get<MatrixView>('/api/v1/risk-matrix');
    expect(body).toMatchObject({ cells: [{ likelihood: 1, impact: 1, count: 1, level: 'low' }, { likelihood: 3, impact: 4, count: 1, level: 'high' }], byLevel: { low: 1, medium: 0, high: 1, critical: 0 }, unrated: 0 });
    expect((await api.as('anna.berger').get<MatrixView>('/api/v1/risk-matrix?rating=residual')).body).toMatchObject({ cells: [], unrated: 2 });
  });
});
