import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCaseGateway } from '../../api/case-gateway.ts';
import type { CaseGateway } from '../../api/case-gateway.ts';
import type { Happening } from '../../contracts/entry.ts';
import type { CaseId, Instant, LocalDate } from '../../contracts/identity.ts';
import { startInProcessEngine, type InProcessEngine } from '../support/in-process-engine.ts';
import { startTestTemporal } from '../support/temporal.ts';

/** Ten days in which no worker runs, with real processes on PostgreSQL and Temporal; the clock of both goes ahead (rules §16.1 "worker down for days"). */

const home = mkdtempSync(path.join(tmpdir(), 'isms-ten-days-'));
const clockFile = path.join(home, 'clock');
let engine: InProcessEngine;
let temporal: TestWorkflowEnvironment;
let gateway: CaseGateway;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  [engine, temporal] = await Promise.all([
    startInProcessEngine('2026-12-21T11:00:00.000Z'),
    startTestTemporal(),
  ]);
  gateway = createCaseGateway(temporal.client, { taskQueue: 'isms' });
});
afterAll(async () => {
  await kill();
  await Promise.all([engine.close(), temporal.teardown()]);
  rmSync(home, { recursive: true });
});

function setClocks(instant: Instant): void {
  engine.setNow(instant);
  writeFileSync(clockFile, String(Date.parse(instant) - Date.now()));
}

function start(): void {
  const env = {
    DATABASE_URL: engine.url,
    TEMPORAL_ADDRESS: temporal.address,
    ISMS_HOME: home,
    ISMS_TEST_CLOCK_FILE: clockFile,
  };
  worker = spawn(process.execPath, ['--import', 'tsx', 'bin/worker.ts'], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
}

const isRunning = () => worker?.exitCode === null && worker.signalCode === null;

async function kill(): Promise<void> {
  if (isRunning() && worker!.kill('SIGKILL')) await once(worker!, 'exit');
}

/** An action that its owner has acknowledged: opened, started and decided as by the API. */
async function acknowledged(title: string, due: LocalDate): Promise<CaseId> {
  const body = { title, unit: 'development', owner: 'felix.bauer', due };
  const opened = await engine.journal.openCase({
    process: 'action',
    person: 'stefan.krause',
    body,
    key: title,
  });
  if (!opened.opened) throw new Error(JSON.stringify(opened));
  const { caseId } = opened;
  await gateway.start('action', caseId);
  const stored = await engine.journal.storeCommand({
    caseId,
    person: 'felix.bauer',
    name: 'ACKNOWLEDGE',
    body: {},
    ifMatch: null,
    key: 'a',
  });
  if (!('commandId' in stored)) throw new Error(JSON.stringify(stored));
  expect(
    await gateway.decide({ process: 'action', caseId, commandId: stored.commandId, timeoutMs: 20_000 }),
  ).toBe('DECIDED');
  return caseId;
}

const rows = async <T>(text: string, ...values: unknown[]): Promise<T[]> =>
  (await engine.pool.query(text, values)).rows as T[];

async function fired(
  caseId: CaseId,
): Promise<(Partial<Extract<Happening, { kind: 'stepFired' }>> & { at: Instant })[]> {
  const entries = await rows<{ at: Date; happenings: Happening[] }>(
    `SELECT e.at, p.payload->'happenings' AS happenings FROM entry e JOIN entry_payload p USING (stream, version) WHERE e.stream = $1 ORDER BY version`,
    caseId,
  );
  return entries.flatMap(({ at, happenings }) =>
    happenings.flatMap((each) =>
      each.kind === 'stepFired'
        ? [
            {
              step: each.step,
              scheduledFor: each.scheduledFor,
              collapsed: each.collapsed,
              at: at.toISOString(),
            },
          ]
        : [],
    ),
  );
}

interface Span {
  from: Instant;
  until: Instant;
  due: [LocalDate, LocalDate];
  fires: [object, object];
}

const spans: [string, Span][] = [
  [
    'over Christmas',
    {
      ...{
        from: '2026-12-21T11:00:00.000Z',
        until: '2026-12-31T11:00:00.000Z',
        due: ['2026-12-23', '2026-12-29'],
      },
      fires: [
        { step: 'E1', scheduledFor: '2026-12-30T08:00:00.000Z', collapsed: ['R2', 'E0'] },
        { step: 'E0', scheduledFor: '2026-12-29T16:00:00.000Z', collapsed: ['R2'] },
      ],
    },
  ],
  [
    'over Easter, when summer time begins',
    {
      ...{
        from: '2027-03-22T11:00:00.000Z',
        until: '2027-04-01T10:00:00.000Z',
        due: ['2027-03-24', '2027-03-30'],
      },
      fires: [
        { step: 'E1', scheduledFor: '2027-03-31T07:00:00.000Z', collapsed: ['R2', 'E0'] },
        { step: 'E0', scheduledFor: '2027-03-30T15:00:00.000Z', collapsed: ['R2'] },
      ],
    },
  ],
];

test.each(spans)(
  'ten days without any worker %s: the highest step fires once, late, and the record says so',
  { timeout: 90_000 },
  async (name, { from, until, due, fires }) => {
    setClocks(from);
    if (!isRunning()) start();
    const cases = [await acknowledged(`${name} 1`, due[0]), await acknowledged(`${name} 2`, due[1])];
    await kill();
    setClocks(until);
    start();
    for (const caseId of cases)
      await expect.poll(async () => (await fired(caseId)).length, { timeout: 40_000 }).toBe(1);
    // Whatever would fire again has had the time for it: the sweeper looks every few seconds.
    await sleep(3_000);
    for (const [n, caseId] of cases.entries()) {
      const [late, ...more] = await fired(caseId);
      expect(more).toEqual([]);
      expect(late).toMatchObject(fires[n]!);
      expect(
        late!.at >= until && late!.at < new Date(Date.parse(until) + 60_000).toISOString(),
        late!.at,
      ).toBe(true);
    }
    const told = await rows<{ count: number }>(
      'SELECT count(*)::int AS count FROM notification WHERE case_id = ANY($1) GROUP BY person, cause',
      cases,
    );
    expect(told.every(({ count }) => count === 1)).toBe(true);
    expect(await rows('SELECT id FROM case_head WHERE wake_at <= $1', until)).toEqual([]);
    expect(await engine.journal.verify()).toMatchObject({ ok: true });
  },
);
