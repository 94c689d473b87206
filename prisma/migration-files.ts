import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

export const schemaFolder = path.join(import.meta.dirname, 'schema');
export const migrationsFolder = path.join(import.meta.dirname, 'migrations');

export type SchemaFile = { path: string; content: string };
export type Migration = { name: string; sql: string };

/** The migrations of a folder in the order in which they apply. */
export async function readMigrations(folder = migrationsFolder): Promise<Migration[]> {
  const names = (await listFolder(folder)).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map(async (name) => ({ name, sql: await readSql(folder, name) })));
}

/** The files of the Prisma schema: one model of the database, written in several files. */
export async function readSchema(folder = schemaFolder): Promise<SchemaFile[]> {
  const names = (await listFolder(folder))
    .map((entry) => entry.name)
    .filter((name) => name.endsWith('.prisma'));
  const files = names.sort().map((name) => path.join(folder, name));
  return Promise.all(files.map(async (file) => ({ path: file, content: await readFile(file, 'utf8') })));
}

function readSql(folder: string, name: string): Promise<string> {
  return readFile(path.join(folder, name, 'migration.sql'), 'utf8');
}

async function listFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
