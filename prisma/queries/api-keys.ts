import type { Pool } from 'pg';
import type { PersonId } from '../../contracts/identity.ts';

/** What a person may know of his or her API keys: never the key, of which the database holds a hash alone. */
export interface ApiKeyRow {
  id: string;
  name: string;
  /** First signs of the key, to recognise it by. */
  start: string;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
}

interface Row {
  id: string;
  name: string | null;
  start: string | null;
  created_at: Date;
  expires_at: Date | null;
  last_request: Date | null;
}

/** Newest first; those that have expired are still listed until they are revoked. */
export async function apiKeysOf(pool: Pool, person: PersonId): Promise<ApiKeyRow[]> {
  const { rows } = await pool.query<Row>(
    `SELECT k.id, k.name, k.start, k.created_at, k.expires_at, k.last_request
     FROM auth_api_key k JOIN auth_user u ON u.id = k.reference_id WHERE u.person_id = $1 ORDER BY k.created_at DESC, k.id`,
    [person],
  );
  return rows.map((row) => ({
    ...{ id: row.id, name: row.name ?? '', start: row.start ?? '' },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_request?.toISOString() ?? null,
  }));
}

/** False where the person has no such key. */
export async function revokeApiKey(
  pool: Pool,
  { person, id }: { person: PersonId; id: string },
): Promise<boolean> {
  const { rowCount } = await pool.query(
    'DELETE FROM auth_api_key k USING auth_user u WHERE u.id = k.reference_id AND u.person_id = $1 AND k.id = $2',
    [person, id],
  );
  return rowCount === 1;
}
