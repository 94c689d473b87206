import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseStateView, CommandView, ProblemView } from '../../contracts/api.ts';
import { acceptance, cause, correction, report } from '../support/nonconformity-bodies.ts';
import { inProcessGateway, startTestApi } from './test-api.ts';
import type { Reply, TestApi } from './test-api.ts';

interface Decided {
  command: CommandView;
  case: CaseStateView;
}

let api: TestApi;
/** While false nobody is there to decide. */
let workersRun = true;

beforeAll(async () => {
  api = await startTestApi((engine) => ({
    gateway: {
      ...inProcessGateway(engine),
      start: async () => 'PENDING',
      decide: async (command) => (workersRun ? inProcessGateway(engine).decide(command) : 'PENDING'),
    },
  }));
});
afterAll(() => api.close());

async function open(payload: object = report): Promise<string> {
  const { body } = await api
    .as('nina.schuster')
    .post<CaseStateView>('/api/v1/cases', { process: 'nonconformity', payload });
  return body.id;
}

function send<T = ProblemView>(
  person: string,
  id: string,
  command: string,
  body: unknown = {},
  headers: Record<string, string> = {},
): Promise<Reply<T>> {
  return api.as(person).post<T>(`/api/v1/cases/${id}/commands/${command}`, body, headers);
}

async function count(table: 'command' | 'entry' | 'attempt', id: string): Promise<number> {
  const column = table === 'entry' ? 'stream' : 'case_id';
  const { rows } = await api.engine.pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1`,
    [id],
  );
  return rows[0]!.n;
}

describe('an accepted command', () => {
  it('answers the case as it is now and where the command is', async () => {
    const id = await open();
    const answer = await send<Decided>('anna.berger', id, 'ACCEPT', acceptance, { 'if-match': '"1"' });
    expect(answer.status).toBe(200);
    expect(answer.body.case).toMatchObject({
      id,
      state: 'containment',
      version: 2,
      owner: 'thomas.reiter',
      grade: 'minor',
    });
    expect(answer.body.command).toMatchObject({ outcome: 'ACCEPTED', command: 'ACCEPT', case: id });
    const looked = await api.as('anna.berger').get<CommandView>(answer.headers.get('location')!);
    expect(looked.body).toEqual(answer.body.command);
  });

  it('is done once, however often it is sent, also at the same time', async () => {
    const id = await open();
    const headers = { 'idempotency-key': 'double-click' };
    const [one, two] = await Promise.all([
      send<Decided>('anna.berger', id, 'ACCEPT', acceptance, headers),
      send<Decided>('anna.berger', id, 'ACCEPT', acceptance, headers),
    ]);
    const three = await send<Decided>('anna.berger', id, 'ACCEPT', acceptance, headers);
    expect([one.status, two.status, three.status]).toEqual([200, 200, 200]);
    expect(new Set([one, two, three].map(({ body }) => body.command.id)).size).toBe(1);
    expect(await count('entry', id)).toBe(2);
  });

  it('is not done again for the same key with another body, command or version', async () => {
    const id = await open();
    const headers = { 'idempotency-key': 'again' };
    await send('anna.berger', id, 'ACCEPT', acceptance, headers);
    const others = [
      await send('anna.berger', id, 'ACCEPT', { ...acceptance, grade: 'major' }, headers),
      await send('anna.berger', id, 'COMMENT', { text: 'hello' }, headers),
      await send('anna.berger', id, 'ACCEPT', acceptance, { ...headers, 'if-match': '"1"' }),
    ];
    expect(others.map(({ status, body }) => [status, body.code])).toEqual(
      Array(3).fill([422, 'IDEMPOTENCY_KEY_REUSED']),
    );
    expect(await count('entry', id)).toBe(2);
  });

  it('gets a key of its own where the sender has chosen none, and says which', async () => {
    const id = await open();
    const one = await send('anna.berger', id, 'COMMENT', { text: 'same' });
    const two = await send('anna.berger', id, 'COMMENT', { text: 'same' });
    expect(one.headers.get('idempotency-key')).not.toBe(two.headers.get('idempotency-key'));
    expect(await count('entry', id)).toBe(3);
  });

  it('belongs to its key per person: the same key of another is another command', async () => {
    const id = await open();
    const headers = { 'idempotency-key': 'shared' };
    const answers = await Promise.all(
      ['anna.berger', 'nina.schuster'].map((person) =>
        send(person, id, 'COMMENT', { text: 'hello' }, headers),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await count('entry', id)).toBe(3);
  });
});

describe('a command by which somebody gives a case away', () => {
  it('is answered with the case as it was left, also when asked again, and then the case is gone for him', async () => {
    const action = { title: 'Test a restore', unit: 'it', owner: 'nina.schuster', due: '2026-12-15' };
    const opened = await api
      .as('thomas.reiter')
      .post<CaseStateView>('/api/v1/cases', { process: 'action', payload: action });
    const { id } = opened.body;
    const headers = { 'idempotency-key': 'not-me' };
    const decline = () => send<Decided>('nina.schuster', id, 'DECLINE', { reason: 'on leave' }, headers);
    const [first, again] = [await decline(), await decline()];
    for (const answer of [first, again])
      expect(answer).toMatchObject({
        status: 200,
        body: { command: { outcome: 'ACCEPTED' }, case: { state: 'proposed', owner: null } },
      });
    expect((await api.as('nina.schuster').get(`/api/v1/cases/${id}`)).status).toBe(404);
    expect((await send('nina.schuster', id, 'COMMENT', { text: 'still here?' })).status).toBe(404);
    api.engine.setNow('2026-11-02T09:01:00.000Z');
    await send('thomas.reiter', id, 'ASSIGN', { owner: 'leon.fischer' });
    expect((await decline()).body.case.state).toBe('proposed');
    expect(
      (await send<ProblemView>('nina.schuster', id, 'DECLINE', { reason: 'another' }, headers)).body.code,
    ).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});

describe('a refused command', () => {
  it('is 422 with the path of each field that does not fit, and is not stored', async () => {
    const id = await open();
    const answer = await send('anna.berger', id, 'ACCEPT', {
      ...acceptance,
      grade: 'huge',
      owner: 7,
      extra: { deep: true },
    });
    expect(answer.status).toBe(422);
    expect(answer.body.reasons?.map((each) => each['path']).toSorted()).toEqual(['extra', 'grade', 'owner']);
    expect(await count('command', id)).toBe(1); // the opening
  });

  it('is 422 where a reference leads nowhere', async () => {
    const id = await open();
    const answer = await send('anna.berger', id, 'ACCEPT', { ...acceptance, owner: 'nobody.here' });
    expect(answer).toMatchObject({
      status: 422,
      body: { reasons: [{ code: 'UNKNOWN_PERSON', path: 'owner' }] },
    });
  });

  it('is 422 with the commands there are for one that does not exist', async () => {
    const id = await open();
    for (const command of ['EXPLODE', 'constructor', '__proto__', 'toString']) {
      const answer = await send('anna.berger', id, command);
      expect(answer).toMatchObject({
        status: 422,
        body: {
          reasons: [
            { code: 'UNKNOWN_COMMAND', command, known: expect.arrayContaining(['ACCEPT', 'COMMENT']) },
          ],
        },
      });
    }
  });

  it('is 409 in the wrong state, with the state, what is possible and the present version', async () => {
    const id = await open();
    await send('anna.berger', id, 'ACCEPT', acceptance);
    const answer = await send('anna.berger', id, 'ACCEPT', acceptance);
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code: 'WRONG_MOMENT',
        version: 2,
        reasons: [
          {
            code: 'WRONG_STATE',
            state: 'containment',
            possible: expect.arrayContaining(['RECORD_CORRECTION']),
          },
        ],
      },
    });
  });

  it('is 409 with a stale version, naming the present one, and a reminder does not make a version stale', async () => {
    const id = await open();
    const start = api.engine.now();
    api.engine.setNow('2026-11-06T08:00:00.000Z');
    await api.engine.journal.wake(id);
    api.engine.setNow(start);
    const fresh = await send('anna.berger', id, 'ACCEPT', acceptance, { 'if-match': '"1"' });
    expect(fresh.status).toBe(200);
    const stale = await send('nina.schuster', id, 'COMMENT', { text: 'late' }, { 'if-match': '"1"' });
    expect(stale).toMatchObject({
      status: 409,
      body: { version: 2, reasons: [{ code: 'STALE_VERSION', sent: 1, current: 2 }] },
    });
  });

  it('is 409 where something is missing, with what is', async () => {
    const id = await open();
    await send('anna.berger', id, 'ACCEPT', acceptance);
    await send('thomas.reiter', id, 'RECORD_CORRECTION', correction);
    await send('thomas.reiter', id, 'SUBMIT_CAUSE', cause);
    const answer = await send('anna.berger', id, 'NO_CA_NEEDED', { reason: 'seems fine' });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'NOT_READY', reasons: [{ code: 'CORRECTIVE_ACTION_REQUIRED' }] },
    });
  });

  it('is 403 from the wrong person, says whose it is, and is recorded as an attempt', async () => {
    const id = await open();
    const answer = await send('nina.schuster', id, 'ACCEPT', acceptance);
    expect(answer).toMatchObject({
      status: 403,
      body: {
        code: 'NOT_ENTITLED',
        reasons: [
          {
            code: 'NOT_ENTITLED',
            entitled: expect.arrayContaining(['iso']),
            text: expect.stringContaining('information security officer'),
          },
        ],
      },
    });
    const attempts = await api.as('anna.berger').get<{ items: object[] }>(`/api/v1/attempts?case=${id}`);
    expect(attempts.body.items).toEqual([
      expect.objectContaining({ person: 'nina.schuster', command: 'ACCEPT', rule: null }),
    ]);
  });

  it('is 403 with the rule where segregation of duties forbids it, and is recorded as an attempt', async () => {
    const id = await open({ ...report, concerns: 'anna.berger' });
    const answer = await send('anna.berger', id, 'ACCEPT', acceptance);
    expect(answer).toMatchObject({
      status: 403,
      body: {
        code: 'SEGREGATION_OF_DUTIES',
        rule: 'P4-TRIAGE',
        reasons: [
          { code: 'SOD_BLOCKED', person: 'anna.berger', text: expect.stringContaining('Anna Berger') },
        ],
      },
    });
    expect(await count('attempt', id)).toBe(1);
  });

  it('is 403 for what only the engine may send', async () => {
    const id = await open();
    const answer = await send('anna.berger', id, 'COUNT_OCCURRENCE', { from: id, fromRef: 'NC-2026-0001' });
    expect(answer).toMatchObject({ status: 403, body: { code: 'NOT_ENTITLED' } });
  });

  it('answers the same refusal to the same key, though the case has moved on since', async () => {
    const id = await open();
    const headers = { 'idempotency-key': 'too-early' };
    const early = await send('anna.berger', id, 'CA_NEEDED', {}, headers);
    await send('anna.berger', id, 'ACCEPT', acceptance);
    const again = await send('anna.berger', id, 'CA_NEEDED', {}, headers);
    expect([early.status, again.status]).toEqual([409, 409]);
    expect(again.body.reasons).toEqual(early.body.reasons);
    expect(again.headers.get('location')).toBe(early.headers.get('location'));
  });

  it('after the end is 409, while a remark is still taken', async () => {
    const id = await open();
    await send('nina.schuster', id, 'WITHDRAW', { reason: 'seen twice' });
    expect(await send('anna.berger', id, 'ACCEPT', acceptance)).toMatchObject({
      status: 409,
      body: { reasons: [{ code: 'WRONG_STATE', state: 'withdrawn' }] },
    });
    expect(await send('anna.berger', id, 'COMMENT', { text: 'for the record' })).toMatchObject({
      status: 200,
    });
  });
});

describe('two people who decide at once', () => {
  it('one wins, the other is told', async () => {
    const id = await open();
    const answers = await Promise.all([
      send<Decided & ProblemView>('anna.berger', id, 'ACCEPT', acceptance, { 'if-match': '"1"' }),
      send<Decided & ProblemView>(
        'katharina.vogt',
        id,
        'ACCEPT',
        { ...acceptance, owner: 'leon.fischer' },
        { 'if-match': '"1"' },
      ),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const loser = answers.find(({ status }) => status === 409)!;
    expect(loser.body).toMatchObject({ version: 2, reasons: [{ code: 'STALE_VERSION', current: 2 }] });
    expect(await count('entry', id)).toBe(2);
  });
});

describe('while nobody is there to decide', () => {
  it('a command is kept, answered with a place to look, and decided later', async () => {
    const id = await open();
    workersRun = false;
    const headers = { 'idempotency-key': 'patience' };
    const pending = await send<CommandView>('anna.berger', id, 'ACCEPT', acceptance, headers);
    workersRun = true;
    expect(pending).toMatchObject({ status: 202, body: { outcome: 'PENDING', decidedAt: null } });
    const place = pending.headers.get('location')!;
    expect((await api.as('anna.berger').get<CommandView>(place)).body.outcome).toBe('PENDING');
    expect((await api.as('nina.schuster').get(place)).status).toBe(404);
    await api.engine.settle();
    expect((await api.as('anna.berger').get<CommandView>(place)).body.outcome).toBe('ACCEPTED');
    const again = await send<Decided>('anna.berger', id, 'ACCEPT', acceptance, headers);
    expect(again).toMatchObject({
      status: 200,
      body: { command: { id: pending.body.id }, case: { state: 'containment' } },
    });
    expect(await count('entry', id)).toBe(2);
  });
});
