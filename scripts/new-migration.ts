import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startThrowAwayPostgres } from '../bin/embedded/throw-away-postgres.ts';
import { migrate } from '../prisma/migrate.ts';
import { migrationsFolder } from '../prisma/migration-files.ts';
import { missingSql } from '../prisma/missing-sql.ts';

const usage = 'npm run migration -- NAME   writes what prisma/schema/ has and prisma/migrations/ lacks';

async function writeMigration(name: string, sql: string): Promise<string> {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const folder = path.join(migrationsFolder, `${timestamp}_${name}`);
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  await writeFile(path.join(folder, 'migration.sql'), sql);
  return path.relative(process.cwd(), path.join(folder, 'migration.sql'));
}

async function newMigration(name: string): Promise<string> {
  const server = await startThrowAwayPostgres();
  try {
    await migrate(server.url);
    const sql = await missingSql(server.url);
    return sql ? await writeMigration(name, sql) : 'Nothing to do: the migrations already give the schema.';
  } finally {
    await server.stop();
  }
}

const [name] = process.argv.slice(2);
if (name && /^[a-z0-9_]+$/.test(name)) console.log(await newMigration(name));
else {
  console.error(`${usage}. NAME is made of a-z, 0-9 and _.`);
  process.exitCode = 2;
}
