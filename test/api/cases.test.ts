import { processes } from '../../domain/processes.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {
  CaseRow,
  CaseStateView,
  CaseView,
  EntryView,
  NextView,
  ProblemView,
  TaskView,
} from '../../contracts/api.ts';
import { acceptance, cause, correction, plan, report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

interface Page<T> {
  items: T[];
  next: string | null;
}

let api: TestApi;
const iso = () => api.as('anna.berger');
const owner = () => api.as('thomas.reiter');

beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

async function open(person = 'nina.schuster', payload: object = report): Promise<CaseStateView> {
  const { status, body } = await api
    .as(person)
    .post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload });
  expect(status).toBe(201);
  return body;
}

async function decide(person: string, id: string, command: string, body: object = {}): Promise<void> {
  const answer = await api.as(person).post(`/api/v1/cases/${id}/commands/${command}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

describe('opening a case', () => {
  it('answers 201 with the case and where it is', async () => {
    const answer = await api
      .as('nina.schuster')
      .post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload: report });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/api/v1/cases/${answer.body.id}`);
    expect(answer.headers.get('idempotency-key')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.body).toMatchObject({
      ref: expect.stringMatching(/^NC-2026-\d{4}$/),
      state: 'reported',
      version: 1,
      entries: 1,
    });
  });

  it('opens one case for one key, however often it is sent, and refuses the key for another body', async () => {
    const headers = { 'idempotency-key': 'only-once' };
    const send = (payload: object) =>
      api
        .as('nina.schuster')
        .post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload }, headers);
    const [first, second] = await Promise.all([send(report), send(report)]);
    const third = await send(report);
    expect(new Set([first, second, third].map(({ body }) => body.id)).size).toBe(1);
    const other = await send({ ...report, title: 'Something else' });
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('names the field of the payload that leads nowhere', async () => {
    const answer = await api.as('nina.schuster').post<ProblemView>('/api/v1/cases', {
      process: 'nonconformity',
      payload: { ...report, unit: 'nowhere' },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.reasons).toEqual([
      expect.objectContaining({ code: 'UNKNOWN_UNIT', path: 'payload.unit', unit: 'nowhere' }),
    ]);
  });

  it('names the processes there are when asked for another', async () => {
    const answer = await api
      .as('nina.schuster')
      .post<ProblemView>('/api/v1/cases', { process: 'toString', payload: {} });
    expect(answer.body.reasons).toEqual([
      expect.objectContaining({ code: 'UNKNOWN_PROCESS', known: Object.keys(processes) }),
    ]);
  });
});

describe('one case', () => {
  it('shows state, document, deadlines on the clocks of the site, and what I may do with its schema', async () => {
    const { id } = await open();
    const { body, headers } = await iso().get<CaseView>(`/api/v1/cases/${id}`);
    expect(headers.get('etag')).toBe('"1"');
    expect(body.deadlines).toEqual([
      expect.objectContaining({ name: 'triage', dueLocal: '2026-11-05T17:00:00+01:00', overdue: false }),
    ]);
    expect(body.tasks).toEqual([expect.objectContaining({ task: 'triage', who: ['anna.berger'] })]);
    const accept = body.availableCommands.find(({ command }) => command === 'ACCEPT');
    expect(accept).toMatchObject({
      blockedBy: [],
      schema: { type: 'object', required: ['grade', 'owner', 'unit', 'requirement'] },
    });
  });

  it('hides commands that are not mine and explains those that are not possible yet', async () => {
    const { id } = await open('nina.schuster', { ...report, concerns: 'anna.berger' });
    const reporter = await api.as('nina.schuster').get<CaseView>(`/api/v1/cases/${id}`);
    expect(reporter.body.availableCommands.map(({ command }) => command)).not.toContain('ACCEPT');
    const concerned = await iso().get<CaseView>(`/api/v1/cases/${id}`);
    expect(concerned.body.availableCommands.find(({ command }) => command === 'ACCEPT')?.blockedBy).toEqual([
      expect.objectContaining({
        code: 'SOD_BLOCKED',
        rule: 'P4-TRIAGE',
        text: expect.stringContaining('nobody triages what concerns'),
      }),
    ]);
  });

  it('gives the hash of what is to be approved to whom the round asks, and to nobody else', async () => {
    const { id } = await planned();
    const [asked, others] = await Promise.all(
      [iso(), owner()].map((caller) => caller.get<CaseView>(`/api/v1/cases/${id}`)),
    );
    expect(asked!.body.round?.contentHash).toMatch(/^[0-9a-f]{64}$/);
    expect(others!.body.round).toMatchObject({ name: 'correctiveActionPlan', contentHash: null });
  });

  it('names the cases that it waits for, with their state for who may see them', async () => {
    const { id } = await planned();
    const { body: seen } = await iso().get<CaseView>(`/api/v1/cases/${id}`);
    await decide('anna.berger', id, 'APPROVE', { contentHash: seen.round!.contentHash });
    const { body } = await iso().get<CaseView>(`/api/v1/cases/${id}`);
    expect(body.links).toEqual([
      expect.objectContaining({
        type: 'correctiveAction',
        direction: 'child',
        awaited: true,
        visible: true,
        state: 'assigned',
        ref: 'A-2026-0001',
        key: 'a1',
      }),
    ]);
  });

  it('shows a past state by instant and by date, before the opening nothing, and refuses the future', async () => {
    const { id } = await open();
    api.engine.setNow('2026-11-03T10:00:00.000Z');
    await decide('anna.berger', id, 'ACCEPT', acceptance);
    const at = (asOf: string) =>
      iso().get<CaseView & { asOf: string }>(`/api/v1/cases/${id}?asOf=${encodeURIComponent(asOf)}`);
    expect((await at('2026-11-03T11:00:00+02:00')).body).toMatchObject({
      state: 'reported',
      asOf: '2026-11-03T09:00:00.000Z',
    });
    expect((await at('2026-11-02')).body).toMatchObject({
      state: 'reported',
      asOf: '2026-11-02T22:59:59.999Z',
    });
    expect((await at('2026-11-03')).body).toMatchObject({ state: 'containment' });
    expect((await at('2026-11-01')).status).toBe(404);
    expect(await at('2026-12-01T00:00:00Z')).toMatchObject({
      status: 422,
      body: { reasons: [{ code: 'DATE_IN_FUTURE', path: 'asOf' }] },
    });
    expect(await at('2026-02-30')).toMatchObject({ status: 422, body: { reasons: [{ path: 'asOf' }] } });
  });
});

async function planned(): Promise<CaseStateView> {
  const opened = await open();
  await decide('anna.berger', opened.id, 'ACCEPT', acceptance);
  await decide('thomas.reiter', opened.id, 'RECORD_CORRECTION', correction);
  await decide('thomas.reiter', opened.id, 'SUBMIT_CAUSE', cause);
  await decide('thomas.reiter', opened.id, 'CA_NEEDED');
  await decide('thomas.reiter', opened.id, 'SUBMIT_PLAN', plan);
  return opened;
}

describe('history', () => {
  it('tells every entry with what was said, by whom and under which authority, in pages both ways', async () => {
    const { id } = await open();
    await decide('anna.berger', id, 'ACCEPT', acceptance);
    const all = await iso().get<Page<EntryView>>(`/api/v1/cases/${id}/history`);
    expect(all.body.items.map(({ version, type, actor, role }) => ({ version, type, actor, role }))).toEqual([
      { version: 1, type: 'OPENED', actor: 'nina.schuster', role: 'everyone' },
      { version: 2, type: 'ACCEPT', actor: 'anna.berger', role: 'iso' },
    ]);
    expect(all.body.items[1]).toMatchObject({
      from: 'reported',
      to: 'containment',
      body: acceptance,
      prevHash: all.body.items[0]!.hash,
    });
    const last = await iso().get<Page<EntryView>>(`/api/v1/cases/${id}/history?order=desc&limit=1`);
    expect(last.body.items.map(({ version }) => version)).toEqual([2]);
    const before = await iso().get<Page<EntryView>>(
      `/api/v1/cases/${id}/history?order=desc&limit=1&cursor=${last.body.next}`,
    );
    expect(before.body.items.map(({ version }) => version)).toEqual([1]);
    expect(before.body.next).toBeNull();
  });

  it('marks what has been redacted and keeps its entry', async () => {
    const { id } = await open();
    const client = await api.engine.pool.connect();
    await client.query(`BEGIN; SET LOCAL isms.redacting = 'on'`);
    await client.query('UPDATE entry_payload SET payload = NULL, snapshot = NULL WHERE stream = $1', [id]);
    await client.query('COMMIT');
    client.release();
    const { body } = await iso().get<Page<EntryView>>(`/api/v1/cases/${id}/history`);
    expect(body.items).toEqual([
      expect.objectContaining({
        redacted: true,
        body: null,
        actor: 'nina.schuster',
        hash: expect.any(String),
      }),
    ]);
  });
});

describe('next steps', () => {
  it('says who must act by when, whom each step of the ladder tells if late, and ends with the first repetition', async () => {
    const { id } = await open();
    const { body } = await iso().get<NextView>(`/api/v1/cases/${id}/next`);
    expect(body.tasks).toEqual([
      expect.objectContaining({
        task: 'triage',
        who: ['anna.berger'],
        commands: expect.arrayContaining(['ACCEPT', 'REJECT_NOT_NC']),
      }),
    ]);
    const ladder = body.deadlines[0]!.ifLate;
    expect(ladder.map(({ what }) => what)).toEqual(['R2', 'E0', 'E1', 'UNANSWERED', 'E2', 'E3', 'E4']);
    expect(ladder.find(({ what }) => what === 'E1')).toMatchObject({
      tells: ['katharina.vogt'],
      acknowledgeBy: expect.any(String),
    });
  });

  it('predicts what the engine then does', async () => {
    const { id } = await open();
    const { body } = await iso().get<NextView>(`/api/v1/cases/${id}/next`);
    const start = api.engine.now();
    for (const { at } of body.deadlines[0]!.ifLate) {
      api.engine.setNow(at);
      await api.engine.journal.wake(id);
    }
    const history = await iso().get<Page<EntryView>>(`/api/v1/cases/${id}/history?limit=200`);
    api.engine.setNow(start);
    const told = history.body.items
      .flatMap(({ happenings }) => happenings)
      .filter(({ kind }) => kind === 'stepFired' || kind === 'unanswered') as unknown as {
      kind: string;
      step: string;
      told: string[];
    }[];
    expect(
      told.map(({ kind, step, told }) => ({
        what: kind === 'unanswered' ? 'UNANSWERED' : step,
        tells: told,
      })),
    ).toEqual(body.deadlines[0]!.ifLate.map(({ what, tells }) => ({ what, tells })));
  });

  it('says what is waited for and where that leads, and what the end of a window does', async () => {
    const { id } = await planned();
    const { body: seen } = await iso().get<CaseView>(`/api/v1/cases/${id}`);
    await decide('anna.berger', id, 'APPROVE', { contentHash: seen.round!.contentHash });
    const waiting = await iso().get<NextView>(`/api/v1/cases/${id}/next`);
    expect(waiting.body).toMatchObject({
      waitsFor: [{ type: 'correctiveAction', state: 'assigned' }],
      whenSettled: 'implemented',
    });
    const child = waiting.body.waitsFor[0]!.to;
    await decide('leon.fischer', child, 'ACKNOWLEDGE');
    const evidence = await api
      .as('leon.fischer')
      .send<{ sha256: string }>('POST', '/api/v1/evidence?name=proof.txt', { body: 'proof' });
    await decide('leon.fischer', child, 'SUBMIT', { result: 'done', evidence: [evidence.body.sha256] });
    await decide('thomas.reiter', child, 'VERIFY', { note: 'looked at it' });
    await decide('sabine.wolf', id, 'CONFIRM_IMPLEMENTATION', { sampled: 'one of one' });
    const monitoring = await iso().get<NextView>(`/api/v1/cases/${id}/next`);
    expect(monitoring.body.window).toMatchObject({ window: 'effectiveness', leadsTo: 'effectivenessReview' });
  });
});

describe('the list of cases', () => {
  it('goes through all pages without missing or repeating one', async () => {
    await Promise.all(
      Array.from({ length: 7 }, (_, n) =>
        open('stefan.krause', { ...report, unit: 'development', title: `Paged ${n}` }),
      ),
    );
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body }: { body: Page<CaseRow> } = await iso().get(
        `/api/v1/cases?unit=development&limit=3${cursor}`,
      );
      seen.push(...body.items.map(({ id }) => id));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toHaveLength(7);
    expect(new Set(seen).size).toBe(7);
  });

  it('filters by process, state, owner, unit, end and text, which is taken literally', async () => {
    const { id, ref } = await open('stefan.krause', {
      ...report,
      unit: 'finance',
      title: '100% of _backups_ \\ untested',
    });
    const ids = async (query: string) =>
      (await iso().get<Page<CaseRow>>(`/api/v1/cases?unit=finance&${query}`)).body.items.map((row) => row.id);
    expect(await ids('q=100%25+of')).toEqual([id]);
    expect(await ids(`q=${encodeURIComponent('_backups_ \\')}`)).toEqual([id]);
    expect(await ids('q=%25%25')).toEqual([]);
    expect(await ids(`q=${ref}`)).toEqual([id]);
    expect(await ids('process=action')).toEqual([]);
    expect(await ids('state=reported&settled=false&overdue=false')).toEqual([id]);
    expect(await ids('settled=true')).toEqual([]);
    await decide('anna.berger', id, 'ACCEPT', { ...acceptance, unit: 'finance' });
    expect(await ids('owner=thomas.reiter&sort=opened')).toEqual([id]);
    expect(await ids('owner=leon.fischer')).toEqual([]);
  });

  it('finds what is overdue and how far it has escalated', async () => {
    const { id } = await open('stefan.krause', { ...report, unit: 'hr' });
    const start = api.engine.now();
    api.engine.setNow('2026-11-17T08:00:00.000Z');
    await api.engine.journal.wake(id);
    const rows = async (query: string) =>
      (await iso().get<Page<CaseRow>>(`/api/v1/cases?unit=hr&${query}`)).body.items;
    expect(await rows('overdue=true')).toEqual([
      expect.objectContaining({ id, overdue: true, escalation: 2 }),
    ]);
    expect(await rows('escalation=2')).toHaveLength(1);
    expect(await rows('escalation=3')).toHaveLength(0);
    expect(await rows('overdue=false')).toHaveLength(0);
    api.engine.setNow(start);
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=x',
    'cursor=abc',
    'overdue=yes',
    'escalation=9',
    'nonsense=1',
    'q=',
    'state=a&state=b',
    'q=%00',
  ])('refuses %s by name', async (query) => {
    const { status, body } = await iso().get<ProblemView>(`/api/v1/cases?${query}`);
    expect(status).toBe(422);
    expect(body.reasons).toEqual([
      expect.objectContaining({ path: query.split('=')[0], text: expect.any(String) }),
    ]);
  });
});

describe('the inbox', () => {
  it('shows each what he or she is asked for, the most urgent first, once', async () => {
    const { id } = await open('stefan.krause', { ...report, unit: 'sales' });
    await decide('anna.berger', id, 'ACCEPT', { ...acceptance, owner: 'joerg.wagner', unit: 'sales' });
    const mine = await api.as('joerg.wagner').get<Page<TaskView>>('/api/v1/tasks');
    expect(mine.body.items).toEqual([
      expect.objectContaining({
        task: 'correct',
        deadline: 'containment',
        overdue: false,
        case: expect.objectContaining({ id, unit: 'sales' }),
      }),
    ]);
    const all = await iso().get<Page<TaskView>>('/api/v1/tasks?limit=200');
    const dues = all.body.items.map(({ due }) => due ?? '~');
    expect(dues).toEqual(dues.toSorted());
  });

  it('goes through all pages without missing or repeating a task', async () => {
    const whole = await iso().get<Page<TaskView>>('/api/v1/tasks?limit=200');
    const name = ({ case: { id }, task, deadline }: TaskView) => `${id} ${task} ${deadline}`;
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const { body }: { body: Page<TaskView> } = await iso().get(`/api/v1/tasks?limit=4${cursor}`);
      paged.push(...body.items.map(name));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(paged).toEqual(whole.body.items.map(name));
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('does not ask for an approval whom the rule bars', async () => {
    const { id } = await planned();
    const asks = async (person: string) =>
      (await api.as(person).get<Page<TaskView>>('/api/v1/tasks?limit=200')).body.items
        .filter((each) => each.case.id === id)
        .map(({ task }) => task);
    expect(await asks('anna.berger')).toEqual(['approve']);
    expect(await asks('thomas.reiter')).toEqual([]);
  });
});
