import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** Open risks on which these assessments work and that the reader may see, by reference. */
export async function risksOfAssessments(pool: Pool, reader: Reader, assessments: readonly CaseId[]): Promise<CaseFile<RiskDocument>[]> {
  const { rows } = await pool.query<{ file: CaseFile<RiskDocument> }>({
    name: 'risks-of-assessments',
    text: `SELECT h.file FROM case_key k JOIN case_head h ON h.id = k.case_id
      WHERE k.key = 'assessment' AND k.value = ANY($1::text[]) AND h.process = 'risk' AND h.settled IS NULL AND ${seenUnder('$2')} ORDER BY h.ref COLLATE "C"`,
    values: [assessments, reader.sees],
  });
  return rows.map(({ file }) => file);
}
