import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { startThrowAwayPostgres } from '../../bin/embedded/throw-away-postgres.ts';

const prepareScript = path.join(import.meta.dirname, '../../scripts/prepare.mjs');

/** Vitest's global set-up: an up-to-date database client, and one real PostgreSQL for the whole run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  spawnSync(process.execPath, [prepareScript], { stdio: 'inherit' });
  const server = await startThrowAwayPostgres();
  project.provide('postgresUrl', server.url);
  return () => server.stop();
}
