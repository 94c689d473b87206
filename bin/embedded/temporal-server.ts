import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { endProcess } from './process.ts';
import { endRecordedProcess, recordProcess } from './recorded-process.ts';

export type TemporalOptions = {
  /** The program `temporal`. */
  program: string;
  port: number;
  /** Beside the one named `default`. */
  namespace?: string;
  logFile: string;
  /** Where to note its number, so that the next start can end it if this one is killed. */
  pidFile: string;
};

export type TemporalServer = {
  address: string;
  pid: number;
  /** Settles when the server has ended, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
};

/** It holds nothing that has to be saved: the journal restores every case. */
const stopSteps = [{ signal: 'SIGKILL', waitMs: 5_000 }] as const;

/** Starts Temporal's development server on loopback, in memory, without its web page; returns when it answers. */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  await endRecordedProcess(options.pidFile, stopSteps);
  const child = spawnServer(options);
  const ended = once(child, 'exit').catch(() => undefined);
  if (child.pid) recordProcess(options.pidFile, child.pid);
  await untilReady(child, options.logFile);
  const pid = child.pid ?? 0;
  return { address: `127.0.0.1:${options.port}`, pid, ended, stop: () => endProcess(pid, stopSteps) };
}

/** Away from our process group, so that Ctrl-C reaches it through us alone; to a file, so that it outlives our pipes. */
function spawnServer({ program, port, namespace = 'default', logFile }: TemporalOptions): ChildProcess {
  const place = ['--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace];
  const log = openSync(logFile, 'w');
  const stdio: ('ignore' | number)[] = ['ignore', log, log];
  const args = ['server', 'start-dev', '--headless', '--log-level', 'error', ...place];
  const child = spawn(program, args, { stdio, detached: true });
  closeSync(log);
  return child;
}

async function untilReady(child: ChildProcess, logFile: string): Promise<void> {
  let failed = false;
  child.once('error', () => (failed = true)).once('exit', () => (failed = true));
  for (const end = Date.now() + 30_000; !failed && Date.now() < end; await sleep(20))
    if (readFileSync(logFile, 'utf8').includes('Temporal Server:')) return;
  child.kill('SIGKILL');
  throw new Error(`The Temporal development server does not start (see ${logFile}).`);
}
