import { tmpdir } from 'node:os';
import path from 'node:path';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCaseActivities } from '../../activities/case-activities.ts';
import { createCaseGateway } from '../../api/case-gateway.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import { localIso } from '../../domain/calendar/due.ts';
import { createJournal } from '../../prisma/journal/journal.ts';
import { createPool } from '../../prisma/pool.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { startTimeSkippingTemporal } from '../support/temporal.ts';
import { workflowBundle } from '../../bin/workflow-bundle.ts';

const DAY_MS = 86_400_000;
const ZONE = 'Europe/Berlin';

/** The vector of rules §16.5 lies in December 2026; moved by whole weeks, holidays included, it lies ahead of any clock. */
const weeks = Math.max(0, Math.ceil((Date.now() - Date.parse('2026-11-20')) / (7 * DAY_MS))) + 1;
const moved = (date: string) => new Date(Date.parse(date) + weeks * 7 * DAY_MS).toISOString().slice(0, 10);

const vector = {
  due: '2026-12-29',
  holidays: ['2026-12-24', '2026-12-25', '2026-12-31', '2027-01-01'],
  steps: { R1: '2026-12-16', R2: '2026-12-28', E0: '2026-12-29', E1: '2027-01-05', E2: '2027-01-11', E3: '2027-01-20' },
};

let env: TestWorkflowEnvironment;
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  env = await startTimeSkippingTemporal();
  database = await createTestDatabase();
  pool = createPool(database.url, { max: 5 });
});
afterAll(async () => {
  await pool.end();
  await env.teardown();
  await database.drop();
});

it('16.5 the ladder fires on its days on a server that skips time, each step once', async () => {
  let now = new Date().toISOString();
  const journal = createJournal({ pool, clock: () => now });
  /** The journal's clock is the server's: read before every question. */
  const onServerTime = <A extends unknown[], R>(ask: (...args: A) => Promise<R>) => async (...args: A) => {
    now = new Date(await env.currentTimeMs()).toISOString();
    return ask(...args);
  };
  const gateway = createCaseGateway(env.client, { taskQueue: 'vector' });
  const watched = { ...journal, wake: onServerTime(journal.wake), decideCommand: onServerTime(journal.decideCommand), load: onServerTime(journal.load) };
  const activities = { ...createCaseActivities({ journal: watched, workflows: { nudge: gateway.nudge } }) };
  const worker = await Worker.create({ connection: env.nativeConnection, taskQueue: 'vector', workflowBundle: await workflowBundle(path.join(tmpdir(), 'isms-engine-tests')), activities });

  const organisation = demoOrganisation();
  const holidays = Object.fromEntries(vector.holidays.map((date) => [moved(date), 'holiday']));
  for (const calendar of organisation.calendars) Object.assign(calendar, { holidays, halfDays: {} });
  await journal.importOrganisation({ data: organisation, actor: 'operator', reason: 'vector' });
  const opened = await journal.openCase({
    ...{ process: 'action', person: 'thomas.reiter', key: 'vector' },
    body: { title: 'Vector', unit: 'it', owner: 'leon.fischer', due: moved(vector.due) },
  });
  if (!opened.opened) throw new Error(JSON.stringify(opened));

  await worker.runUntil(async () => {
    await gateway.start('action', opened.caseId);
    await env.sleep(Date.parse(moved('2027-01-25')) - Date.now());
  });
  const { rows } = await pool.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [opened.caseId]);
  const { steps } = rows[0]!.file.deadlines['due']!;
  const fired = steps.filter(({ firedAt }) => firedAt !== null);
  expect(Object.fromEntries(fired.map(({ step, firedAt }) => [step, localIso(firedAt!, ZONE).slice(0, 10)]))).toEqual(
    Object.fromEntries(Object.entries(vector.steps).map(([step, date]) => [step, moved(date)])),
  );
  const late = fired.map(({ at, firedAt }) => Date.parse(firedAt!) - Date.parse(at));
  expect(Math.max(...late)).toBeLessThan(60_000);
  const { rows: entries } = await pool.query<{ step: string }>(
    `SELECT h->>'step' AS step FROM entry_payload p, jsonb_array_elements(p.payload->'happenings') h
     WHERE p.stream = $1 AND h->>'kind' = 'stepFired' AND h->>'deadline' = 'due' ORDER BY p.version`,
    [opened.caseId],
  );
  expect(entries.map(({ step }) => step)).toEqual(Object.keys(vector.steps));
}, 120_000);
