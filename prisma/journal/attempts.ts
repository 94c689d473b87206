import type { PoolClient } from 'pg';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { newSalt, payloadHash, sha256 } from './chain.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { lockStream, moveStream } from './stream-heads.ts';
import { ATTEMPTS_STREAM } from './streams.ts';

/** A blocked attempt is evidence, too, and a figure (rules §3.2, K-30). */
export interface AttemptDraft {
  caseId: CaseId | null;
  person: PersonId;
  command: string;
  reasons: Reason[];
  at: Instant;
}

/** The hashed part of an attempt. */
export interface AttemptSeal {
  number: number;
  caseId: string | null;
  person: string;
  command: string;
  rule: string | null;
  at: string;
  payloadHash: string;
  prevHash: string;
}

export function attemptHash(seal: AttemptSeal): string {
  return sha256(canonicalJson(seal));
}

export async function recordAttempt(client: PoolClient, { caseId, person, command, reasons, at }: AttemptDraft): Promise<void> {
  const previous = await lockStream(client, ATTEMPTS_STREAM);
  const salt = newSalt();
  const rule = reasons.map((each) => ('rule' in each ? each.rule : null)).find((each) => each !== null) ?? null;
  const seal = { number: previous.version + 1, caseId, person, command, rule, at, payloadHash: payloadHash(salt, reasons), prevHash: previous.hash };
  const hash = attemptHash(seal);
  await client.query(
    `INSERT INTO attempt (number, case_id, person, command, rule, at, salt, reasons, payload_hash, prev_hash, hash)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [seal.number, caseId, person, command, rule, at, salt, JSON.stringify(reasons), seal.payloadHash, seal.prevHash, hash],
  );
  await moveStream(client, { stream: ATTEMPTS_STREAM, version: seal.number, hash });
}
