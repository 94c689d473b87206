import type { Pool } from 'pg';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

export interface EvidenceBytes {
  bytes: Buffer;
  name: string;
  mediaType: string;
}

const columns = 'e.bytes, e.name, e.media_type AS "mediaType"';

/** Evidence that this person uploaded. */
export async function findOwnEvidence(
  pool: Pool,
  person: PersonId,
  sha256: string,
): Promise<EvidenceBytes | null> {
  const { rows } = await pool.query<EvidenceBytes>(
    `SELECT ${columns} FROM evidence_content e WHERE e.sha256 = $1 AND e.uploaded_by = $2`,
    [sha256, person],
  );
  return rows[0] ?? null;
}

export interface CaseEvidenceQuestion {
  reader: Reader;
  caseId: CaseId;
  sha256: string;
}

/** Evidence that a case names, in its evidence list or in its document, for whoever may see the case. */
export async function findEvidenceOfCase(
  pool: Pool,
  { reader, caseId, sha256 }: CaseEvidenceQuestion,
): Promise<EvidenceBytes | null> {
  const { rows } = await pool.query<EvidenceBytes>(
    `SELECT ${columns} FROM evidence_content e JOIN case_head h ON h.id = $2 AND ${seenUnder('$3')}
     WHERE e.sha256 = $1 AND position($1 IN h.file::text) > 0`,
    [sha256, caseId, reader.sees],
  );
  return rows[0] ?? null;
}
