import type { PoolClient } from 'pg';
import { newClaims } from '../../domain/kernel/claims.ts';
import type { ClaimingStep } from '../../domain/kernel/claims.ts';
import type { HeldClaim } from '../../domain/kernel/facts.ts';
import { inOneBreath } from './transaction.ts';

const CLAIMS = 27_002;

/** Who else holds what the case would claim by this step. Taken in one order and held to the end, so that of two only one passes. */
export async function takenClaims(client: PoolClient, step: ClaimingStep | null): Promise<HeldClaim[]> {
  const keys = step ? newClaims(step) : [];
  if (!step || keys.length === 0) return [];
  const [, { rows }] = await inOneBreath(client, () => [
    client.query({
      name: 'lock-claims',
      text: 'SELECT count(pg_advisory_xact_lock(k)) FROM (SELECT DISTINCT hashtextextended(c, $2) AS k FROM unnest($1::text[]) c ORDER BY k) s',
      values: [keys, CLAIMS],
    }),
    client.query<HeldClaim>({
      name: 'taken-claims',
      text: `SELECT c.key, c.case_id AS "caseId", h.ref FROM case_claim c JOIN case_head h ON h.id = c.case_id WHERE c.key = ANY($1::text[]) AND c.case_id <> $2 ORDER BY c.key`,
      values: [keys, step.after.id],
    }),
  ]);
  return rows;
}
