import { createHash, randomBytes } from 'node:crypto';
import { canonicalJson } from '../../domain/kernel/canonical.ts';

/** The chain: each entry hashes what it says and its predecessor in the stream (design.md "Trust"). Pure, so that a verifier can use it alone. */

/** Predecessor of a stream's first entry, and of the first seal. */
export const GENESIS = '0'.repeat(64);

/** The hashed part of an entry: ids, times and hashes; nothing that redaction would have to touch. */
export interface EntrySeal {
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
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What was said is hashed with a salt, so that a redacted text cannot be guessed from its hash. */
export function payloadHash(salt: string, payload: unknown): string {
  return sha256(salt + canonicalJson(payload));
}

export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

export function entryHash(seal: EntrySeal): string {
  return sha256(canonicalJson(seal));
}
