import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCaseActivities } from '../../activities/case-activities.ts';
import type { CaseJournal, SweeperJournal } from '../../activities/journal-port.ts';
import { createSweeperActivities } from '../../activities/sweeper-activities.ts';
import { type CaseGateway, createCaseGateway, workflowIdOf } from '../../api/case-gateway.ts';
import { workflowBundle } from '../../bin/workflow-bundle.ts';
import { startTestTemporal } from '../support/temporal.ts';
import { type Consequence, MemoryJournal } from './memory-journal.ts';

export const taskQueue = 'isms';
export const processName = 'nonconformity';
export const cacheFolder = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'isms-durable');

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** A real Temporal server, a journal in memory, and workers that come and go. */
export interface Rig {
  temporal: TestWorkflowEnvironment;
  journal: MemoryJournal;
  gateway: CaseGateway;
  startWorker(): Promise<RunningWorker>;
  /** Stores a command as the API does, then has it decided. */
  send(caseId: string, commandId: string, options?: Consequence & { timeoutMs?: number }): Promise<string>;
  end(): Promise<void>;
}

export interface RunningWorker {
  stop(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const temporal = await startTestTemporal();
  const journal = new MemoryJournal();
  const gateway = createCaseGateway(temporal.client, { taskQueue });
  const workers: RunningWorker[] = [];
  return {
    temporal,
    journal,
    gateway,
    async startWorker() {
      const worker = await runWorker({ address: temporal.address, journal, gateway });
      workers.push(worker);
      return worker;
    },
    send(caseId, commandId, { timeoutMs = 20_000, ...consequence } = {}) {
      journal.store(caseId, commandId, consequence);
      return gateway.decide({ process: processName, caseId, commandId, timeoutMs });
    },
    async end() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await temporal.teardown();
    },
  };
}

/** A worker in this process. */
export async function runWorker(options: {
  address: string;
  journal: CaseJournal & SweeperJournal;
  gateway: CaseGateway;
}): Promise<RunningWorker> {
  const ports = { journal: options.journal, workflows: { nudge: options.gateway.nudge } };
  const connection = await NativeConnection.connect({ address: options.address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: await workflowBundle(cacheFolder),
    activities: { ...createCaseActivities(ports), ...createSweeperActivities(ports) },
    stickyQueueScheduleToStartTimeout: '5s',
    shutdownForceTime: '1s',
  });
  const running = worker.run().catch(() => undefined);
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
  return { stop: () => (stopping ??= stop()) };
}

/** Opens a case in the journal and starts its workflow, as the API does. */
export async function openCase(rig: Rig, options: { wakeInMs?: number } = {}): Promise<string> {
  const caseId = randomUUID();
  rig.journal.open(caseId, options);
  await rig.gateway.start(processName, caseId);
  return caseId;
}

/** As `openCase`; returns once the workflow knows the case. */
export async function openBootedCase(rig: Rig, options: { wakeInMs?: number } = {}): Promise<string> {
  const caseId = await openCase(rig, options);
  await until('the case has booted', () => rig.journal.cases.get(caseId)?.started === true);
  return caseId;
}

export function handleOf(rig: Rig, caseId: string) {
  return rig.temporal.client.workflow.getHandle(workflowIdOf(processName, caseId));
}

/** Waits until something holds; fails with `what` when it does not within ten seconds. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await holds()); await sleep(20)) {
    if (Date.now() > end) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
  }
}
