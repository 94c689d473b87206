import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MeView } from '../../contracts/api-records.ts';
import type { CaseStateView, CaseView, EntryView, ProblemView, TaskView } from '../../contracts/api.ts';
import { acceptance, correction, report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
let nc: string;
let action: string;

const open = async (as: string, process: string, payload: object): Promise<string> => {
  const { status, body } = await api.as(as).post<CaseStateView>('/api/v1/cases', { process, payload });
  expect(status).toBe(201);
  return body.id;
};
const send = (as: string, id: string, command: string, body: object = {}) => api.as(as).post<CaseStateView & ProblemView>(`/api/v1/cases/${id}/commands/${command}`, body);
const inbox = async (as: string) => (await api.as(as).get<{ items: TaskView[] }>('/api/v1/tasks')).body.items;
const sees = async (as: string, id: string) => (await api.as(as).get(`/api/v1/cases/${id}`)).status;
const listed = async (as: string) => (await api.as(as).get<{ items: { id: string }[] }>('/api/v1/cases')).body.items.map(({ id }) => id);
/** What people are is asked for anew every two seconds. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 2_100));

beforeAll(async () => {
  api = await startTestApi();
  api.engine.setNow('2026-11-02T09:00:00.000Z');
  nc = await open('nina.schuster', 'nonconformity', report);
  action = await open('stefan.krause', 'action', { title: 'Encrypt', unit: 'development', owner: 'anna.berger', due: '2026-12-01' });
  expect((await send('anna.berger', nc, 'ACCEPT', acceptance)).status).toBe(200);
  expect((await send('thomas.reiter', nc, 'RECORD_CORRECTION', correction)).status).toBe(200);
});
afterAll(() => api.close());

describe('a delegate within one process', () => {
  let delegation: string;
  beforeAll(async () => {
    const payload = { delegate: 'lea.hoffmann', scope: 'PROCESSES', processes: ['action'], from: '2026-11-02', until: '2026-11-13', reason: 'Conference' };
    delegation = await open('anna.berger', 'delegation', payload);
    expect(await inbox('lea.hoffmann')).toMatchObject([{ task: 'accept', why: null, case: { id: delegation } }]);
    expect(await sees('lea.hoffmann', action)).toBe(404);
    expect((await send('lea.hoffmann', delegation, 'ACCEPT')).status).toBe(200);
  });

  it('has the tasks of that process in the inbox, says why, and leaves them in that of the delegator', async () => {
    expect(await inbox('lea.hoffmann')).toMatchObject([{ task: 'acknowledge', why: { kind: 'delegate', for: 'anna.berger' }, case: { id: action } }]);
    expect((await inbox('anna.berger')).filter(({ case: { id } }) => id === action)).toMatchObject([{ task: 'acknowledge', why: null }]);
  });

  it('sees the cases of that process that the delegator sees, and no others', async () => {
    expect([await sees('lea.hoffmann', action), await sees('lea.hoffmann', nc)]).toEqual([200, 404]);
    expect(await listed('lea.hoffmann')).toEqual(expect.arrayContaining([action]));
    expect(await listed('lea.hoffmann')).not.toContain(nc);
  });

  it('is told by /me and by the case in whose name', async () => {
    const { body: me } = await api.as('lea.hoffmann').get<MeView>('/api/v1/me');
    expect(me).toMatchObject({ standIns: [], standsInFor: [{ kind: 'delegate', person: 'anna.berger', scope: ['action'], acceptance: false, until: '2026-11-13T23:00:00.000Z', case: delegation }] });
    const { body: anna } = await api.as('anna.berger').get<MeView>('/api/v1/me');
    expect(anna).toMatchObject({ absent: false, standsInFor: [], standIns: [{ person: 'lea.hoffmann' }] });
    const { body: page } = await api.as('lea.hoffmann').get<CaseView>(`/api/v1/cases/${action}`);
    expect(page.availableCommands).toContainEqual(expect.objectContaining({ command: 'ACKNOWLEDGE', blockedBy: [], onBehalfOf: 'anna.berger' }));
    expect(page.availableCommands).toContainEqual(expect.objectContaining({ command: 'REQUEST_CANCEL', onBehalfOf: null, blockedBy: [expect.objectContaining({ rule: 'SOD-12', underlying: 'SOD-06' })] }));
    expect(page.tasks).toMatchObject([{ task: 'acknowledge', who: ['anna.berger'], standIns: [{ person: 'lea.hoffmann', kind: 'delegate', for: 'anna.berger' }] }]);
  });

  it('acts, and the history says "X on behalf of Y"; what the delegator may not do is refused as SOD-12 and kept', async () => {
    const refused = await send('lea.hoffmann', action, 'REQUEST_CANCEL', { reason: 'Not needed' });
    expect(refused).toMatchObject({ status: 403, body: { reasons: [{ rule: 'SOD-12', underlying: 'SOD-06', person: 'anna.berger' }] } });
    const attempts = await api.as('anna.berger').get<{ items: { rule: string; person: string }[] }>('/api/v1/attempts');
    expect(attempts.body.items).toContainEqual(expect.objectContaining({ rule: 'SOD-12', person: 'lea.hoffmann' }));
    expect((await send('lea.hoffmann', action, 'ACKNOWLEDGE')).status).toBe(200);
    const { body } = await api.as('anna.berger').get<{ items: EntryView[] }>(`/api/v1/cases/${action}/history?order=desc`);
    expect(body.items.find(({ type }) => type === 'ACKNOWLEDGE')).toMatchObject({ actor: 'lea.hoffmann', onBehalfOf: 'anna.berger', role: 'owner' });
  });

  it('writes what was done for both, marked for the delegator', async () => {
    const upload = await api.as('lea.hoffmann').send<{ sha256: string }>('POST', '/api/v1/evidence?name=x.txt', { body: 'proof' });
    expect((await send('lea.hoffmann', action, 'SUBMIT', { result: 'Done', evidence: [upload.body.sha256] })).status).toBe(200);
    const { rows } = await api.engine.pool.query(`SELECT person, on_behalf FROM involvement WHERE object = $1 AND relation = 'implementedAction' ORDER BY person`, [action]);
    expect(rows).toEqual([{ person: 'anna.berger', on_behalf: true }, { person: 'lea.hoffmann', on_behalf: false }]);
  });

  it('has nothing any more the day after, though nobody has woken the case', async () => {
    api.engine.setNow('2026-11-14T09:00:00.000Z');
    await settled();
    expect(await inbox('lea.hoffmann')).toEqual([]);
    const { body: me } = await api.as('lea.hoffmann').get<MeView>('/api/v1/me');
    expect(me.standsInFor).toEqual([]);
  });
});

describe('a substitute', () => {
  it('finds the tasks of who is away in the inbox until the absence ends', async () => {
    const absence = await open('thomas.reiter', 'absence', { person: 'thomas.reiter', substitute: 'clara.winter', from: '2026-11-14', until: '2026-11-20' });
    expect(await inbox('clara.winter')).toContainEqual(expect.objectContaining({ task: 'analyseCause', why: { kind: 'substitute', for: 'thomas.reiter' } }));
    expect(await sees('clara.winter', nc)).toBe(200);
    expect((await send('thomas.reiter', absence, 'RETURN')).status).toBe(200);
    expect(await inbox('clara.winter')).toEqual([]);
    expect(await sees('clara.winter', nc)).toBe(404);
  });
});
