import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProblemView } from '../../contracts/api.ts';
import type { FindingCode, OperationsView } from '../../contracts/operations.ts';
import { OPERATIONS_STREAM } from '../../prisma/journal/streams.ts';
import { examine } from '../../api/operations/examination.ts';
import { isms } from '../cli/isms.ts';
import { startTestApi } from '../api/test-api.ts';
import type { TestApi } from '../api/test-api.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { report } from '../support/nonconformity-bodies.ts';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
  id = await api.engine.open('nonconformity', 'emre.yilmaz', report);
});
afterAll(() => api.close());

const operations = async (person = 'emre.yilmaz') =>
  (await api.as(person).get<OperationsView>('/api/v1/operations')).body;
const codes = async () => (await operations()).findings.map(({ code }) => code);
const query = (sql: string, values: unknown[] = []) => api.engine.pool.query(sql, values);
const post = (person: string, path: string, body: object) =>
  api.as(person).post<ProblemView>(`/api/v1/operations/${path}`, body);

async function operationEntries() {
  const { rows } = await query(
    `SELECT e.type, e.actor, p.payload->>'reason' AS reason, p.payload->'body' AS body FROM entry e JOIN entry_payload p USING (stream, version)
     WHERE e.stream = $1 ORDER BY e.version`,
    [OPERATIONS_STREAM],
  );
  return rows as { type: string; actor: string; reason: string; body: Record<string, unknown> }[];
}

describe('how the engine fares', () => {
  it('is for administrators, the ISO and top management', async () => {
    const status = async (person: string) => (await api.as(person).get('/api/v1/operations')).status;
    for (const person of ['emre.yilmaz', 'anna.berger', 'katharina.vogt'])
      expect(await status(person)).toBe(200);
    for (const person of ['nina.schuster', 'sabine.wolf', 'martin.huber'])
      expect(await status(person)).toBe(403);
  });

  it('is well while nothing waits, and says nothing of what a case says or of any person', async () => {
    await query('UPDATE outbox SET done_at = now() WHERE version = 0');
    await api.engine.journal.verify();
    const view = await operations();
    expect(view).toMatchObject({ ok: true, findings: [], database: { openCases: 1, missingMigrations: [] } });
    expect(JSON.stringify(view)).not.toMatch(/Backups|emre|berger/);
  });

  it.each<[FindingCode, string, string]>([
    [
      'COMMANDS_WAITING',
      `INSERT INTO command (id, case_id, name, body_hash, stored_at) SELECT 'waits', id, 'COMMENT', '', opened_at FROM case_head LIMIT 1`,
      "DELETE FROM command WHERE id = 'waits'",
    ],
    [
      'EFFECTS_WAITING',
      `INSERT INTO outbox (case_id, version, n, effect, created_at) SELECT id, 9, 9, '{"kind":"nudge"}', opened_at FROM case_head LIMIT 1`,
      'DELETE FROM outbox WHERE version = 9',
    ],
    [
      'STARTS_WAITING',
      'UPDATE outbox SET done_at = NULL WHERE version = 0',
      'UPDATE outbox SET done_at = now()',
    ],
    [
      'WAKES_MISSED',
      "UPDATE case_head SET wake_at = opened_at - interval '1 day'",
      "UPDATE case_head SET wake_at = opened_at + interval '90 days'",
    ],
    [
      'MIGRATIONS_MISSING',
      "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%append_only'",
      'UPDATE _prisma_migrations SET finished_at = now()',
    ],
    [
      'JOURNAL_PROBLEMS',
      'UPDATE installation SET verify_problems = 2',
      'UPDATE installation SET verify_problems = 0',
    ],
    [
      'JOURNAL_NOT_VERIFIED',
      "UPDATE installation SET verified_at = '2026-01-01'",
      "UPDATE installation SET verified_at = '2026-11-02'",
    ],
    [
      'HELD_AFTER_RESTORE',
      "UPDATE installation SET held_since = '2026-11-02'",
      'UPDATE installation SET held_since = NULL',
    ],
  ])('%s is found and gone again', async (code, harm, repair) => {
    api.engine.setNow('2026-11-02T10:00:00.000Z');
    expect(await codes()).not.toContain(code);
    await query(harm);
    const found = (await operations()).findings.find((each) => each.code === code);
    expect(found?.todo).toMatch(/\.$/);
    if (code.endsWith('WAITING') || code.endsWith('MISSED')) expect(found?.cases).toEqual([id]);
    await query(repair);
    expect(await codes()).not.toContain(code);
  });

  it('warns before a calendar has no days off any more', async () => {
    const now = api.engine.now();
    api.engine.setNow('2040-01-01T00:00:00.000Z');
    const { findings } = await examine({ pool: api.engine.pool, temporal: null, now: api.engine.now() });
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'CALENDAR_ENDS', what: expect.stringContaining('DE-BY') as string }),
    );
    api.engine.setNow(now);
  });

  it('reads the calendars in force, with what a change under four eyes has added since the organisation was loaded (rules §16.6)', async () => {
    const { engine } = api;
    const [loaded] = demoOrganisation().calendars.filter((each) => each.id === 'DE-BY');
    const calendar = { ...loaded!, until: '2041-12-31', holidays: { ...loaded!.holidays, '2041-01-01': 'New Year' } };
    const today = engine.now().slice(0, 10);
    const change = await engine.open('configurationChange', 'anna.berger', { title: 'Calendar', calendars: [calendar], effectiveOn: today, reason: 'Years to come' });
    const ending = async () => (await examine({ pool: engine.pool, temporal: null, now: '2040-01-01T00:00:00.000Z' })).findings.filter(({ code }) => code === 'CALENDAR_ENDS').map(({ what }) => what);
    expect((await ending()).filter((what) => what.includes('DE-BY'))).toHaveLength(1);
    await engine.send(change, 'SUBMIT', 'anna.berger', {});
    const { rows } = await engine.pool.query<{ hash: string }>("SELECT file->'round'->>'contentHash' AS hash FROM case_head WHERE id = $1", [change]);
    await engine.send(change, 'APPROVE', 'katharina.vogt', { contentHash: rows[0]!.hash });
    expect((await ending()).filter((what) => what.includes('DE-BY'))).toEqual([]);
  });

  it('is told also while the database is away', async () => {
    const nowhere = new pg.Pool({ connectionString: 'postgresql://nobody:secret@127.0.0.1:9/none' });
    const view = await examine({ pool: nowhere, temporal: null, now: api.engine.now() });
    expect(view).toMatchObject({
      ok: false,
      database: null,
      findings: [{ code: 'DATABASE_AWAY', gravity: 'broken' }],
    });
    expect(JSON.stringify(view)).not.toContain('secret');
    await nowhere.end();
  });
});

describe('nudging and recovering', () => {
  it('are for administrators, say why, and lie in the journal with what came of them', async () => {
    const before = await query('SELECT version, file FROM case_head WHERE id = $1', [id]);
    expect((await post('anna.berger', 'nudge', { case: id, reason: 'curious' })).status).toBe(403);
    expect((await post('emre.yilmaz', 'nudge', { case: id })).status).toBe(422);
    expect(
      (
        await post('emre.yilmaz', 'nudge', {
          case: '00000000-0000-4000-8000-000000000000',
          reason: 'no such case',
        })
      ).status,
    ).toBe(404);
    expect((await post('emre.yilmaz', 'nudge', { case: id, reason: 'it seemed to sleep' })).status).toBe(200);
    expect((await post('anna.berger', 'recover', { reason: 'curious' })).status).toBe(403);
    expect(await post('emre.yilmaz', 'recover', { reason: 'Temporal was lost' })).toMatchObject({
      status: 202,
      body: { openCases: 1 },
    });
    await expect.poll(operationEntries).toHaveLength(3);
    expect(await operationEntries()).toEqual([
      {
        type: 'NUDGED',
        actor: 'emre.yilmaz',
        reason: 'it seemed to sleep',
        body: { case: id, process: 'nonconformity', result: 'nudged' },
      },
      { type: 'RECOVERY_ASKED', actor: 'emre.yilmaz', reason: 'Temporal was lost', body: { openCases: 1 } },
      {
        type: 'RECOVERED',
        actor: 'emre.yilmaz',
        reason: 'Temporal was lost',
        body: { cases: 1, result: 'all nudged' },
      },
    ]);
    const after = await query('SELECT version, file FROM case_head WHERE id = $1', [id]);
    expect(after.rows).toEqual(before.rows);
  });

  it('are part of what is verified', async () => {
    expect(await api.engine.journal.verify()).toMatchObject({ ok: true });
    await query('ALTER TABLE entry DISABLE TRIGGER ALL');
    await query("UPDATE entry SET actor = 'anna.berger' WHERE stream = $1 AND version = 1", [
      OPERATIONS_STREAM,
    ]);
    const { problems } = await api.engine.journal.verify();
    expect(problems).toEqual([{ stream: OPERATIONS_STREAM, version: 1, problem: 'entry was changed' }]);
    await query("UPDATE entry SET actor = 'emre.yilmaz' WHERE stream = $1 AND version = 1", [
      OPERATIONS_STREAM,
    ]);
    await query('ALTER TABLE entry ENABLE TRIGGER ALL');
  });

  it('record also that Temporal did not answer', async () => {
    const away = await startTestApi((engine) => ({
      gateway: {
        ...{ start: async () => 'PENDING' as const, decide: async () => 'PENDING' as const },
        nudge: () => Promise.reject(new Error(`away from ${engine.url}`)),
      },
    }));
    const caseId = await away.engine.open('nonconformity', 'emre.yilmaz', report);
    const answer = await away
      .as('emre.yilmaz')
      .post('/api/v1/operations/nudge', { case: caseId, reason: 'it sleeps' });
    expect(answer.status).toBe(503);
    const { rows } = await away.engine.pool.query(
      "SELECT payload->'body'->>'result' AS result FROM entry_payload WHERE stream = $1",
      [OPERATIONS_STREAM],
    );
    expect(rows).toEqual([{ result: 'Temporal did not answer' }]);
    await away.close();
  });
});

describe('isms doctor', () => {
  const doctor = (env: Record<string, string>, ...args: string[]) => isms(['doctor', ...args], { env });

  it('works with the database alone, says that Temporal is away, and ends with 3', async () => {
    const { code, json } = await doctor(
      { DATABASE_URL: api.engine.url, TEMPORAL_ADDRESS: '127.0.0.1:1' },
      '--json',
    );
    expect(code).toBe(3);
    expect(json()).toMatchObject({
      ok: false,
      temporal: null,
      database: { openCases: expect.any(Number) as number },
    });
    expect((json() as OperationsView).findings.map((each) => each.code)).toContain('TEMPORAL_AWAY');
  });

  it('says that the database is away, what to do, and nothing of its password', async () => {
    const { code, stdout, stderr } = await doctor({
      DATABASE_URL: 'postgresql://nobody:secret@127.0.0.1:9/none',
      TEMPORAL_ADDRESS: '127.0.0.1:1',
    });
    expect(code).toBe(3);
    expect(stdout).toContain('PostgreSQL does not answer');
    expect(stdout + stderr).not.toContain('secret');
  });

  it('wants a reason for what it advises', async () => {
    for (const args of [
      ['nudge', 'NC-2026-0001'],
      ['recover'],
      ['restore', 'begin'],
      ['restore', 'confirm', '--drop'],
    ])
      expect(await isms(args, { env: { DATABASE_URL: api.engine.url } })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('--reason') as string,
      });
  });
});
