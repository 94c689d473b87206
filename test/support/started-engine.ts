import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../bin/embedded/free-port.ts';
import { type Engine, runningEngine } from '../../bin/running.ts';

const readyWithinMs = 45_000;
const root = path.resolve(import.meta.dirname, '../..');

export type StartedEngine = Engine & { start: ChildProcess; lines: string[] };

/** A folder for `startEngine`, in which one engine after another finds the same data. */
export function createHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'isms-home-'));
  chmodSync(home, 0o711);
  return home;
}

/** What `npm start` runs, on a free port; returns when it says that it is ready. */
export async function startEngine(
  home: string,
  [command, ...args]: [string, ...string[]] = [process.execPath, 'bin/start.mjs'],
): Promise<StartedEngine> {
  const env = { ...process.env, ISMS_HOME: home, PORT: String(await freePort()) };
  const start = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  for (const stream of [start.stdout, start.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => lines.push(...text.split('\n').filter(Boolean)));
  }
  await untilReady(start, lines);
  const engine = runningEngine(home);
  if (!engine) throw new Error('Ready, but running.json does not say so.');
  return { ...engine, start, lines };
}

async function untilReady(start: ChildProcess, lines: string[]): Promise<void> {
  const isReady = () => lines.some((line) => line.startsWith('isms-engine ready on '));
  for (const end = Date.now() + readyWithinMs; !isReady(); await sleep(50))
    if (start.exitCode !== null || Date.now() > end)
      throw new Error(`The engine did not get ready:\n${lines.join('\n')}`);
}

/** All processes that run on this folder, by their command or their environment (Linux). */
export function processesOn(home: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids
    .filter((pid) => ['cmdline', 'environ'].some((what) => read(`/proc/${pid}/${what}`).includes(home)))
    .map(Number);
}

export function killAll(pids: number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has just ended with another
    }
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
