import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../contracts/api.ts';
import type { OrganisationView } from '../../contracts/api-organisation.ts';
import type { ImportView } from '../../contracts/organisation-import.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
const days = { from: '2026-11-02', until: '2026-12-31' };
let first: string;
let delegated: string;
let changed: string;

/** Three things happen, an hour apart: a delegation, another organisation, the end of the delegation. */
beforeAll(async () => {
  api = await startTestApi();
  const { engine } = api;
  first = engine.now();
  const hourLater = async () => {
    engine.setNow(new Date(Date.parse(engine.now()) + 3_600_000).toISOString());
    await engine.settle();
  };
  await hourLater();
  const id = await engine.open('delegation', 'anna.berger', { delegate: 'felix.bauer', scope: 'EVERYTHING', reason: 'Away', ...days });
  await engine.send(id, 'ACCEPT', 'felix.bauer', {});
  delegated = engine.now();
  await hourLater();
  const data = demoOrganisation();
  data.people.find((each) => each.id === 'julia.neumann')!.name = 'Julia Neumann-Roth';
  data.roles.push({ role: 'AUDITOR', person: 'ingrid.pohl' }, { role: 'ADMIN', person: 'ingrid.pohl' });
  const body = { files: [{ name: 'o.json', text: JSON.stringify(data) }], reason: 'Married' };
  expect((await api.as('anna.berger').post<ImportView>('/api/v1/organisation/imports', body)).body.outcome).toBe('LOADED');
  changed = engine.now();
  await hourLater();
  await engine.send(id, 'REVOKE', 'anna.berger', { reason: 'Back' });
  await hourLater();
});
afterAll(() => api.close());

const asOf = async (at?: string) => (await api.as('anna.berger').get<OrganisationView>(`/api/v1/organisation${at ? `?asOf=${encodeURIComponent(at)}` : ''}`)).body;
const nameOf = ({ people }: OrganisationView, person: string) => people.find(({ id }) => id === person)?.name;

describe('the organisation as it was recorded at an instant (rules §3.3, 5.3)', () => {
  it('is that of the revision loaded last by then, whatever was loaded since', async () => {
    const [before, after] = [await asOf(delegated), await asOf(changed)];
    expect([before.revision, after.revision]).toEqual([1, 2]);
    expect([nameOf(before, 'julia.neumann'), nameOf(after, 'julia.neumann')]).toEqual(['Julia Neumann', 'Julia Neumann-Roth']);
    expect(before.roles.filter(({ person }) => person === 'ingrid.pohl')).toEqual([]);
    expect(after.roles).toContainEqual({ role: 'AUDITOR', person: 'ingrid.pohl', unit: null, scope: null, from: null, until: null });
    const called = ({ warnings }: OrganisationView) => warnings.filter(({ code }) => code === 'ROLES_COLLIDE').map(({ text }) => text);
    expect([called(before), called(after)]).toEqual([[], [expect.stringContaining('ingrid.pohl is AUDITOR and ADMIN')]]);
  });

  it('knows of a delegation from its acceptance on, and after its end of the time before', async () => {
    expect((await asOf(first)).standIns).toEqual([]);
    expect((await asOf(delegated)).standIns).toMatchObject([{ kind: 'delegate', person: 'felix.bauer', for: 'anna.berger', ref: 'D-2026-0001' }]);
    expect((await asOf(changed)).standIns).toHaveLength(1);
    expect((await asOf()).standIns).toEqual([]);
  });

  it('answers for line managers, heads and sites', async () => {
    const now = await asOf();
    expect(now.people.find(({ id }) => id === 'leon.fischer')).toMatchObject({ manager: 'thomas.reiter', unit: 'it-operations', absent: false });
    expect(now.units.find(({ id }) => id === 'it')).toMatchObject({ head: 'thomas.reiter' });
    expect(now.sites.map(({ id, zone }) => [id, zone])).toContainEqual(['berlin', 'Europe/Berlin']);
  });

  it('answers the same for the same instant, before and after something is recorded', async () => {
    const before = await asOf(changed);
    await api.engine.open('absence', 'anna.berger', { person: 'anna.berger', substitute: 'martin.huber', from: '2026-11-02', until: '2026-11-20' });
    expect(await asOf(changed)).toEqual(before);
  });

  it('is for the ISO, top management, the audit programme and auditors', async () => {
    for (const person of ['katharina.vogt', 'sabine.wolf', 'martin.huber']) expect((await api.as(person).get('/api/v1/organisation')).status).toBe(200);
    expect(await api.as('julia.neumann').get<ProblemView>('/api/v1/organisation')).toMatchObject({ status: 403, body: { code: 'NOT_ENTITLED' } });
    expect(await api.as('leon.fischer').get<ProblemView>('/api/v1/organisation')).toMatchObject({ status: 403 });
  });

  it('is of no instant to come, and of none before there was an organisation', async () => {
    expect((await api.as('anna.berger').get('/api/v1/organisation?asOf=2099-01-01T00:00:00.000Z')).status).toBe(422);
    expect((await api.as('anna.berger').get('/api/v1/organisation?asOf=1999-01-01')).status).toBe(404);
  });
});
