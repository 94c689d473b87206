import type { PoolClient } from 'pg';
import type { CaseId } from '../../contracts/identity.ts';

/**
 * Locks, not luck (design.md): a decision holds the directory still (shared) and every object whose involvements it checks or
 * writes (exclusive), taken in one order, so that two decisions which would break a rule together cannot pass each other.
 */
const DIRECTORY = 27_001_002;
const OBJECTS = 27_001;

export interface LockedGround {
  objects: readonly CaseId[];
  /** Holds the directory alone, after every decision that stands on it as it is. */
  changesDirectory?: true | undefined;
}

export async function lockGround(client: PoolClient, { objects, changesDirectory }: LockedGround): Promise<void> {
  const alone = changesDirectory ? [lockDirectory(client)] : [];
  await Promise.all([...alone, lockDirectoryAndObjects(client, objects)]);
}

async function lockDirectoryAndObjects(client: PoolClient, objects: readonly CaseId[]): Promise<void> {
  await client.query({
    name: 'lock-ground',
    text: `SELECT pg_advisory_xact_lock_shared($1::bigint),
             (SELECT count(pg_advisory_xact_lock(k)) FROM (SELECT DISTINCT hashtextextended(o, $3) AS k FROM unnest($2::text[]) o ORDER BY k) s)`,
    values: [DIRECTORY, objects, OBJECTS],
  });
}

/** Held by whoever changes the directory. */
export async function lockDirectory(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [DIRECTORY]);
}
