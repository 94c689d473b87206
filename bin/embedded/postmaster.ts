import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { commandOf, endProcess } from './process.ts';

/** What a running server says of itself in `postmaster.pid`, or null where none has written it. */
export function postmasterOf(dataFolder: string): { pid: number; status: string } | null {
  try {
    const lines = readLock(dataFolder).split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
  } catch {
    return null;
  }
}

/**
 * Ends the server that a killed start left running on this folder. Where its number is nobody's by now, or a
 * stranger's, the file says so from now on: PostgreSQL takes whoever bears the number (a stranger, or a dead process that
 * nobody has fetched yet) for a running server and refuses to start. The rest of the file stays, for by it PostgreSQL
 * finds out whether processes of the dead server still touch the data.
 */
export async function endLeftOverPostgres(dataFolder: string): Promise<void> {
  const pid = postmasterOf(dataFolder)?.pid;
  if (!pid) return;
  if (commandOf(pid)?.includes(dataFolder)) await endProcess(pid, endSteps);
  if (existsSync(lockOf(dataFolder)))
    writeFileSync(lockOf(dataFolder), readLock(dataFolder).replace(/^\d+/, nobody));
}

/** Above what any system gives to a process. */
const nobody = '99999999';

const endSteps = [
  { signal: 'SIGINT', waitMs: 5_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
] as const;

function readLock(dataFolder: string): string {
  return readFileSync(lockOf(dataFolder), 'utf8');
}

function lockOf(dataFolder: string): string {
  return path.join(dataFolder, 'postmaster.pid');
}
