import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../prisma/migrate.ts';
import { missingSql } from '../../prisma/missing-sql.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const first = { name: '20270101000000_first', sql: 'CREATE TABLE first_table (id int);' };
const second = {
  name: '20270102000000_second',
  sql: `-- a comment; with a semicolon
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no; never'; END $$;`,
};
const broken = { name: '20270103000000_broken', sql: 'CREATE TABLE half_done (id int); SELECT nonsense();' };

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await query('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
});
afterEach(() => database.drop());

test('migrations apply in order, and once', async () => {
  const folder = await folderWith([second, first]);
  expect(await migrate(database.url, folder)).toEqual({ applied: [first.name, second.name] });
  expect(await migrate(database.url, folder)).toEqual({ applied: [] });
});

test('processes that migrate at once agree who does it', async () => {
  const folder = await folderWith([first, second]);
  const results = await Promise.all([1, 2, 3, 4].map(() => migrate(database.url, folder)));
  expect(results.flatMap(({ applied }) => applied)).toEqual([first.name, second.name]);
});

test('later migrations are added to the earlier ones', async () => {
  await migrate(database.url, await folderWith([first]));
  expect(await migrate(database.url, await folderWith([first, second]))).toEqual({ applied: [second.name] });
});

test('a migration that fails leaves nothing half-done', async () => {
  await expect(migrate(database.url, await folderWith([first, broken]))).rejects.toThrow('nonsense');
  const { rows } = await query(
    "SELECT to_regclass('first_table') AS whole, to_regclass('half_done') AS half",
  );
  expect(rows).toEqual([{ whole: 'first_table', half: null }]);
});

test('the bookkeeping is that of `prisma migrate deploy`', async () => {
  await migrate(database.url, await folderWith([first]));
  const { rows } = await query('SELECT migration_name, applied_steps_count, logs FROM _prisma_migrations');
  expect(rows).toEqual([{ migration_name: first.name, applied_steps_count: 1, logs: null }]);
});

test('the migrations of the engine give exactly its Prisma schema', async () => {
  await migrate(database.url);
  expect(await missingSql(database.url)).toBe('');
});

async function folderWith(migrations: { name: string; sql: string }[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'isms-migrations-'));
  for (const { name, sql } of migrations) {
    await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, name, 'migration.sql'), sql);
  }
  return folder;
}

async function query(sql: string) {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}
