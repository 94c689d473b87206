import { readFileSync, readdirSync } from 'node:fs';

/** What the processes of an engine use, read from /proc (Linux). */
const TICKS_PER_SECOND = 100;

export interface Usage {
  name: string;
  cpuMs: number;
}

/** CPU time so far, by what the process is. */
export function cpuOf(pids: readonly number[]): Usage[] {
  const used = new Map<string, number>();
  for (const pid of pids) used.set(nameOf(pid), (used.get(nameOf(pid)) ?? 0) + cpuMs(pid));
  return [...used].map(([name, ms]) => ({ name, cpuMs: ms }));
}

/** Milliseconds of CPU per process between two readings. */
export function spent(before: readonly Usage[], after: readonly Usage[]): Record<string, number> {
  const earlier = new Map(before.map(({ name, cpuMs: ms }) => [name, ms]));
  return Object.fromEntries(after.map(({ name, cpuMs: ms }) => [name, ms - (earlier.get(name) ?? 0)]));
}

/** Memory that the processes take together, shared pages counted once, in MiB. */
export function memoryMiB(pids: readonly number[]): Record<string, number> {
  const used = new Map<string, number>();
  for (const pid of pids) used.set(nameOf(pid), (used.get(nameOf(pid)) ?? 0) + pssKiB(pid) / 1024);
  return Object.fromEntries([...used].map(([name, mib]) => [name, Math.round(mib)]));
}

/** Processes whose command or environment names the folder, and all their children (PostgreSQL's back ends). */
export function processesOf(home: string): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
  const own = new Set(all.filter((pid) => ['cmdline', 'environ'].some((what) => read(pid, what).includes(home))));
  return all.filter((pid) => pid !== process.pid && (own.has(pid) || own.has(parentOf(pid))));
}

function cpuMs(pid: number): number {
  const fields = statOf(pid);
  return ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 1000) / TICKS_PER_SECOND;
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1] ?? 0);
}

/** Fields behind the command, which may hold blanks itself. */
function statOf(pid: number): string[] {
  const text = read(pid, 'stat');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function pssKiB(pid: number): number {
  return Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0);
}

const kinds: [RegExp, string][] = [
  [/bare-worker/, 'bare worker'],
  [/bin\/worker|worker\.ts/, 'worker'],
  [/api\.ts/, 'api'],
  [/start\.(ts|mjs)/, 'start'],
  [/postgres/, 'postgresql'],
  [/temporal/, 'temporal'],
];

function nameOf(pid: number): string {
  const command = read(pid, 'cmdline').replaceAll('\0', ' ');
  return kinds.find(([pattern]) => pattern.test(command))?.[1] ?? 'other';
}

function read(pid: number, what: string): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return ''; // it has ended
  }
}
