import type { Pool } from 'pg';
import type { CaseId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { SealProof } from '../../contracts/seal.ts';
import type { Proofs } from '../journal/seals.ts';
import { ATTEMPTS_STREAM } from '../journal/streams.ts';

/** What the journal has of cases, as evidence packs hand it out: all that was hashed, so that it can be hashed again. */

export interface PackedEntry {
  stream: string;
  version: number;
  type: string;
  at: string;
  localAt: string;
  actor: string | null;
  onBehalfOf: string | null;
  role: string;
  from: string | null;
  to: string;
  definition: string;
  payloadHash: string;
  prevHash: string;
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

export interface PackedAttempt {
  number: number;
  caseId: CaseId | null;
  person: string;
  command: string;
  rule: string | null;
  at: string;
  payloadHash: string;
  prevHash: string;
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

/** Bytes of stored evidence by their SHA-256; links have none. */
export async function evidenceBytes(pool: Pool, hashes: readonly string[]): Promise<{ sha256: string; bytes: Buffer }[]> {
  const { rows } = await pool.query<{ sha256: string; bytes: Buffer }>('SELECT sha256, bytes FROM evidence_content WHERE sha256 = ANY($1) ORDER BY sha256', [hashes]);
  return rows;
}

/** Evidence that these cases name, in their lists or in their documents. */
export async function evidenceOf(pool: Pool, cases: readonly CaseId[]): Promise<string[]> {
  const { rows } = await pool.query<{ sha256: string }>(
    `SELECT DISTINCT m.match[1] AS sha256 FROM case_head h, regexp_matches(h.file::text, '"([0-9a-f]{64})"', 'g') AS m(match)
     JOIN evidence_content c ON c.sha256 = m.match[1] WHERE h.id = ANY($1::uuid[]) ORDER BY 1`,
    [cases],
  );
  return rows.map(({ sha256 }) => sha256);
}
