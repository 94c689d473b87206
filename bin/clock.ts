import { readFileSync, statSync } from 'node:fs';
import type { Instant } from '../contracts/identity.ts';
import type { Environment } from './environment.ts';

/**
 * The clock that is injected into the journal. Tests shift it in real processes, too: `ISMS_TEST_CLOCK_FILE` names a file that
 * holds how many milliseconds it goes ahead; without it the clock is the machine's.
 */
export function createClock({ testClockFile: shiftFile }: Pick<Environment, 'testClockFile'>): () => Instant {
  if (!shiftFile) return () => new Date().toISOString();
  const shift = shiftIn(shiftFile);
  return () => new Date(Date.now() + shift()).toISOString();
}

/** Read again only when the file has changed. */
function shiftIn(file: string): () => number {
  let kept = { at: -1, shift: 0 };
  return () => {
    const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? -1;
    if (at !== kept.at) kept = { at, shift: at === -1 ? 0 : Number(readFileSync(file, 'utf8')) };
    return kept.shift;
  };
}
