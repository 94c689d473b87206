import { createHash } from 'node:crypto';
import type { EvidenceLink } from '../contracts/evidence.ts';
import type { Instant } from '../contracts/identity.ts';

/** What a story says was found under an address: nothing is asked for it, and there is nothing else behind it. */
export function linkRecord(url: string, bytes: Uint8Array, checkedAt: Instant): EvidenceLink {
  const contentSha256 = createHash('sha256').update(bytes).digest('hex');
  return { url, finalUrl: url, status: 200, mediaType: 'text/plain', contentSha256, bytes: bytes.byteLength, whole: true, checkedAt };
}
