import type { Instant, LocalDate } from './identity.ts';

/** Evidence packs: what is handed to an outsider, who checks it without the engine (`verifier/verify-pack.mjs`, docs/evidence-packs.md). */

export interface PackedFile {
  /** With slashes, e.g. `evidence/<sha256>`; unique in the pack. */
  path: string;
  content: Buffer;
}

export interface PackManifest {
  format: 'isms-engine evidence pack';
  version: 1;
  title: string;
  organisation: string;
  madeAt: Instant;
  /** Person id, or `operator`. */
  madeBy: string;
  period: { from: LocalDate; until: LocalDate } | null;
  /** Every file but this one and its signature, in the order of the archive. */
  files: { path: string; bytes: number; sha256: string }[];
  /** SHA-256 of all evidence that is packed. */
  attachments: string[];
  /** Newest seal of the pack. */
  seal: { number: number; hash: string };
  /** Id of the key that signs `isms pack ` + SHA-256 of this file. */
  key: string;
}
