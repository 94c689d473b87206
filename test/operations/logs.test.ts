import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../contracts/api.ts';
import { sdkLogger } from '../../bin/sdk-logger.ts';
import { seenError } from '../../api/http/seen-error.ts';
import { startTestApi } from '../api/test-api.ts';
import type { TestApi } from '../api/test-api.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';

/** A broken journal: what nobody foresaw. */
const broken = { fails: false };

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi(({ journal, pool }) => ({
    journal: {
      ...journal,
      openCase: (draft) =>
        broken.fails
          ? pool
              .query(`SELECT $1::int`, [`${draft.person} ${report.title}`])
              .then(() => journal.openCase(draft))
          : journal.openCase(draft),
    },
  }));
  id = await api.engine.open('nonconformity', 'emre.yilmaz', report);
});
afterAll(() => api.close());

const uuid = '[0-9a-f]{8}-[0-9a-f-]{27}';
const open = () =>
  api.as('nina.schuster').post<ProblemView>('/api/v1/cases', { process: 'nonconformity', payload: report });

describe('the log', () => {
  it('has a line with an id for each request, which every problem repeats', async () => {
    const { body } = await api.as('anna.berger').get<ProblemView>('/api/v1/cases/nowhere');
    expect(body.instance).toBe(`urn:isms-engine:request:${body.requestId}`);
    expect(api.log.some((line) => line.includes(body.requestId))).toBe(true);
    const lines = api.log.map((line) => JSON.parse(line) as { req?: { id?: string } });
    for (const line of lines) expect(line.req?.id).toMatch(new RegExp(`^${uuid}$`));
  });

  it('tells nothing of people, addresses, titles, bodies, keys or places, whatever happens', async () => {
    const directory = await api.engine.journal.directory();
    await open();
    await api.as('anna.berger').post(`/api/v1/cases/${id}/commands/ACCEPT`, acceptance);
    await api.as('sabine.wolf').post(`/api/v1/cases/${id}/commands/ACCEPT`, acceptance);
    await api.as('nina.schuster').send('POST', '/api/v1/cases', {
      headers: { 'content-type': 'application/json' },
      body: `{"${report.title}`,
    });
    await api.as('anna.berger').get(`/api/v1/cases?q=${encodeURIComponent(report.title)}`);
    await api.as('anna.berger').get('/api/v1/directory/people?q=nina');
    await api.as('anna.berger').send('POST', '/api/v1/evidence?name=nina.schuster.pdf', { body: 'proof' });
    const credentials = { email: directory.person('nina.schuster')!.email, password: 'a wrong password' };
    await api.as(null).post('/api/v1/session', credentials, {
      origin: 'http://isms.example',
      'x-forwarded-for': '192.0.2.7',
    });
    await api.as(null).get('/sign-in?token=secret-token');
    broken.fails = true;
    expect(await open()).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    broken.fails = false;
    const told = api.log.join('');
    expect(told).toContain('PostgreSQL 22P02');
    expect(told).toContain('api/resources/cases.ts');
    const people = directory.people().flatMap(({ id: person, name, email }) => [person, name, email]);
    for (const personal of [
      ...people,
      report.title,
      report.statement,
      'a wrong password',
      'secret-token',
      '192.0.2.7',
      '127.0.0.1',
      'isms_',
    ])
      expect(told).not.toContain(personal);
  });

  it('of a worker has what the SDK says about workflows, and of its errors and details only what is on a list', () => {
    const lines: string[] = [];
    const log = pino(
      { level: 'info', serializers: { error: seenError } },
      { write: (line: string) => void lines.push(line) },
    );
    const error = Object.assign(new Error('key (person)=(nina.schuster) exists'), {
      severity: 'ERROR',
      code: '23505',
    });
    sdkLogger(log).warn('Activity failed', {
      error,
      workflowId: `nonconformity-${id}`,
      attempt: 3,
      args: ['nina.schuster'],
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      level: 40,
      msg: 'Activity failed',
      workflowId: `nonconformity-${id}`,
      attempt: 3,
      error: { code: '23505' },
    });
    expect(lines[0]).not.toContain('nina');
  });

  it('of an error of the database keeps the code and the place alone', async () => {
    const pool = new pg.Pool({ connectionString: api.engine.url, max: 1 });
    const error: unknown = await pool
      .query('SELECT $1::int', ['Nina Schuster'])
      .catch((each: unknown) => each);
    await pool.end();
    expect(String((error as Error).message)).toContain('Nina Schuster');
    expect(JSON.stringify(seenError(error))).not.toContain('Nina');
    expect(seenError(error)).toMatchObject({ message: 'PostgreSQL 22P02', code: '22P02' });
  });
});
