import type { Pool } from 'pg';
import type { CaseId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { SealProof } from '../../contracts/seal.ts';
import type { AttemptSeal } from '../journal/attempts.ts';
import type { EntrySeal } from '../journal/chain.ts';
import type { Proofs } from '../journal/seals.ts';
import { ATTEMPTS_STREAM } from '../journal/streams.ts';

/** What the journal has of cases, as evidence packs hand it out: all that was hashed, so that it can be hashed again. */

export interface PackedEntry extends EntrySeal {
  hash: string;
  salt: string;
  /** Null where it was redacted. */
  payload: Json;
}

export interface PackedStream {
  stream: CaseId;
  ref: string;
  process: string;
  title: string;
  entries: PackedEntry[];
  proof: SealProof | null;
}

type Row = Omit<PackedEntry, 'at'> & { at: Date };

/** The case with everything that was entered until it was sealed last; null where there is none. */
export async function packedStream(pool: Pool, proofs: Proofs, caseId: CaseId): Promise<PackedStream | null> {
  const head = await pool.query<{ ref: string; process: string; title: string }>('SELECT ref, process, title FROM case_head WHERE id = $1', [caseId]);
  if (!head.rows[0]) return null;
  const proof = await proofs.of(caseId);
  const { rows } = await pool.query<Row>(
    `SELECT e.stream::text, e.version, e.type, e.at, e.local_at AS "localAt", e.actor, e.on_behalf_of AS "onBehalfOf", e.role, e.from_state AS "from", e.to_state AS "to",
            e.definition, e.payload_hash AS "payloadHash", e.prev_hash AS "prevHash", e.hash, p.salt, p.payload
     FROM entry e JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version WHERE e.stream = $1 AND e.version <= $2 ORDER BY e.version`,
    [caseId, proof?.head.version ?? 0],
  );
  return { stream: caseId, ...head.rows[0], entries: rows.map((row) => ({ ...row, at: row.at.toISOString() })), proof };
}

export interface PackedAttempt extends AttemptSeal {
  hash: string;
  salt: string;
  reasons: Json;
  proof: SealProof;
}

/** Attempts on these cases that were refused, as far as they are sealed. */
export async function packedAttempts(pool: Pool, proofs: Proofs, cases: readonly CaseId[]): Promise<PackedAttempt[]> {
  const { rows } = await pool.query<Omit<PackedAttempt, 'at' | 'proof'> & { at: Date }>(
    `SELECT a.number, a.case_id::text AS "caseId", a.person, a.command, a.rule, a.at, a.payload_hash AS "payloadHash", a.prev_hash AS "prevHash", a.hash, a.salt, a.reasons
     FROM attempt a JOIN seal_leaf l ON l.stream = $1 AND l.version = a.number WHERE a.case_id = ANY($2::uuid[]) ORDER BY a.number`,
    [ATTEMPTS_STREAM, cases],
  );
  return Promise.all(rows.map(async (row) => ({ ...row, at: row.at.toISOString(), proof: (await proofs.of(ATTEMPTS_STREAM, row.number))! })));
}

export interface PackedEvidence {
  sha256: string;
  bytes: Buffer;
}

/** Stored evidence that these cases name, in their lists or in their documents. */
export async function packedEvidence(pool: Pool, cases: readonly CaseId[]): Promise<PackedEvidence[]> {
  const { rows } = await pool.query<PackedEvidence>(
    `SELECT c.sha256, c.bytes FROM evidence_content c WHERE c.sha256 IN (
       SELECT m.match[1] FROM case_head h, regexp_matches(h.file::text, '"([0-9a-f]{64})"', 'g') AS m(match) WHERE h.id = ANY($1::uuid[]))
     ORDER BY c.sha256`,
    [cases],
  );
  return rows;
}
