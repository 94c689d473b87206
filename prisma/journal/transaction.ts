import type { Pool, PoolClient } from 'pg';

/**
 * The few statements of a decision are prepared once; planning them anew for every decision, or compiling them, costs a quarter
 * more than it saves.
 */
const BEGIN = 'BEGIN; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL jit = off';

/** Runs the work in one READ COMMITTED transaction; what throws leaves nothing behind. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // A connection that breaks between two statements says so here as well as at the next one, which is where it is dealt with.
  client.on('error', ignore);
  try {
    await client.query(BEGIN);
    const result = await work(client);
    await client.query('COMMIT');
    release(client);
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

/** A connection that cannot even roll back is thrown away with what it held. */
async function rollBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    release(client);
  } catch (error) {
    release(client, error instanceof Error ? error : true);
  }
}

function release(client: PoolClient, broken?: Error | true): void {
  client.off('error', ignore);
  client.release(broken);
}

function ignore(): void {}
