import type { PoolClient } from 'pg';
import { GENESIS } from './chain.ts';

/** Newest version and hash of a stream that is no case; locked by whoever is about to append. */
export interface StreamHead {
  stream: string;
  version: number;
  hash: string;
}

export async function lockStream(client: PoolClient, stream: string): Promise<StreamHead> {
  await client.query('INSERT INTO stream_head (stream, version, hash) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING', [stream, GENESIS]);
  const { rows } = await client.query<StreamHead>('SELECT stream, version, hash FROM stream_head WHERE stream = $1 FOR UPDATE', [stream]);
  return rows[0]!;
}

export async function moveStream(client: PoolClient, { stream, version, hash }: StreamHead): Promise<void> {
  await client.query('UPDATE stream_head SET version = $2, hash = $3 WHERE stream = $1', [stream, version, hash]);
}
