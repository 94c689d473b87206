import { createSetupLink } from '../api/sign-in/one-time-links.ts';
import { createPool } from '../prisma/pool.ts';

/** The link by which the first person registers, or null where there are people. Each start makes a new one and ends the earlier. */
export async function setupLink(databaseUrl: string, publicUrl: string): Promise<string | null> {
  const pool = createPool(databaseUrl, { max: 1 });
  try {
    return await createSetupLink({ pool, publicUrl });
  } finally {
    await pool.end();
  }
}
