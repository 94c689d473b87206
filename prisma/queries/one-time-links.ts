import type { Pool } from 'pg';
import type { Instant, PersonId } from '../../contracts/identity.ts';

/** One-time links: only the hash of their token is stored, so that who reads the database cannot use one. */
export type LinkPurpose = 'SIGN_IN' | 'SETUP';

export interface NewLink {
  tokenHash: string;
  purpose: LinkPurpose;
  personId: PersonId | null;
  expiresAt: Instant;
}

export async function storeLink(
  pool: Pool,
  { tokenHash, purpose, personId, expiresAt }: NewLink,
): Promise<void> {
  await pool.query(
    'INSERT INTO one_time_link (token_hash, purpose, person_id, expires_at) VALUES ($1, $2, $3, $4)',
    [tokenHash, purpose, personId, expiresAt],
  );
}

export interface LinkQuestion {
  tokenHash: string;
  purpose: LinkPurpose;
  now: Instant;
}

const UNUSED = 'token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3';

/** The link, as long as it may be used; looking does not use it, since mail scanners look at every link. */
export async function findLink(
  pool: Pool,
  { tokenHash, purpose, now }: LinkQuestion,
): Promise<{ personId: PersonId | null } | null> {
  const { rows } = await pool.query<{ personId: string | null }>(
    `SELECT person_id AS "personId" FROM one_time_link WHERE ${UNUSED}`,
    [tokenHash, purpose, now],
  );
  return rows[0] ?? null;
}

/** Uses the link up; of two who try at once, one gets it. */
export async function takeLink(
  pool: Pool,
  { tokenHash, purpose, now }: LinkQuestion,
): Promise<{ personId: PersonId | null } | null> {
  const { rows } = await pool.query<{ personId: string | null }>(
    `UPDATE one_time_link SET used_at = $3 WHERE ${UNUSED} RETURNING person_id AS "personId"`,
    [tokenHash, purpose, now],
  );
  return rows[0] ?? null;
}

/** Gives a link back whose use failed for no fault of its holder. */
export async function giveBackLink(pool: Pool, tokenHash: string): Promise<void> {
  await pool.query('UPDATE one_time_link SET used_at = NULL WHERE token_hash = $1', [tokenHash]);
}

/** Earlier set-up links end when a new one is made. */
export async function discardSetupLinks(pool: Pool): Promise<void> {
  await pool.query("DELETE FROM one_time_link WHERE purpose = 'SETUP' AND used_at IS NULL");
}

/** Whether the organisation as it stands has this person. */
export async function hasPerson(pool: Pool, personId: PersonId): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT FROM (SELECT data FROM organisation_revision ORDER BY revision DESC LIMIT 1) o WHERE o.data->'people' @> jsonb_build_array(jsonb_build_object('id', $1::text))`,
    [personId],
  );
  return rowCount === 1;
}

/** Whether the organisation has anybody at all. */
export async function hasPeople(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ people: number }>(
    `SELECT jsonb_array_length(data->'people') AS people FROM organisation_revision ORDER BY revision DESC LIMIT 1`,
  );
  return (rows[0]?.people ?? 0) > 0;
}
