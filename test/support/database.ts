import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { migrate } from '../../prisma/migrate.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the server that all tests of a run share. */
    postgresUrl: string;
  }
}

export type TestDatabase = { url: string; drop(): Promise<void> };

const template = 'isms_template';
let templateIsThere: Promise<void> | undefined;

/** A migrated, empty database of one's own, copied in milliseconds. */
export async function createTestDatabase(): Promise<TestDatabase> {
  await (templateIsThere ??= onServer(createTemplateOnce));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await onServer((server) => server.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`));
  return { url: urlOf(name), drop: () => onServer(dropDatabase(name)) };
}

/** The first of all test workers migrates; the others wait for it. */
async function createTemplateOnce(server: Client): Promise<void> {
  await server.query('SELECT pg_advisory_lock(1)');
  const { rowCount } = await server.query('SELECT FROM pg_database WHERE datname = $1', [template]);
  if (rowCount) return;
  const unfinished = `${template}_unfinished`;
  await server.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`);
  await server.query(`CREATE DATABASE ${unfinished}`);
  await migrate(urlOf(unfinished));
  await server.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
}

function dropDatabase(name: string) {
  return async (server: Client): Promise<void> => {
    await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
  };
}

function urlOf(name: string): string {
  return Object.assign(new URL(inject('postgresUrl')), { pathname: `/${name}` }).toString();
}

async function onServer(work: (server: Client) => Promise<unknown>): Promise<void> {
  const server = new Client({ connectionString: inject('postgresUrl') });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}
