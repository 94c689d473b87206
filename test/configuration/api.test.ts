import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import type { ConfigurationView, PreviewView } from '../../contracts/api-configuration.ts';
import type { CaseView, EntryView, ProblemView } from '../../contracts/api.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { startTestApi } from '../api/test-api.ts';
import type { TestApi } from '../api/test-api.ts';
import { isms } from '../cli/isms.ts';

interface Page<T> {
  items: T[];
}

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api.close());

const iso = () => api.as('anna.berger');
const value = (view: ConfigurationView, key: string) => view.values.find((each) => each.key === key);
const configuration = async (query = '') => (await iso().get<ConfigurationView>(`/api/v1/configuration${query}`)).body;

async function openAction(unit: string, due: string): Promise<string> {
  const body = { title: `Work in ${unit}`, unit, owner: 'felix.bauer', due };
  return api.engine.open('action', 'stefan.krause', body);
}

const open = (payload: object) =>
  iso().post<CaseView>('/api/v1/cases', { process: 'configurationChange', payload: { title: 'A change', reason: 'Because', effectiveOn: '2026-11-10', ...payload } });

/** The calendar of Munich with further company days. */
function munich(...days: string[]) {
  const calendar = demoOrganisation().calendars.find(({ id }) => id === 'DE-BY')!;
  return { ...calendar, holidays: { ...calendar.holidays, ...Object.fromEntries(days.map((day) => [day, 'Company day'])) } };
}

async function approve(caseId: string): Promise<void> {
  await api.engine.send(caseId, 'SUBMIT', 'anna.berger');
  const { body } = await api.as('katharina.vogt').get<CaseView>(`/api/v1/cases/${caseId}`);
  await api.engine.send(caseId, 'APPROVE', 'katharina.vogt', { contentHash: body.round!.contentHash });
}

describe('GET /configuration', () => {
  it('gives every value with where it comes from, and calendars with their last day', async () => {
    const view = await configuration();
    expect(value(view, 'nonconformity.containment.major')).toMatchObject({ value: '5wd', source: 'rules §8', change: null });
    expect(view.calendars).toMatchObject([
      { id: 'DE-BY', sites: ['muenchen'], lastDay: '2036-12-31', endsSoon: false },
      { id: 'DE-BE', sites: ['berlin'], lastDay: '2036-12-31', endsSoon: false },
    ]);
  });

  it('tells what has set a value, what is to come, and what was in force before', async () => {
    const { body } = await open({ set: { 'nonconformity.triage': '4wd' } });
    await approve(body.id);
    expect((await configuration()).upcoming).toEqual([{ id: body.id, ref: body.ref, effectiveAt: '2026-11-09T23:00:00.000Z', keys: ['nonconformity.triage'] }]);
    expect(value(await configuration(), 'nonconformity.triage')).toMatchObject({ value: '3wd' });
    const later = await configuration('?asOf=2026-11-10T08:00:00.000Z');
    expect(value(later, 'nonconformity.triage')).toMatchObject({ value: '4wd', source: body.ref, change: { id: body.id } });
    expect(later.upcoming).toEqual([]);
    await api.engine.send(body.id, 'REVOKE', 'anna.berger', { reason: 'Not now' });
    expect((await configuration('?asOf=2026-11-10T08:00:00.000Z')).values).toEqual((await configuration()).values);
  });
});

describe('the preview of a change', () => {
  it('lists what then really moves, counts it by process, and tells it page by page', async () => {
    const cases = [];
    for (const due of ['2026-11-20', '2026-11-23', '2026-11-27', '2026-12-15']) cases.push(await openAction('development', due));
    const berlin = await openAction('device-software', '2026-11-20');
    const { body } = await open({ calendars: [munich('2026-11-19', '2026-11-20')] });
    const path = `/api/v1/cases/${body.id}/preview`;
    const { body: all } = await iso().get<PreviewView>(path);
    expect(all.items.map((each) => each.case.id).sort()).toEqual([...cases].sort());
    const deadlines = all.items.flatMap((each) => each.deadlines).length;
    expect(all.counts).toEqual([{ process: 'action', cases: 4, deadlines }]);
    const foretold = new Map(all.items.map((each) => [each.case.id, each.deadlines]));
    expect(foretold.get(cases[0]!)).toContainEqual(expect.objectContaining({ deadline: 'due', due: { from: '2026-11-20T16:00:00.000Z', to: '2026-11-23T16:00:00.000Z' } }));

    const first = (await iso().get<PreviewView>(`${path}?limit=3`)).body;
    const second = (await iso().get<PreviewView>(`${path}?limit=3&cursor=${first.next}`)).body;
    expect([...first.items, ...second.items]).toEqual(all.items);
    expect([second.next, second.counts]).toEqual([null, null]);

    await approve(body.id);
    api.engine.setNow('2026-11-09T23:00:00.000Z');
    for (const caseId of cases) await api.engine.journal.wake(caseId);
    await api.engine.journal.wake(body.id);
    await api.engine.settle();
    for (const caseId of cases) {
      const { body: history } = await iso().get<Page<EntryView>>(`/api/v1/cases/${caseId}/history`);
      const [told] = history.items.filter(({ type }) => type === 'TIMES_CHANGED');
      expect(told!.happenings, caseId).toEqual(foretold.get(caseId));
    }
    const { body: untouched } = await iso().get<Page<EntryView>>(`/api/v1/cases/${berlin}/history`);
    expect(untouched.items.map(({ type }) => type)).not.toContain('TIMES_CHANGED');
    const { body: shown } = await iso().get<CaseView>(`/api/v1/cases/${body.id}`);
    expect([shown.state, shown.flags]).toEqual(['inForce', ['managementReviewItem']]);
  });

  it('is for changes of the configuration, and for who may see them', async () => {
    const action = await openAction('development', '2026-12-01');
    expect((await iso().get<ProblemView>(`/api/v1/cases/${action}/preview`)).status).toBe(404);
    const { body } = await open({ effectiveOn: '2026-12-01', set: { 'nonconformity.triage': '4wd' } });
    expect((await api.as('julia.neumann').get<ProblemView>(`/api/v1/cases/${body.id}/preview`)).status).toBe(404);
    expect((await iso().get<PreviewView>(`/api/v1/cases/${body.id}/preview`)).body).toEqual({ items: [], next: null, counts: [] });
  });
});

describe('isms configuration', () => {
  it('shows what is in force with its source, and previews a change', async () => {
    const key = await createApiKey({ pool: api.engine.pool, personId: 'anna.berger', name: 'test' });
    const run = (...args: string[]) => isms(['configuration', ...args], { env: { ISMS_URL: api.url, ISMS_API_KEY: key } });
    const shown = await run('show');
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/nonconformity\.triage +3wd +rules §8/);
    expect(shown.stdout).toMatch(/ladder\.standard +R1 -7wd, R2 -1wd, E0, E1 \+3wd, E2 \+7wd, E3 \+14wd/);
    expect(shown.stdout).toMatch(/DE-BY +Europe\/Berlin +muenchen +until 2036-12-31 +CC-2026-\d+/);
    const { body } = await open({ effectiveOn: '2026-11-12', calendars: [munich('2026-12-15')] });
    const preview = await run('preview', body.ref);
    expect(preview.stdout).toContain('Would move action:');
    expect(preview.stdout).toContain('due 2026-12-15 → 2026-12-16');
  });
});
