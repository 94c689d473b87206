import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const program = path.resolve(import.meta.dirname, '../../bin/isms.mjs');

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** The one JSON value on standard output. */
  json(): unknown;
}

export interface Surroundings {
  env?: Record<string, string>;
  input?: string;
}

/** A folder in which no engine runs. */
const emptyHome = mkdtempSync(path.join(tmpdir(), 'isms-cli-'));

/** The real program, as a process of its own that sees nothing of this one's environment. */
export async function isms(
  args: readonly string[],
  { env = {}, input = '' }: Surroundings = {},
): Promise<Ended> {
  const clean = { PATH: process.env.PATH ?? '', HOME: emptyHome, TZ: 'Europe/Berlin', ISMS_HOME: emptyHome };
  const child = spawn(process.execPath, [program, ...args], { env: { ...clean, ...env } });
  child.stdin.on('error', () => undefined).end(input); // most commands never read it
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) as unknown };
}
