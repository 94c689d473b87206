import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import pg from 'pg';
import { createCaseActivities } from '../activities/case-activities.ts';
import { createCaseGateway } from '../api/case-gateway.ts';
import type { CaseGateway } from '../api/case-gateway.ts';
import type { CaseId, Instant } from '../contracts/identity.ts';
import { createJournal } from '../prisma/journal/journal.ts';
import type { Journal } from '../prisma/journal/journal.ts';
import { migrate } from '../prisma/migrate.ts';
import { createPool } from '../prisma/pool.ts';
import type { ScenarioDriver } from '../simulation/scenario-driver.ts';
import { freePort } from './embedded/free-port.ts';
import { temporalProgram } from './embedded/temporal-cli.ts';
import { startTemporal } from './embedded/temporal-server.ts';
import { startThrowAwayPostgres } from './embedded/throw-away-postgres.ts';
import { createJournalDriver } from './journal-driver.ts';
import type { Hands, JournalWorld } from './journal-driver.ts';
import { workflowBundle } from './workflow-bundle.ts';

/**
 * A scenario on the real thing: PostgreSQL, Temporal, a worker, the workflows of the cases; only the clock is the scenario's. It writes
 * the same journal as the virtual driver.
 */
export interface TemporalDriver extends ScenarioDriver {
  close(): Promise<void>;
}

/** Servers are started once; every scenario begins in a database of its own. */
export async function createTemporalDriver(): Promise<TemporalDriver> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const servers = await startServers();
  let scene: Scene | null = null;
  const driver = () => {
    if (!scene) throw new Error('the Temporal driver was not told where to begin');
    return scene.driver;
  };
  return {
    begin: async ({ organisation, at }) => {
      await scene?.close();
      scene = await setScene(servers, at);
      await scene.driver.changeOrganisation(organisation);
    },
    changeOrganisation: (organisation) => driver().changeOrganisation(organisation),
    now: () => driver().now(),
    nextWake: () => driver().nextWake(),
    advanceTo: (instant) => driver().advanceTo(instant),
    sleepUntil: (instant) => driver().sleepUntil(instant),
    openCase: (opening) => driver().openCase(opening),
    command: (command) => driver().command(command),
    uploadEvidence: (upload) => driver().uploadEvidence(upload),
    importRegister: (taking) => driver().importRegister(taking),
    view: (caseId) => driver().view(caseId),
    journal: (caseId) => driver().journal(caseId),
    notices: () => driver().notices(),
    close: async () => {
      await scene?.close();
      await servers.stop();
    },
  };
}

interface Servers {
  folder: string;
  databaseServer: string;
  address: string;
  stop: () => Promise<void>;
}

async function startServers(): Promise<Servers> {
  const folder = await mkdtemp(path.join(tmpdir(), 'isms-scenario-'));
  const program = await temporalProgram('temporal', () => undefined);
  const files = { logFile: path.join(folder, 'temporal.log'), pidFile: path.join(folder, 'temporal.json') };
  const [postgres, temporal] = await Promise.all([startThrowAwayPostgres(), freePort().then((port) => startTemporal({ program, port, ...files }))]);
  const stop = async () => {
    await Promise.all([temporal.stop(), postgres.stop()]);
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, databaseServer: postgres.url, address: temporal.address, stop };
}

interface Scene {
  driver: ReturnType<typeof createJournalDriver>;
  close: () => Promise<void>;
}

async function setScene({ databaseServer, address, folder }: Servers, at: Instant): Promise<Scene> {
  const { url, name } = await createDatabase(databaseServer);
  const pool = createPool(url, { max: 10 });
  const clock = { now: at };
  const journal = createJournal({ pool, clock: () => clock.now });
  const [native, connection] = await Promise.all([NativeConnection.connect({ address }), Connection.connect({ address })]);
  const gateway = createCaseGateway(new Client({ connection }), { taskQueue: name });
  const nudges = watchNudges(journal, gateway);
  const activities = { ...createCaseActivities({ journal: nudges.journal, workflows: nudges }) };
  const worker = await Worker.create({ connection: native, taskQueue: name, workflowBundle: await workflowBundle(folder), activities });
  const ran = worker.run();
  const world: JournalWorld = { pool, journal, clock, hands: workflowHands(gateway, nudges) };
  const close = async () => {
    worker.shutdown();
    await ran;
    await Promise.all([native.close(), connection.close(), pool.end()]);
  };
  return { driver: createJournalDriver(world), close };
}

let databases = 0;

async function createDatabase(serverUrl: string): Promise<{ url: string; name: string }> {
  const name = `scenario_${process.pid}_${++databases}`;
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  await server.end();
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString();
  await migrate(url);
  return { url, name };
}

const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 5;
/** Of the looks; the first comes soon, since in a scenario time comes when the clock is set, not when a timer fires. */
const NUDGE_EVERY = 30;

interface NudgeWatch extends Pick<CaseGateway, 'nudge'> {
  /** The journal as the workflows see it, watched. */
  journal: Journal;
  atRest: () => boolean;
}

/** A nudge leaves no trace in the journal; the scenario waits until the case that got it has looked again. */
function watchNudges(journal: Journal, gateway: CaseGateway): NudgeWatch {
  const nudged = new Map<CaseId, number>();
  let count = 0;
  return {
    atRest: () => nudged.size === 0,
    nudge: (process, caseId) => {
      nudged.set(caseId, ++count);
      return gateway.nudge(process, caseId);
    },
    journal: {
      ...journal,
      wake: async (caseId) => {
        const before = nudged.get(caseId);
        const decided = await journal.wake(caseId);
        if (nudged.get(caseId) === before) nudged.delete(caseId);
        return decided;
      },
    },
  };
}

/** The workflows act; what does not go on by itself is nudged now and then, as the sweeper would. */
function workflowHands(gateway: CaseGateway, { nudge, atRest }: NudgeWatch): Hands {
  return {
    atRest,
    started: async ({ process, caseId }) => void (await gateway.start(process, caseId)),
    decide: async (waiting, commandId) => void (await gateway.decide({ ...waiting, commandId, timeoutMs: PATIENCE_MS })),
    goOn: async (waiting, turn) => {
      if (turn * LOOK_EVERY_MS > PATIENCE_MS) throw new Error(`cases do not go on: ${waiting.map(({ caseId }) => caseId).join(', ')}`);
      if (turn % NUDGE_EVERY === 1) for (const { process, caseId } of waiting) await nudge(process, caseId);
      await sleep(LOOK_EVERY_MS);
    },
  };
}
