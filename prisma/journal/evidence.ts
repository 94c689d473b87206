import { createHash } from 'node:crypto';
import type { PersonId } from '../../contracts/identity.ts';
import type { JournalContext } from './context.ts';

/** Evidence bytes, addressed by what they are: what is stored is what was hashed (rules §4.7). */
export interface EvidenceUpload {
  bytes: Buffer;
  name: string;
  mediaType: string;
  person: PersonId;
}

/** Zero bytes prove nothing and are refused before this is called; the same bytes again are the same evidence. */
export async function storeEvidence({ pool, clock }: JournalContext, { bytes, name, mediaType, person }: EvidenceUpload): Promise<{ sha256: string; size: number }> {
  if (bytes.length === 0) throw new RangeError('evidence has no bytes');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await pool.query(
    `INSERT INTO evidence_content (sha256, bytes, size, media_type, name, uploaded_by, uploaded_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [sha256, bytes, bytes.length, mediaType, name, person, clock()],
  );
  return { sha256, size: bytes.length };
}
