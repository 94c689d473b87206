import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Running } from '../supervisor.ts';
import { commandOf, endProcess } from './process.ts';

export type NodeProcess = {
  script: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  /** Kills it when aborted. */
  signal?: AbortSignal;
};

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const exitWithParent = pathToFileURL(path.join(import.meta.dirname, 'exit-with-parent.mjs')).href;

const stopSteps = [
  { signal: 'SIGTERM', waitMs: 3_000 },
  { signal: 'SIGKILL', waitMs: 1_000 },
] as const;

/** Starts a TypeScript program of this repository as a process of its own. */
export async function startNodeProcess(options: NodeProcess): Promise<Running> {
  const child = spawnNode(options);
  const ended = once(child, 'exit').catch(() => undefined);
  await once(child, 'spawn');
  const stop = async () => {
    if (child.pid && commandOf(child.pid) !== null) await endProcess(child.pid, stopSteps);
  };
  return { ended, stop };
}

/** Runs such a program to its end. @returns what it sent last by `process.send` */
export async function runNodeProcess(options: NodeProcess): Promise<unknown> {
  const child = spawnNode(options);
  let result: unknown;
  child.on('message', (message) => (result = message));
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${path.basename(options.script)} ended with code ${String(code)}`);
  return result;
}

/** Away from our process group: Ctrl-C reaches it through us alone, in good order. */
function spawnNode({ script, args = [], env, signal }: NodeProcess): ChildProcess {
  const preloads = ['--import', tsx, '--import', exitWithParent];
  return spawn(process.execPath, [...preloads, script, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    detached: true,
    env,
    signal,
    killSignal: 'SIGKILL',
  });
}
