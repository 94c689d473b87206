import type { Pool } from 'pg';

/** Clock of the database minus the clock of this machine, half of the way there taken off; milliseconds. */
export async function clockSkewMs(pool: Pool): Promise<number> {
  const asked = Date.now();
  const { rows } = await pool.query<{ now: number }>(
    'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS now',
  );
  return Math.round(Number(rows[0]!.now) - (asked + Date.now()) / 2);
}
