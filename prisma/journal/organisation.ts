import type { OrganisationFile } from '../../contracts/organisation.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import type { JournalContext } from './context.ts';
import { raiseDirectory } from './directory-changes.ts';
import { lockDirectory } from './locks.ts';
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
}

export function importOrganisation({ pool, clock }: JournalContext, { data, actor, reason }: OrganisationImport): Promise<{ revision: number }> {
  return inTransaction(pool, async (client) => {
    await lockDirectory(client);
    const head = await lockStream(client, ORGANISATION_STREAM);
    const revision = head.version + 1;
    const at = clock();
    const dataHash = contentHash(data);
    await client.query('INSERT INTO organisation_revision (revision, data, data_hash, at) VALUES ($1, $2, $3, $4)', [revision, JSON.stringify(data), dataHash, at]);
    await appendToStream(client, head, {
      ...{ type: 'ORGANISATION_IMPORTED', at, zone: data.organisation.zone, actor, role: 'operator' },
      ...{ to: `revision ${revision}`, definition: 'organisation@1', payload: { body: { revision, dataHash }, reason } },
    });
    await raiseDirectory(client, { caseId: null, at });
    return { revision };
  });
}
