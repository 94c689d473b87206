import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccessLogView } from '../../contracts/access-log.ts';
import type { CaseStateView, CaseView, ProblemView } from '../../contracts/api.ts';
import type { CaseId } from '../../contracts/identity.ts';
import { endpoints } from '../../api/endpoints.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { addOutsideAuditor, later, outside } from './outside-auditor.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

/** An auditor from outside sees the scope of the access, in its days, and nothing else; and what is seen is on record. */
let api: TestApi;
let inside: CaseId;
let beside: CaseId;
let proof: string;
let other: string;

const days = { from: '2026-11-02', until: '2026-11-20' };
const scope = { items: ['control:A.8.13'] };
const problem = (path: string, person = outside) => api.as(person).get<ProblemView>(`/api/v1${path}`);
const open = async (body: object, by = 'anna.berger') => (await api.as(by).post<CaseStateView>('/api/v1/cases', { process: 'auditorAccess', payload: { person: outside, ...days, reason: 'Audit of backups', ...body } })).body.id;

async function nonconformity(unit: string, requirement: string, content: string): Promise<[CaseId, string]> {
  const { body } = await api.as('nina.schuster').send<{ sha256: string }>('POST', '/api/v1/evidence?name=log.txt', { body: content });
  const { id } = (await api.as('nina.schuster').post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload: { ...report, unit, evidence: [body.sha256] } })).body;
  await api.as('anna.berger').post(`/api/v1/cases/${id}/commands/ACCEPT`, { ...acceptance, unit, requirement });
  return [id, body.sha256];
}

beforeAll(async () => {
  api = await startTestApi();
  await addOutsideAuditor(api);
  [inside, proof] = await nonconformity('it', 'A.8.13', 'proof of backups');
  [beside, other] = await nonconformity('sales', 'A.7.7', 'proof of desks');
  await api.engine.open('asset', 'anna.berger', { name: 'Backup server', code: 'S-1', unit: 'it', owner: 'leon.fischer' });
  await api.engine.open('control', 'anna.berger', { control: 'A.8.13', owner: 'leon.fischer' });
  await api.engine.open('control', 'anna.berger', { control: 'A.7.7', owner: 'julia.neumann' });
});
afterAll(() => api.close());

describe('an auditor from outside', () => {
  it('without access is nobody: the account neither signs in nor reads, and is told why', async () => {
    const answer = await problem('/me');
    expect([answer.status, answer.body.reasons?.[0]]).toMatchObject([401, { code: 'ACCESS_NOT_GIVEN', person: outside }]);
  });

  it('with access reads what it covers, by list, case, history, evidence, register, export and search, and nothing beside it', async () => {
    const access = await open({ scope });
    await later();
    const { body } = await api.as(outside).get<{ items: { id: string; process: string }[] }>('/api/v1/cases');
    expect(body.items.map(({ process }) => process).sort()).toEqual(['auditorAccess', 'control', 'nonconformity']);
    expect(body.items.map(({ id }) => id)).toEqual(expect.arrayContaining([access, inside]));
    for (const path of [`/cases/${inside}`, `/cases/${inside}/history`, `/cases/${inside}/next`, `/cases/${inside}/evidence/${proof}`]) expect([path, (await problem(path)).status]).toEqual([path, 200]);
    for (const path of [`/cases/${beside}`, `/cases/${beside}/history`, `/cases/${beside}/next`, `/cases/${beside}/evidence/${other}`, `/cases/${inside}/evidence/${other}`, `/evidence/${other}`, `/cases/${beside}?asOf=2026-11-02`])
      expect([path, (await problem(path)).status]).toEqual([path, 404]);
    const titles = async (path: string) => (await api.as(outside).get<{ items: { title: string }[] }>(`/api/v1${path}`)).body.items.map(({ title }) => title);
    expect(await titles('/registers/control?')).toEqual([expect.stringContaining('A.8.13')]);
    expect(await titles('/registers/asset?')).toEqual([]);
    expect(await titles('/cases?q=desk')).toEqual([]);
    expect(await titles('/cases?unit=sales')).toEqual([]);
    expect(await titles('/tasks')).toEqual([]);
    const exported = await api.as(outside).get<string>('/api/v1/registers/control/export?format=csv');
    expect(exported.body).toContain('A.8.13');
    expect(exported.body).not.toContain('A.7.7');
    expect((await api.as(outside).get<{ unrated: number }>('/api/v1/risk-matrix')).body).toMatchObject({ cells: [], unrated: 0 });
  });

  it('does nothing but what falls to its part: no case is opened, none is commented on, and nothing is shown as possible', async () => {
    const opened = await api.as(outside).post<ProblemView>('/api/v1/cases', { process: 'nonconformity', payload: report });
    expect([opened.status, opened.body.reasons?.[0]?.code]).toEqual([403, 'READ_ONLY_ACCOUNT']);
    for (const [command, body] of [['COMMENT', { text: 'Seen' }], ['ADD_EVIDENCE', { evidence: proof, title: 'Log' }], ['LEGAL_HOLD', { reason: 'Mine' }]] as const) {
      const answer = await api.as(outside).post<ProblemView>(`/api/v1/cases/${inside}/commands/${command}`, body);
      expect([command, answer.status, answer.body.code]).toEqual([command, 403, 'NOT_ENTITLED']);
    }
    const { body } = await api.as(outside).get<CaseView>(`/api/v1/cases/${inside}`);
    expect(body.availableCommands.filter(({ blockedBy }) => blockedBy.length === 0)).toEqual([]);
    expect((await api.as(outside).post<ProblemView>(`/api/v1/cases/${beside}/commands/COMMENT`, { text: 'x' })).status).toBe(404);
  });

  it('finds nobody of the organisation but those who have a part in what it sees, and no chart, no configuration, no attempts', async () => {
    const { body } = await api.as(outside).get<{ items: { id: string }[] }>('/api/v1/directory/people');
    const found = body.items.map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining([outside, 'thomas.reiter', 'nina.schuster']));
    expect(found).not.toContain('julia.neumann');
    for (const path of ['/organisation', '/configuration', '/attempts', '/retention/due', '/operations', '/journal/verify', '/access-log']) expect([path, (await problem(path)).status]).toEqual([path, 403]);
  });

  it('sees chart and configuration where its access covers what they are evidence of', async () => {
    const wider = await open({ scope: { items: ['clause:5.3', 'clause:7.5.3'] } });
    await later();
    for (const path of ['/organisation', '/configuration']) expect([path, (await problem(path)).status]).toEqual([path, 200]);
    await api.as('anna.berger').post(`/api/v1/cases/${wider}/commands/REVOKE`, { reason: 'Seen' });
    await later();
    expect((await problem('/organisation')).status).toBe(403);
  });

  it('is shown nothing that is not on record first: who, when, what, which cases; for those alone who see every case', async () => {
    const log = async (query: string) => (await api.as('katharina.vogt').get<AccessLogView>(`/api/v1/access-log?${query}`)).body.items;
    const all = await log('limit=200');
    expect(new Set(all.map(({ person }) => person))).toEqual(new Set([outside]));
    expect(all.map(({ path }) => path)).toEqual(expect.arrayContaining(['/cases', '/cases/{id}/history', '/cases/{id}/evidence/{sha256}', '/registers/{register}/export', '/directory/people']));
    expect(all.find(({ path, asked }) => path === '/cases' && asked['q'] === 'desk')).toMatchObject({ cases: [] });
    const control = (await api.as('anna.berger').get<{ items: { id: string }[] }>('/api/v1/registers/control?q=backup')).body.items[0]!.id;
    expect(all.find(({ path }) => path === '/registers/{register}/export')?.cases).toEqual([control]);
    expect((await log(`case=${inside}`)).map(({ path }) => path)).toContain('/cases/{id}');
    expect(await log(`case=${beside}`)).toEqual([]);
    expect(await log('person=anna.berger')).toEqual([]);
    const page = (await api.as('anna.berger').get<AccessLogView>('/api/v1/access-log?limit=1')).body;
    expect((await log(`limit=1&cursor=${page.next}`))[0]!.path).toBe(all[1]!.path);
    await expect(api.engine.pool.query('DELETE FROM access_log')).rejects.toThrow('append-only');
    await expect(api.engine.pool.query(`UPDATE access_log SET person = 'nobody'`)).rejects.toThrow('append-only');
    for (const person of ['julia.neumann', 'sabine.wolf']) expect((await problem('/access-log', person)).status).toBe(403);
  });

  it('reads no more from the instant at which its last day has passed, and before the engine has noticed', async () => {
    api.engine.setNow('2026-11-20T22:59:59.000Z');
    await later();
    expect((await problem('/cases')).status).toBe(200);
    api.engine.setNow('2026-11-20T23:00:00.000Z');
    await later();
    for (const { method, path } of endpoints.filter(({ access }) => access === 'signedIn'))
      expect([path, (await api.as(outside).send<ProblemView>(method.toUpperCase(), `/api/v1${path.replaceAll(/\{\w+\}/g, inside)}`)).status]).toEqual([path, 401]);
  });

  it('whose access is revoked decides nothing that was still on its way', async () => {
    api.engine.setNow('2026-11-23T09:00:00.000Z');
    const again = await open({ scope: { all: true }, from: '2026-11-23', until: '2026-11-30' });
    await later();
    expect((await problem(`/cases/${beside}`)).status).toBe(200);
    await api.as('anna.berger').post(`/api/v1/cases/${again}/commands/REVOKE`, { reason: 'Enough' });
    const late = await api.as(outside).post<ProblemView>(`/api/v1/cases/${again}/commands/COMMENT`, { text: 'Still here' });
    expect([401, 403]).toContain(late.status);
    await later();
    expect((await problem('/cases')).status).toBe(401);
  });
});
