import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataFolder } from './postgres-data.ts';
import { postgresPrograms } from './postgres-programs.ts';
import { postgresUser, type RunAs } from './postgres-user.ts';
import { endLeftOverPostgres, postmasterOf } from './postmaster.ts';
import { endProcess } from './process.ts';

export type PostgresOptions = {
  /** Created where missing; belongs to one server at a time. */
  dataFolder: string;
  port: number;
  password: string;
  logFile: string;
  settings?: Record<string, string>;
};

export type PostgresServer = {
  /** Of the database `postgres`, as its owner. */
  url: string;
  pid: number;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
};

/** Loopback only, enough for one organisation, modest at rest. */
const usualSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: '64MB',
  max_connections: '60',
  max_wal_size: '512MB',
  jit: 'off',
  log_checkpoints: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/** SIGQUIT makes no checkpoint: the next start recovers from the write-ahead log. */
const stopSteps = [
  { signal: 'SIGINT', waitMs: 3_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
] as const;

/**
 * Starts a PostgreSQL server on loopback; returns when it accepts connections. A server that a killed start left
 * behind on the same data is ended first: there are never two on one folder.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { postgres, initdb } = await postgresPrograms();
  const runAs = postgresUser([postgres, initdb, path.dirname(options.dataFolder)]);
  await endLeftOverPostgres(options.dataFolder);
  await createDataFolder({ ...options, initdb, runAs });
  const child = await launchUntilReady({ ...options, program: postgres, runAs });
  return serverOf(child, options);
}

function serverOf(child: ChildProcess, { port, password }: PostgresOptions): PostgresServer {
  const pid = child.pid ?? 0;
  return {
    url: `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`,
    pid,
    ended: once(child, 'exit').catch(() => undefined),
    stop: () => endProcess(pid, stopSteps),
  };
}

type Launch = PostgresOptions & { program: string; runAs: RunAs };

/** Processes of a killed server need a moment to notice; until then the new one finds their shared memory and gives up. */
async function launchUntilReady(launch: Launch): Promise<ChildProcess> {
  for (const end = Date.now() + 15_000; ; await sleep(200)) {
    const child = spawnServer(launch);
    if (await isReady(child, launch.dataFolder)) return child;
    const reason = lastFatal(launch.logFile);
    if (!reason.includes('shared memory block') || Date.now() > end)
      throw new Error(`PostgreSQL does not start: ${reason} (see ${launch.logFile})`);
  }
}

/** Away from our process group, so that Ctrl-C reaches it through us alone; to a file, so that it outlives our pipes. */
function spawnServer(launch: Launch): ChildProcess {
  const { program, runAs, logFile } = launch;
  const [command = program, ...args] = [...runAs.through, program, ...argumentsOf(launch)];
  const log = openSync(logFile, 'w');
  const stdio: ('ignore' | number)[] = ['ignore', log, log];
  const env = { LC_ALL: 'C', PATH: process.env.PATH };
  const child = spawn(command, args, { ...runAs.ids, stdio, env, detached: true });
  closeSync(log);
  return child;
}

function argumentsOf({ dataFolder, port, settings }: Launch): string[] {
  const all = Object.entries({ ...usualSettings, ...settings }).map(([name, value]) => `${name}=${value}`);
  return ['-D', dataFolder, '-p', String(port), ...all.flatMap((setting) => ['-c', setting])];
}

async function isReady(child: ChildProcess, dataFolder: string): Promise<boolean> {
  let failed = false;
  child.once('error', () => (failed = true)).once('exit', () => (failed = true));
  for (const end = Date.now() + 60_000; !failed && Date.now() < end; await sleep(20)) {
    const postmaster = postmasterOf(dataFolder);
    if (postmaster?.pid === child.pid && postmaster?.status === 'ready') return true;
  }
  return false;
}

function lastFatal(logFile: string): string {
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  return lines.findLast((line) => line.includes('FATAL:'))?.replace(/^.*FATAL:\s*/, '') ?? lines.at(-1) ?? '';
}
