import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createCaseGateway } from '../../api/case-gateway.ts';
import { examine } from '../../api/operations/examination.ts';
import { recoverAll } from '../../bin/recover.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { startInProcessEngine, type InProcessEngine } from '../support/in-process-engine.ts';
import { startTestTemporal } from '../support/temporal.ts';
import { until } from './rig.ts';

const script = path.join(import.meta.dirname, '..', '..', 'bin', 'worker.ts');
let engine: InProcessEngine;
let temporal: TestWorkflowEnvironment;
let home: string;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'isms-worker-'));
  [engine, temporal] = await Promise.all([
    startInProcessEngine(new Date().toISOString()),
    startTestTemporal(),
  ]);
});
afterEach(async () => {
  if (worker?.exitCode === null && worker.kill('SIGKILL')) await once(worker, 'exit');
});
afterAll(async () => {
  await Promise.all([engine.close(), temporal.teardown(), rm(home, { recursive: true })]);
});

function startWorker(changes: NodeJS.ProcessEnv = {}): ChildProcess {
  const places = { DATABASE_URL: engine.url, TEMPORAL_ADDRESS: temporal.address, ISMS_HOME: home };
  const env = { ...process.env, ...places, ...changes };
  return (worker = spawn(process.execPath, ['--import', 'tsx', script], {
    env,
    stdio: ['ignore', 'inherit', 'pipe'],
  }));
}

const store = async (caseId: string, key: string) => {
  const draft = { caseId, person: 'anna.berger', name: 'ACCEPT', body: acceptance, ifMatch: null, key };
  const stored = await engine.journal.storeCommand(draft);
  if (!('commandId' in stored)) throw new Error(JSON.stringify(stored));
  return stored.commandId;
};
const isDecided = (commandId: string) => async () => (await engine.journal.outcomeOf(commandId)) !== null;

test(
  'the worker decides what comes by Update, sweeps what does not, and stops gracefully',
  { timeout: 60_000 },
  async () => {
    const process = startWorker();
    const gateway = createCaseGateway(temporal.client, { taskQueue: 'isms' });
    const [brought, swept] = await Promise.all(
      ['k1', 'k2'].map(() => engine.open('nonconformity', 'emre.yilmaz', report)),
    );
    const commandId = await store(brought ?? '', 'a');
    const command = { process: 'nonconformity', caseId: brought ?? '', commandId, timeoutMs: 20_000 };
    expect(await gateway.decide(command)).toBe('DECIDED');
    expect(await engine.journal.outcomeOf(commandId)).toMatchObject({ outcome: 'ACCEPTED' });
    const unsent = await store(swept ?? '', 'b');
    await until('the sweeper had it decided', isDecided(unsent), 20_000);
    process.kill('SIGTERM');
    expect(await once(process, 'exit')).toEqual([0, null]);
  },
);

test('recovery boots the open cases of a database', { timeout: 60_000 }, async () => {
  startWorker();
  const caseId = await engine.open('nonconformity', 'emre.yilmaz', report);
  const unsent = await store(caseId, 'c');
  const { started } = await recoverAll({ databaseUrl: engine.url, temporalAddress: temporal.address });
  expect(started).toBeGreaterThanOrEqual(3);
  await until('what was stored is decided', isDecided(unsent), 20_000);
});

test(
  'what Temporal lacks is found by its case, and is there again after a recovery',
  { timeout: 60_000 },
  async () => {
    const caseId = await engine.open('nonconformity', 'emre.yilmaz', report);
    const later = new Date(Date.parse(engine.now()) + 120_000).toISOString();
    const place = { client: temporal.client, taskQueue: 'isms' };
    const look = () => examine({ pool: engine.pool, temporal: place, now: later });
    const { findings } = await look();
    expect(findings.find(({ code }) => code === 'WORKFLOWS_MISSING')?.cases).toContain(caseId);
    startWorker();
    const asked = { actor: 'operator', reason: 'Temporal was lost' };
    await recoverAll({ databaseUrl: engine.url, temporalAddress: temporal.address }, asked);
    const isWell = async () => {
      const view = await look();
      return view.temporal?.missing === 0 && view.temporal.workers > 0 && view.temporal.sweeper;
    };
    await until('all workflows run', isWell, 30_000);
  },
);

test(
  'without Temporal the worker says so and ends, for its supervisor to start it anew',
  { timeout: 60_000 },
  async () => {
    const process = startWorker({ TEMPORAL_ADDRESS: '127.0.0.1:1' });
    const said: string[] = [];
    process.stderr?.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    expect(await once(process, 'exit')).toEqual([1, null]);
    expect(said.join('')).toContain('onnect');
  },
);
