import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { type Migration, migrationsFolder, readMigrations } from './migration-files.ts';

/** Any number that no other advisory lock uses. The schema engine holds Prisma's own (72707369) inside it. */
const migrationLock = 27_001_001;

/**
 * Brings the database to the newest migration; does nothing where it is there already. Needs no network. The
 * bookkeeping is Prisma's (`_prisma_migrations`), so `prisma migrate deploy` may be used on the same database.
 * Several processes may call it at once: one migrates, the others wait for it.
 */
export async function migrate(
  databaseUrl: string,
  folder = migrationsFolder,
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(folder);
  return withMigrationLock(databaseUrl, async (client) =>
    (await isUpToDate(client, migrations)) ? { applied: [] } : apply({ databaseUrl, folder, migrations }),
  );
}

async function withMigrationLock<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  client.on('error', () => undefined); // the next query tells of a lost connection
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Spares every usual start the loading of the schema engine. */
async function isUpToDate(client: Client, migrations: Migration[]): Promise<boolean> {
  const applied = await appliedChecksums(client);
  return migrations.every(({ name, sql }) => applied.get(name) === checksum(sql));
}

async function appliedChecksums(client: Client): Promise<Map<string, string>> {
  const table = await client.query<{ found: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS found",
  );
  if (!table.rows[0]?.found) return new Map();
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

function checksum(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

async function apply(options: { databaseUrl: string; folder: string; migrations: Migration[] }) {
  const { migrationList, noFilters, withSchemaEngine } = await import('./schema-engine.ts');
  const migrationsList = migrationList(options.folder, options.migrations);
  return withSchemaEngine(options.databaseUrl, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: noFilters });
    return { applied: appliedMigrationNames };
  });
}
