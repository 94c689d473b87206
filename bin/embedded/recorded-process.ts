import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { commandOf, endProcess, type EndStep } from './process.ts';

/** Notes a process that may outlive us, for the next start to find. */
export function recordProcess(file: string, pid: number): void {
  writeFileSync(file, JSON.stringify({ pid, command: commandOf(pid) }));
}

/** Ends the process that a killed start noted, if it still runs and is no other program that got its number. */
export async function endRecordedProcess(file: string, steps: readonly EndStep[]): Promise<void> {
  const recorded = readRecord(file);
  if (recorded?.command && commandOf(recorded.pid) === recorded.command)
    await endProcess(recorded.pid, steps);
  rmSync(file, { force: true });
}

function readRecord(file: string): { pid: number; command: string | null } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { pid: number; command: string | null };
  } catch {
    return null; // never written, or only in part
  }
}
