import type { PoolClient } from 'pg';
import type { Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { localIso } from '../../domain/calendar/due.ts';
import { entryHash, newSalt, payloadHash } from './chain.ts';
import { moveStream } from './stream-heads.ts';
import type { StreamHead } from './stream-heads.ts';

/** An entry of a stream that is no case: who did what to the engine itself, and why. */
export interface StreamEntry {
  type: string;
  at: Instant;
  /** Of the organisation, for the local time. */
  zone: string;
  /** Person id, or `operator` for who works on the machine itself. */
  actor: string;
  role: string;
  to: string;
  definition: string;
  payload: { body: Json; reason: string };
}

/** Appends behind the head, which the caller has locked; answers the entry's version. */
export async function appendToStream(
  client: PoolClient,
  head: StreamHead,
  entry: StreamEntry,
): Promise<number> {
  const { stream } = head;
  const { type, at, zone, actor, role, to, definition, payload } = entry;
  const version = head.version + 1;
  const localAt = localIso(at, zone);
  const salt = newSalt();
  const hashes = { payloadHash: payloadHash(salt, payload), prevHash: head.hash };
  const seal = {
    stream,
    version,
    type,
    at,
    localAt,
    actor,
    onBehalfOf: null,
    role,
    from: null,
    to,
    definition,
    ...hashes,
  };
  const hash = entryHash(seal);
  await client.query(
    `WITH e AS (INSERT INTO entry (stream, version, type, at, local_at, actor, role, to_state, definition, payload_hash, prev_hash, hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12))
     INSERT INTO entry_payload (stream, version, salt, payload) VALUES ($1, $2, $13, $14)`,
    [
      stream,
      version,
      type,
      at,
      localAt,
      actor,
      role,
      to,
      definition,
      hashes.payloadHash,
      hashes.prevHash,
      hash,
      salt,
      JSON.stringify(payload),
    ],
  );
  await moveStream(client, { stream, version, hash });
  return version;
}
