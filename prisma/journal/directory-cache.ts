import type { ClientBase, Pool } from 'pg';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { byOpening } from '../../domain/kernel/summary.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import { SUMMARY } from './summary.ts';

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

interface Kept {
  directory: Directory;
  data: OrganisationFile;
  cases: ReadonlyMap<CaseId, CaseSummary>;
}

const NOTHING: Kept = { directory: createDirectory(NOBODY, 0), data: NOBODY, cases: new Map() };

/**
 * The directory in use is kept; only the number of its revision is asked for again, and what has changed since is read when that has
 * risen. Who asks for it in a decision holds the directory still, so that the revision and what is read for it fit together.
 */
export function createDirectoryCache(): DirectoryCache {
  let kept = NOTHING;
  const at = async (client: ClientBase | Pool, revision: number): Promise<Directory> => {
    const base = kept.directory.revision <= revision ? kept : NOTHING;
    if (base.directory.revision === revision) return base.directory;
    const loaded = await follow(client, base, revision);
    // Of two that were read at the same time the newer one stays.
    if (kept.directory.revision < revision) kept = loaded;
    return loaded.directory;
  };
  return { at, newest: async (client) => at(client, await newestRevision(client)) };
}

export async function newestRevision(client: ClientBase | Pool): Promise<number> {
  const { rows } = await client.query<{ revision: number }>('SELECT coalesce(max(revision), 0)::int AS revision FROM directory_change');
  return rows[0]!.revision;
}

/** What was known, with what has changed since: the organisation as a whole, cases one by one. */
async function follow(client: ClientBase | Pool, { directory, ...known }: Kept, revision: number): Promise<Kept> {
  const { organisation, cases: changed } = await changesSince(client, directory.revision);
  const data = organisation ?? known.data;
  const cases = new Map([...known.cases, ...changed.map((each) => [each.id, each] as const)]);
  return { directory: createDirectory(data, revision, [...cases.values()].sort(byOpening)), data, cases };
}

interface Changes {
  organisation: OrganisationFile | null;
  cases: CaseSummary[] | null;
}

async function changesSince(client: ClientBase | Pool, revision: number): Promise<{ organisation: OrganisationFile | null; cases: CaseSummary[] }> {
  const { rows } = await client.query<Changes>(
    `WITH changed AS (SELECT DISTINCT case_id FROM directory_change WHERE revision > $1)
     SELECT (SELECT data FROM organisation_revision WHERE EXISTS (SELECT FROM changed WHERE case_id IS NULL) ORDER BY revision DESC LIMIT 1) AS organisation,
       (SELECT json_agg(${SUMMARY}) FROM changed c JOIN case_head h ON h.id = c.case_id) AS cases`,
    [revision],
  );
  return { organisation: rows[0]!.organisation, cases: rows[0]!.cases ?? [] };
}
