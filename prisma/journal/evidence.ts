import { createHash } from 'node:crypto';
import type { EvidenceLink } from '../../contracts/evidence.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import type { JournalContext } from './context.ts';

/** Evidence bytes, addressed by what they are: what is stored is what was hashed (rules §4.7). */
export interface EvidenceUpload {
  bytes: Buffer;
  name: string;
  mediaType: string;
  person: PersonId;
}

/** What was found under an address; who asked for it. */
export interface EvidenceLinkUpload {
  link: EvidenceLink;
  person: PersonId;
}

interface Stored {
  sha256: string;
  size: number;
}

/** Zero bytes prove nothing and are refused before this is called; the same bytes again are the same evidence. */
export async function storeEvidence({ pool, clock }: JournalContext, { bytes, name, mediaType, person }: EvidenceUpload): Promise<Stored> {
  if (bytes.length === 0) throw new RangeError('evidence has no bytes');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await pool.query(
    `INSERT INTO evidence_content (sha256, bytes, size, media_type, name, uploaded_by, uploaded_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [sha256, bytes, bytes.length, mediaType, name, person, clock()],
  );
  return { sha256, size: bytes.length };
}

/** The record of what was found is the evidence: its bytes are hashed and kept like those of a file. */
export async function storeEvidenceLink(context: JournalContext, { link, person }: EvidenceLinkUpload): Promise<Stored> {
  const bytes = Buffer.from(canonicalJson(link));
  const stored = await storeEvidence(context, { bytes, name: `${new URL(link.url).hostname}.json`, mediaType: 'application/json', person });
  await context.pool.query('UPDATE evidence_content SET link = $2 WHERE sha256 = $1 AND link IS NULL', [stored.sha256, JSON.stringify(link)]);
  return stored;
}
