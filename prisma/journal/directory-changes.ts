import type { PoolClient } from 'pg';
import type { CaseId, Instant } from '../../contracts/identity.ts';

/** What changed the directory: a case, or the organisation that was loaded (null). */
export interface DirectoryChange {
  caseId: CaseId | null;
  at: Instant;
}

/** The directory's revision rises in the transaction that changes it; the caller holds the directory's lock. */
export async function raiseDirectory(client: PoolClient, { caseId, at }: DirectoryChange): Promise<void> {
  await client.query(
    'INSERT INTO directory_change (revision, case_id, at) SELECT coalesce(max(revision), 0) + 1, $1, $2 FROM directory_change',
    [caseId, at],
  );
}
