import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commandOf, endProcess } from './process.ts';

/** What a running server says of itself in `postmaster.pid`, or null where none has written it. */
export function postmasterOf(dataFolder: string): { pid: number; status: string } | null {
  try {
    const lines = readFileSync(lockOf(dataFolder), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: lines[7]?.trim() ?? '' };
  } catch {
    return null;
  }
}

/**
 * Ends the server that a killed start left running on this folder. Where another program bears its number by now, the
 * stale file goes: PostgreSQL itself would take the stranger for its own and refuse to start.
 */
export async function endLeftOverPostgres(dataFolder: string): Promise<void> {
  const command = commandOf(postmasterOf(dataFolder)?.pid ?? 0);
  if (command === null) return;
  if (command.includes(dataFolder)) await endProcess(postmasterOf(dataFolder)?.pid ?? 0, endSteps);
  else rmSync(lockOf(dataFolder), { force: true });
}
const endSteps = [
  { signal: 'SIGINT', waitMs: 5_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
] as const;

function lockOf(dataFolder: string): string {
  return path.join(dataFolder, 'postmaster.pid');
}
