import type { Pool } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';

export interface LoadedOrganisation {
  revision: number;
  loadedAt: Instant;
  data: OrganisationFile;
}

/** The organisation as it was loaded last, as a file; null before anybody has loaded one. */
export async function newestOrganisation(pool: Pool): Promise<LoadedOrganisation | null> {
  const { rows } = await pool.query<{ revision: number; at: Date; data: OrganisationFile }>(
    'SELECT revision, at, data FROM organisation_revision ORDER BY revision DESC LIMIT 1',
  );
  return rows[0]
    ? { revision: rows[0].revision, loadedAt: rows[0].at.toISOString(), data: rows[0].data }
    : null;
}
