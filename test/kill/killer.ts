import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { processesOn } from '../support/started-engine.ts';
import { pick } from './random.ts';
import type { Random } from './random.ts';

/** Kills parts of a running engine with -9, together and apart; whoever supervises it starts them again. */
export type Part = 'worker' | 'api' | 'temporal' | 'postgres';

const parts: Record<Part, RegExp> = {
  worker: /bin\/worker\.ts/,
  api: /bin\/api\.ts/,
  temporal: /temporal.*start-dev/,
  postgres: /postgres.*-D/,
};

/** Which parts go at once; the last is a machine that loses power but for its supervisor. */
const strikes: Part[][] = [
  ['worker'],
  ['api'],
  ['temporal'],
  ['postgres'],
  ['worker', 'temporal'],
  ['worker', 'postgres'],
  ['api', 'worker'],
  ['temporal', 'postgres'],
  ['worker', 'api', 'temporal', 'postgres'],
];

export interface Killing {
  home: string;
  random: Random;
  signal: AbortSignal;
  /** Mean pause between two strikes. */
  pauseMs: number;
}

/** Strikes until aborted. @returns how often each part was hit */
export async function keepKilling({ home, random, signal, pauseMs }: Killing): Promise<Record<Part, number>> {
  const hits: Record<Part, number> = { worker: 0, api: 0, temporal: 0, postgres: 0 };
  let turn = 0;
  while (!signal.aborted) {
    await sleep(pauseMs * (0.5 + random()), undefined, { signal }).catch(() => undefined);
    if (signal.aborted) break;
    // Every kind of strike once before chance decides.
    const struck = strikes[turn++] ?? pick(random, strikes);
    for (const part of struck) hits[part] += strike(home, part);
  }
  return hits;
}

function strike(home: string, part: Part): number {
  const pids = processesOn(home).filter((pid) => parts[part].test(commandOf(pid)));
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      return 0; // it was just being started again
    }
  }
  return pids.length > 0 ? 1 : 0;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
