import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { Instant } from '../../contracts/identity.ts';
import { localIso } from '../../domain/calendar/due.ts';
import { contentHash } from '../../domain/kernel/canonical.ts';
import { entryHash, newSalt, payloadHash } from './chain.ts';
import type { JournalContext } from './context.ts';
import { raiseDirectory } from './directory-changes.ts';
import { lockDirectory } from './locks.ts';
import { lockStream, moveStream } from './stream-heads.ts';
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
    const row = entryOf({ revision, at, actor, reason, dataHash, prevHash: head.hash, zone: data.organisation.zone });
    await client.query(
      `WITH e AS (INSERT INTO entry (stream, version, type, at, local_at, actor, role, to_state, definition, payload_hash, prev_hash, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))
       INSERT INTO entry_payload (stream, version, salt, payload) VALUES ($1, $2, $13, $14)`,
      [row.stream, row.version, row.type, row.at, row.localAt, row.actor, row.role, row.to, row.definition, row.payloadHash, row.prevHash, row.hash, row.salt, JSON.stringify(row.payload)],
    );
    await raiseDirectory(client, { caseId: null, at });
    await moveStream(client, { stream: ORGANISATION_STREAM, version: revision, hash: row.hash });
    return { revision };
  });
}

interface Import {
  revision: number;
  at: Instant;
  actor: string;
  reason: string;
  dataHash: string;
  prevHash: string;
  zone: string;
}

function entryOf({ revision, at, actor, reason, dataHash, prevHash, zone }: Import) {
  const salt = newSalt();
  const payload = { body: { revision, dataHash }, reason };
  const seal = {
    ...{ stream: ORGANISATION_STREAM, version: revision, type: 'ORGANISATION_IMPORTED', at, localAt: localIso(at, zone), actor, onBehalfOf: null },
    ...{ role: 'operator', from: null, to: `revision ${revision}`, definition: 'organisation@1', payloadHash: payloadHash(salt, payload), prevHash },
  };
  return { ...seal, hash: entryHash(seal), salt, payload };
}
