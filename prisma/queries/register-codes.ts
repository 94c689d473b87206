import type { Pool } from 'pg';
import type { CaseId } from '../../contracts/identity.ts';

/** Own numbers of the entries of a register that are in use, in lower case. */
export async function registerCodes(pool: Pool, register: string): Promise<Map<string, CaseId>> {
  const { rows } = await pool.query<{ value: string; id: CaseId }>(
    `SELECT k.value, k.case_id AS id FROM case_key k JOIN case_head h ON h.id = k.case_id WHERE k.key = 'code' AND h.process = $1 AND h.settled IS NULL`,
    [register],
  );
  return new Map(rows.map(({ value, id }) => [value, id]));
}
