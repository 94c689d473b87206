import type { PoolClient } from 'pg';
import { newClaims } from '../../domain/kernel/claims.ts';
import type { ClaimingStep } from '../../domain/kernel/claims.ts';
import type { HeldClaim } from '../../domain/kernel/facts.ts';
import { inOneBreath } from './transaction.ts';

const CLAIMS = 27_002;
const CLAIMS_OF_PROCESS = 27_003;

/**
 * Who else holds what the case would claim by this step. Taken in one order and held to the end, so that of two only one passes; many that
 * are opened at once hold what their process may claim altogether.
 */
export async function takenClaims(client: PoolClient, step: ClaimingStep | null): Promise<HeldClaim[]> {
  const keys = step ? newClaims(step) : [];
  if (!step || keys.length === 0) return [];
  const [, taken] = await inOneBreath(client, () => [
    client.query({
      name: 'lock-claims',
      text: `SELECT pg_advisory_xact_lock_shared(hashtextextended($3, $4)),
        (SELECT count(pg_advisory_xact_lock(k)) FROM (SELECT DISTINCT hashtextextended(c, $2) AS k FROM unnest($1::text[]) c ORDER BY k) s)`,
      values: [keys, CLAIMS, step.definition.name, CLAIMS_OF_PROCESS],
    }),
    claimsHeld(client, keys),
  ]);
  return taken.filter(({ caseId }) => caseId !== step.after.id);
}

/** Holds all that cases of this process may claim, by one lock: so many as are opened at once would be more than the server has room for. */
export async function lockClaimsOf(client: PoolClient, process: string): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, $2))', [process, CLAIMS_OF_PROCESS]);
}

/** Which of these are held, and by whom. */
export async function claimsHeld(client: PoolClient, keys: readonly string[]): Promise<HeldClaim[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<HeldClaim>({
    name: 'claims-held',
    text: `SELECT c.key, c.case_id AS "caseId", h.ref FROM case_claim c JOIN case_head h ON h.id = c.case_id WHERE c.key = ANY($1::text[]) ORDER BY c.key`,
    values: [keys],
  });
  return rows;
}
