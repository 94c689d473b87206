import type { PoolClient } from 'pg';
import type { Seal, SealKey, SealProof, SealedHead } from '../../contracts/seal.ts';
import { treeOf } from '../../domain/seal/merkle.ts';
import type { MerkleTree } from '../../domain/seal/merkle.ts';
import { introductionText, keyFor, keyIdOf, sealHash, sealText } from '../../domain/seal/seal.ts';
import { GENESIS } from './chain.ts';
import type { JournalContext } from './context.ts';
import { recordOperationIn } from './operations.ts';
import { ATTEMPTS_STREAM } from './streams.ts';
import { inTransaction } from './transaction.ts';

/** Sealing: everything new in the journal under one signature, one seal at a time. */

/** The private part never comes here. */
export interface SealingKey {
  /** SPKI, DER, base64. */
  publicKey: string;
  /** Ed25519 of the text, base64. */
  sign(text: string): string;
}

/** The journal is sealed with another key than the one at hand. */
export class OtherSealKey extends Error {
  constructor(expected: string, found: string) {
    super(`the journal is sealed with key ${expected.slice(0, 16)}, not with ${found.slice(0, 16)}: use that key, or hand over with isms seal rotate`);
    this.name = 'OtherSealKey';
  }
}

const SEALING = 27_001_003;

/** Seals what is new; null where nothing is. @throws OtherSealKey */
export function seal({ pool, clock }: JournalContext, key: SealingKey): Promise<Seal | null> {
  return inTransaction(pool, async (client) => {
    const { previous, keys } = await lockSeals(client);
    const number = previous.number + 1;
    const id = await ensureKey(client, key, keyFor(number, keys));
    const heads = await newHeads(client);
    if (heads.length === 0) return null;
    const header = { number, at: clock(), key: id, heads: heads.length, root: treeOf(heads).root, previous: previous.hash };
    const hash = sealHash(header);
    const made = { ...header, hash, signature: key.sign(sealText(hash)) };
    await store(client, made, heads);
    return made;
  });
}

interface Rotation {
  present: SealingKey;
  next: SealingKey;
  reason: string;
}

/**
 * The next seals are signed with another key, which the present one introduces; what is new goes under a last seal of the present one.
 * @throws OtherSealKey
 */
export async function rotateSealKey(context: JournalContext, { present, next, reason }: Rotation): Promise<SealKey> {
  await seal(context, present);
  return inTransaction(context.pool, async (client) => {
    const { previous, keys } = await lockSeals(client);
    const introducedBy = await ensureKey(client, present, keyFor(previous.number, keys));
    const handed = { id: keyIdOf(next.publicKey), publicKey: next.publicKey, fromSeal: previous.number + 1, introducedBy };
    const introduction = present.sign(introductionText(handed));
    await insertKey(client, { ...handed, introduction });
    await recordOperationIn(context, client, { type: 'SEAL_KEY_ROTATED', actor: 'operator', reason, body: { from: introducedBy, to: handed.id } });
    return { ...handed, introduction };
  });
}

interface SealsSoFar {
  previous: { number: number; hash: string };
  keys: SealKey[];
}

async function lockSeals(client: PoolClient): Promise<SealsSoFar> {
  await client.query('SELECT pg_advisory_xact_lock($1::bigint)', [SEALING]);
  const { rows } = await client.query<{ number: number; hash: string }>('SELECT number, hash FROM seal ORDER BY number DESC LIMIT 1');
  return { previous: rows[0] ?? { number: 0, hash: GENESIS }, keys: await sealKeys(client) };
}

/** The first key is taken as it comes; every later one has to be introduced. */
async function ensureKey(client: PoolClient, { publicKey }: SealingKey, expected: SealKey | undefined): Promise<string> {
  const id = keyIdOf(publicKey);
  if (expected === undefined) await insertKey(client, { id, publicKey, fromSeal: 1, introducedBy: null, introduction: null });
  else if (expected.id !== id) throw new OtherSealKey(expected.id, id);
  return id;
}

async function insertKey(client: PoolClient, { id, publicKey, fromSeal, introducedBy, introduction }: SealKey): Promise<void> {
  const values = [id, publicKey, fromSeal, introducedBy, introduction];
  await client.query('INSERT INTO seal_key (id, public_key, from_seal, introduced_by, introduction) VALUES ($1, $2, $3, $4, $5)', values);
}

/** Newest entry of every stream that has gone on, and every attempt since, as one moment shows them. */
async function newHeads(client: PoolClient): Promise<SealedHead[]> {
  const { rows } = await client.query<SealedHead>(
    `SELECT stream::text, version, hash FROM (
       SELECT id AS stream, version, hash FROM case_head
       UNION ALL SELECT stream, version, hash FROM stream_head WHERE stream <> $1 AND version > 0
       UNION ALL SELECT $1::uuid, number, hash FROM attempt) h
     WHERE NOT EXISTS (SELECT FROM seal_leaf l WHERE l.stream = h.stream AND l.version = h.version)
     ORDER BY stream, version`,
    [ATTEMPTS_STREAM],
  );
  return rows;
}

async function store(client: PoolClient, { number, at, key, heads: count, root, previous, hash, signature }: Seal, heads: readonly SealedHead[]): Promise<void> {
  const values = [number, at, key, count, root, previous, hash, signature];
  await client.query('INSERT INTO seal (number, at, key, heads, root, previous, hash, signature) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', values);
  await client.query(
    `INSERT INTO seal_leaf (seal, n, stream, version, hash)
     SELECT $1, (h.ordinality - 1)::int, (h.row->>'stream')::uuid, (h.row->>'version')::int, h.row->>'hash' FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS h(row, ordinality)`,
    [number, JSON.stringify(heads)],
  );
}

type Queries = Pick<PoolClient, 'query'>;

/** Public keys in the order in which they seal. */
export async function sealKeys(client: Queries): Promise<SealKey[]> {
  const { rows } = await client.query<SealKey>(
    'SELECT id, public_key AS "publicKey", from_seal AS "fromSeal", introduced_by AS "introducedBy", introduction FROM seal_key ORDER BY from_seal',
  );
  return rows;
}

/** Seals in their order, behind that number. */
export async function sealsAfter(client: Queries, number: number, limit: number): Promise<Seal[]> {
  const { rows } = await client.query<Omit<Seal, 'at'> & { at: Date }>('SELECT * FROM seal WHERE number > $1 ORDER BY number LIMIT $2', [number, limit]);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** What a seal is over, in its order. */
export async function headsOf(client: Queries, number: number): Promise<SealedHead[]> {
  const { rows } = await client.query<SealedHead>('SELECT stream::text, version, hash FROM seal_leaf WHERE seal = $1 ORDER BY n', [number]);
  return rows;
}

export interface Proofs {
  /** That a stream is under a seal, as far as it was sealed last, or at that version; null where it never was. */
  of(stream: string, version?: number): Promise<SealProof | null>;
}

/** Each seal is read once, however many heads of it are to be shown. */
export function createProofs(client: Queries): Proofs {
  const known = new Map<number, Promise<SealedTree>>();
  const treeOfSeal = (seal: number) => known.get(seal) ?? keep(seal, readTree(client, seal));
  const keep = (seal: number, tree: Promise<SealedTree>) => (known.set(seal, tree), tree);
  return {
    async of(stream, version) {
      const at = await leafAt(client, stream, version);
      if (!at) return null;
      const { heads, tree } = await treeOfSeal(at.seal);
      return { head: heads[at.n]!, seal: at.seal, path: tree.pathOf(at.n) };
    },
  };
}

interface SealedTree {
  heads: SealedHead[];
  tree: MerkleTree;
}

async function readTree(client: Queries, seal: number): Promise<SealedTree> {
  const heads = await headsOf(client, seal);
  return { heads, tree: treeOf(heads) };
}

async function leafAt(client: Queries, stream: string, version?: number): Promise<{ seal: number; n: number } | undefined> {
  const { rows } = await client.query<{ seal: number; n: number }>(
    'SELECT seal, n FROM seal_leaf WHERE stream = $1 AND ($2::int IS NULL OR version = $2) ORDER BY version DESC LIMIT 1',
    [stream, version ?? null],
  );
  return rows[0];
}
