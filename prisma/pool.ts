import pg from 'pg';

/**
 * Connections to the journal. They take the next statement before the last one is answered, which is how several statements of a
 * decision cost one trip (`journal/transaction.ts`).
 */
export function createPool(url: string, options: Omit<pg.PoolConfig, 'connectionString' | 'pipeline'>): pg.Pool {
  const pool = new pg.Pool({ ...options, connectionString: url, pipeline: true });
  pool.on('error', () => undefined); // an idle connection broke; the next question opens another
  return pool;
}
