import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The command line of a running process, or null where there is none: a number alone may belong to a stranger by now. */
export function commandOf(pid: number): string | null {
  if (process.platform !== 'linux') return commandByPs(pid);
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return command === '' ? null : command; // a zombie has none
  } catch {
    return null;
  }
}

function commandByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export type EndStep = { signal: NodeJS.Signals; waitMs: number };

/** Ends a process, with ever less regard for it, and returns once it is gone. */
export async function endProcess(pid: number, steps: readonly EndStep[]): Promise<void> {
  for (const { signal, waitMs } of steps) {
    send(pid, signal);
    if (await isGoneWithin(pid, waitMs)) return;
  }
  throw new Error(`Process ${pid} does not end; end it by hand, then start again.`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(pid: number, waitMs: number): Promise<boolean> {
  const end = Date.now() + waitMs;
  while (commandOf(pid) !== null) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}
