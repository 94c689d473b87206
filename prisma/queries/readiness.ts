import type { Pool } from 'pg';
import { readMigrations } from '../migration-files.ts';

/** Rejects when the database does not answer. */
export async function pingDatabase(pool: Pool): Promise<void> {
  await pool.query('SELECT 1');
}

/** Migrations that the program has and the database has not; empty when both agree. */
export async function missingMigrations(pool: Pool): Promise<string[]> {
  const { rows: tables } = await pool.query<{ found: string | null }>("SELECT to_regclass('_prisma_migrations')::text AS found");
  const { rows } = tables[0]?.found
    ? await pool.query<{ migration_name: string }>(
        'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      )
    : { rows: [] };
  const applied = new Set(rows.map(({ migration_name: name }) => name));
  return (await readMigrations()).map(({ name }) => name).filter((name) => !applied.has(name));
}

/** When the server came up that answers now; another instant means that it has been away. @throws where nobody answers */
export async function databaseStartedAt(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ at: string }>('SELECT pg_postmaster_start_time()::text AS at');
  return rows[0]!.at;
}
