import type { Instant } from './identity.ts';

/**
 * Seals (design.md "Trust"): at intervals everything that is new in the journal is put under one signature, and each seal names the
 * one before it. What is sealed cannot be cut off or written anew without the key; a seal that left the house proves it.
 */

/** The newest entry of a stream, or one refused attempt, as it is sealed. `hash` covers all before it in the stream. */
export interface SealedHead {
  stream: string;
  version: number;
  hash: string;
}

/** What is signed. */
export interface SealHeader {
  /** 1, 2, 3 … without a gap. */
  number: number;
  at: Instant;
  /** Id of the key. */
  key: string;
  /** How many heads, and the root of the Merkle tree over them in the order of stream and version (`domain/seal/merkle.ts`). */
  heads: number;
  root: string;
  /** Hash of the seal before; 64 zeros for the first. */
  previous: string;
}

export interface Seal extends SealHeader {
  /** SHA-256 of the canonical JSON of the header, lower-case hex. */
  hash: string;
  /** Ed25519 over `isms seal ` + hash, base64. */
  signature: string;
}

/** A public key. Each but the first is introduced by the one before it, so that whoever knows one of them knows the later ones. */
export interface SealKey {
  /** SHA-256 of the public key (SPKI, DER), lower-case hex. */
  id: string;
  /** SPKI, DER, base64. */
  publicKey: string;
  /** First seal that it signs; the key before signs those up to it. */
  fromSeal: number;
  introducedBy: string | null;
  /** Ed25519 of the introducing key over `isms key ` + id + ` from ` + fromSeal, base64. */
  introduction: string | null;
}

/** That a head is under a seal: from the leaf up, each with what stands beside it. */
export interface SealProof {
  head: SealedHead;
  seal: number;
  path: { side: 'left' | 'right'; hash: string }[];
}
