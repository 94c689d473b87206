import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { PoolClient } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { AnnouncedDeparture } from '../../domain/directory/organisation-endings.ts';
import { contentHash, derivedCaseId } from '../../domain/kernel/canonical.ts';
import type { JournalContext } from './context.ts';
import { createDirectoryCache } from './directory-cache.ts';
import { raiseDirectory } from './directory-changes.ts';
import { lockDirectory } from './locks.ts';
import { openIn } from './open-case.ts';
import { appendToStream } from './stream-entries.ts';
import { lockStream } from './stream-heads.ts';
import { ORGANISATION_STREAM } from './streams.ts';
import { inTransaction } from './transaction.ts';

/** The directory changes only by a journalled entry of its own stream; a revision is never changed afterwards (rules §3.3). */
export interface OrganisationImport {
  /** Has passed `validateOrganisation`. */
  data: OrganisationFile;
  /** Person id, or `operator` for who works on the machine itself. */
  actor: string;
  reason: string;
  /** What ends by it; each is opened as a case of its own, in the same transaction. */
  departures?: readonly AnnouncedDeparture[];
  /** Revision that the plan was made on; with another one in between nothing is loaded. */
  planned?: number;
}

export interface LoadedRevision {
  revision: number;
  /** References of the departures opened. */
  departures: string[];
}

/** Somebody else has loaded an organisation since the plan was made. */
export class OrganisationHasChanged extends Error {
  readonly planned: number;
  readonly current: number;

  constructor(planned: number, current: number) {
    super('Somebody else has loaded an organisation meanwhile: look at what would change, and import again.');
    this.name = 'OrganisationHasChanged';
    this.planned = planned;
    this.current = current;
  }
}

export function importOrganisation(context: JournalContext, { data, actor, reason, departures = [], planned }: OrganisationImport): Promise<LoadedRevision> {
  const { pool, clock } = context;
  return inTransaction(pool, async (client) => {
    await lockDirectory(client);
    const head = await lockStream(client, ORGANISATION_STREAM);
    if (planned !== undefined && planned !== head.version) throw new OrganisationHasChanged(planned, head.version);
    const revision = head.version + 1;
    const at = clock();
    const dataHash = contentHash(data);
    await client.query('INSERT INTO organisation_revision (revision, data, data_hash, at) VALUES ($1, $2, $3, $4)', [revision, JSON.stringify(data), dataHash, at]);
    await appendToStream(client, head, {
      ...{ type: 'ORGANISATION_IMPORTED', at, zone: data.organisation.zone, actor, role: 'operator' },
      ...{ to: `revision ${revision}`, definition: 'organisation@1', payload: { body: { revision, dataHash }, reason } },
    });
    await raiseDirectory(client, { caseId: null, at });
    return { revision, departures: await announce(context, client, { departures, revision, now: at }) };
  });
}

interface Announcing {
  departures: readonly AnnouncedDeparture[];
  revision: number;
  now: Instant;
}

/** What is announced already stays so. A directory that is not committed yet is kept for nobody else. */
async function announce({ pool, clock }: JournalContext, client: PoolClient, { departures, revision, now }: Announcing): Promise<string[]> {
  const context = { pool, clock, directories: createDirectoryCache() };
  const refs: string[] = [];
  for (const [n, body] of departures.entries()) {
    const opening = { process: 'departure' as const, id: derivedCaseId(ORGANISATION_STREAM, revision, n), body, person: null, parent: null, commandId: '', now };
    const opened = await openIn(context, client, opening);
    if (opened.opened) refs.push(opened.entries[0]!.file.ref);
    else if (!('reasons' in opened) || opened.reasons.some(({ code }) => code !== 'ALREADY_ANNOUNCED')) throw new Error(`the departure ${JSON.stringify(body)} cannot be announced: ${JSON.stringify(opened)}`);
  }
  return refs;
}
