import { Client } from '@temporalio/client';
import { DefaultLogger, type LogLevel, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { setFlagsFromString } from 'node:v8';
import { createCaseActivities } from '../activities/case-activities.ts';
import { createCourierActivities } from '../activities/courier-activities.ts';
import { createSweeperActivities } from '../activities/sweeper-activities.ts';
import { createCaseGateway } from '../api/case-gateway.ts';
import { taskQueue, temporalConfig, workerTuning } from '../temporal.config.ts';
import { createClock } from './clock.ts';
import { createInstalledCourier } from './courier.ts';
import { environmentOrExit, type Environment } from './environment.ts';
import { openJournal } from './open-journal.ts';
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
Runtime.install({ logger: new DefaultLogger(levelOf(environment.logLevel)) });

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
await journal.noteStart().catch(giveUp);
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
    keepSweeping(client, { taskQueue, signal, workflows: ['sweeper', 'courier'] }),
  ]);
  stopping.abort();
}

function levelOf(level: Environment['logLevel']): LogLevel {
  if (level === 'silent' || level === 'fatal') return 'ERROR';
  return level.toUpperCase() as LogLevel;
}

function giveUp(reason: unknown): never {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exit(1);
}
