import type { ClientBase, Pool } from 'pg';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import type { Directory } from '../../domain/directory/directory.ts';

/** Before anybody has set up an organisation: nobody, in one place. */
const NOBODY: OrganisationFile = {
  organisation: { name: '', zone: 'UTC', locale: 'en' },
  calendars: [{ id: 'none', zone: 'UTC', weekend: [6, 7], holidays: {}, halfDays: {} }],
  sites: [{ id: 'main', name: 'Main', zone: 'UTC', calendar: 'none' }],
  units: [],
  people: [],
  roles: [],
};

export interface DirectoryCache {
  /** The directory of that revision; 0 is the empty one. */
  at(client: ClientBase | Pool, revision: number): Promise<Directory>;
  newest(client: ClientBase | Pool): Promise<Directory>;
}

/** A revision never changes, so the one in use is kept and only its number is asked for again. */
export function createDirectoryCache(): DirectoryCache {
  let kept: Directory | null = null;
  const at = async (client: ClientBase | Pool, revision: number): Promise<Directory> => {
    if (kept?.revision === revision) return kept;
    const directory = await load(client, revision);
    kept = directory;
    return directory;
  };
  return { at, newest: async (client) => at(client, await newestRevision(client)) };
}

async function newestRevision(client: ClientBase | Pool): Promise<number> {
  const { rows } = await client.query<{ revision: number }>('SELECT coalesce(max(revision), 0)::int AS revision FROM organisation_revision');
  return rows[0]!.revision;
}

async function load(client: ClientBase | Pool, revision: number): Promise<Directory> {
  if (revision === 0) return createDirectory(NOBODY, 0);
  const { rows } = await client.query<{ data: OrganisationFile }>('SELECT data FROM organisation_revision WHERE revision = $1', [revision]);
  return createDirectory(rows[0]!.data, revision);
}
