import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseReadiness } from '../../api/readiness-checks.ts';
import type { ProblemView } from '../../contracts/api.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import { report } from '../support/nonconformity-bodies.ts';
import { startTestApi } from './test-api.ts';
import type { TestApi } from './test-api.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

describe('health', () => {
  it('is answered to everybody', async () => {
    expect(await api.as(null).get('/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await api.as(null).get('/readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('names every part that is not ready, also one that does not answer at all', async () => {
    const never = () => new Promise<void>(() => undefined);
    const waiting = await startTestApi((engine) => ({
      readiness: {
        ...databaseReadiness(engine.pool),
        temporal: () => Promise.reject(new Error('away')),
        worker: never,
      },
    }));
    expect(await waiting.as(null).get('/readyz')).toMatchObject({
      status: 503,
      body: { code: 'UNAVAILABLE', notReady: ['temporal', 'worker'] },
    });
    await waiting.close();
  });

  it('misses migrations that the database has not', async () => {
    const { pool } = api.engine;
    await pool.query(
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%append_only'",
    );
    await expect(databaseReadiness(pool)['migrations']!()).rejects.toThrow('append_only');
    await pool.query('UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL');
    await databaseReadiness(pool)['migrations']!();
  });
});

describe('while PostgreSQL is away', () => {
  it('every request is 503 with the advice to come back, also for who had been known', async () => {
    const nowhere = new pg.Pool({
      connectionString: 'postgresql://nobody@127.0.0.1:9/none',
      connectionTimeoutMillis: 500,
    });
    const cut = await startTestApi(() => ({
      ...{ pool: nowhere, readiness: databaseReadiness(nowhere) },
      journal: createJournal({ pool: nowhere, clock: () => new Date().toISOString() }),
    }));
    for (const path of ['/api/v1/tasks', '/api/v1/cases', '/api/v1/me']) {
      const answer = await cut.as('anna.berger').get<ProblemView>(path);
      expect(answer).toMatchObject({ status: 503, body: { code: 'UNAVAILABLE' } });
      expect(answer.headers.get('retry-after')).toBe('5');
    }
    expect(await cut.as(null).get('/readyz')).toMatchObject({
      status: 503,
      body: { notReady: ['database', 'migrations'] },
    });
    expect(await cut.as(null).get('/healthz')).toMatchObject({ status: 200 });
    await cut.close();
    await nowhere.end();
  });

  it('a key is not called wrong because it cannot be looked up', async () => {
    const { createSignIn } = await import('../../api/sign-in/sign-in.ts');
    const nowhere = new pg.Pool({
      connectionString: 'postgresql://nobody@127.0.0.1:9/none',
      connectionTimeoutMillis: 500,
    });
    const signIn = createSignIn({
      pool: nowhere,
      publicUrl: 'http://isms.example',
      secret: 'a secret of at least thirty-two characters',
    });
    const cut = await startTestApi(() => ({ signIn }));
    expect((await cut.as('anna.berger').get('/api/v1/me')).status).toBe(503);
    await cut.close();
    await nowhere.end();
  });
});

describe('an answer', () => {
  it('has an id, is kept by nobody, and says nothing about what it is made with', async () => {
    const { headers } = await api.as('anna.berger').get('/api/v1/me');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });
});

describe('the log', () => {
  it('tells every request and its outcome by the id in the answer, and nothing about people', async () => {
    const payload = { ...report, title: 'Very secret title', unit: 'nowhere-known' };
    const answer = await api
      .as('nina.schuster')
      .post<ProblemView>('/api/v1/cases?x=secret-query', { process: 'nonconformity', payload });
    await new Promise((resolve) => setTimeout(resolve, 20));
    const line = api.log.find((each) => each.includes(answer.body.requestId))!;
    expect(JSON.parse(line)).toMatchObject({
      route: '/cases',
      res: { status: 422 },
      req: { method: 'POST' },
      responseTime: expect.any(Number),
    });
    expect(api.log.join('')).not.toMatch(/nina|schuster|secret|x-api-key|isms_/i);
  });
});
