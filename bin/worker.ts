import { Client } from '@temporalio/client';
import { NativeConnection, Runtime, type TelemetryOptions, Worker } from '@temporalio/worker';
import { setFlagsFromString } from 'node:v8';
import { createCaseActivities } from '../activities/case-activities.ts';
import { createCourierActivities } from '../activities/courier-activities.ts';
import { createSealingActivities } from '../activities/sealing-activities.ts';
import { createSweeperActivities } from '../activities/sweeper-activities.ts';
import { createCaseGateway } from '../api/case-gateway.ts';
import { taskQueue, temporalConfig, workerTuning } from '../temporal.config.ts';
import { createClock } from './clock.ts';
import { createInstalledCourier } from './courier.ts';
import { environmentOrExit, type Environment } from './environment.ts';
import { createLog } from './log.ts';
import { openJournal } from './open-journal.ts';
import { sdkLogger } from './sdk-logger.ts';
import { sealingKey } from './seal-key.ts';
import { keepSweeping } from './sweeping.ts';
import { workflowBundle } from './workflow-bundle.ts';

/**
 * The process that runs the durable cases; any number of them may run side by side. SIGTERM stops it gracefully. It ends
 * with code 1 when Temporal stays away, so that whoever supervises it starts it anew.
 */
const environment = environmentOrExit();
const { connectionOptions, namespace } = temporalConfig();
if (!environment.databaseUrl) giveUp('DATABASE_URL must name the PostgreSQL of the journal.');
// The SDK takes a stack of every promise inside a workflow, which costs a tenth of a decision. The threads of the workflows,
// made below, take none: there is no rule in there to look for.
setFlagsFromString('--stack-trace-limit=0');
const log = createLog('worker', environment);
Runtime.install({ logger: sdkLogger(log), telemetryOptions: telemetry(environment) });

const clock = createClock(environment);
const { pool, journal } = openJournal({
  databaseUrl: environment.databaseUrl,
  clock,
  max: workerTuning.maxConcurrentLocalActivityExecutions,
});

const [connection, bundle] = await Promise.all([
  NativeConnection.connect(connectionOptions),
  workflowBundle(environment.home),
]).catch(giveUp);
const client = new Client({ connection, namespace });
const heldSince = await journal.noteStart().catch(giveUp);
if (heldSince) log.warn({ heldSince }, 'this database was restored: no mail leaves the house until isms restore confirm');
const worker = await createWorker().catch(giveUp);
await runUntilStopped().catch(giveUp);
await Promise.all([pool.end(), connection.close()]);

function createWorker(): Promise<Worker> {
  const courier = createInstalledCourier({ environment, pool, clock, directory: journal.directory });
  const gateway = createCaseGateway(client, { taskQueue });
  const ports = { journal, workflows: { nudge: gateway.nudge } };
  return Worker.create({
    ...workerTuning,
    connection,
    namespace,
    taskQueue,
    workflowBundle: bundle,
    stickyQueueScheduleToStartTimeout: '5s', // how long a case waits for a worker that was killed
    activities: {
      ...createCaseActivities(ports),
      ...createSweeperActivities(ports),
      ...createCourierActivities(courier),
      ...createSealingActivities({ journal, key: () => sealingKey(environment) }),
    },
    shutdownGraceTime: '1s',
    shutdownForceTime: '2s',
  });
}

async function runUntilStopped(): Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  await Promise.race([
    worker.run(),
    keepSweeping(client, { taskQueue, signal, workflows: ['sweeper', 'courier', 'sealing'] }),
  ]);
  stopping.abort();
}

/** Task latencies, slots, caches and failures of the SDK, for Prometheus. */
function telemetry({ workerMetrics }: Environment): TelemetryOptions {
  return workerMetrics ? { metrics: { prometheus: { bindAddress: workerMetrics } } } : {};
}

function giveUp(reason: unknown): never {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exit(1);
}
