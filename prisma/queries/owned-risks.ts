import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import { pageOf } from './cursor.ts';
import type { Page } from './cursor.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** Reference of the last risk of the page before. */
export const ownedRisksKey = z.tuple([z.string()]);

export interface OwnedRisksQuestion {
  reader: Reader;
  owner: PersonId;
  limit: number;
  after: z.infer<typeof ownedRisksKey> | null;
}

/** Open risks of this owner that the reader may see, by reference. */
export async function ownedRisks(pool: Pool, { reader, owner, limit, after }: OwnedRisksQuestion): Promise<Page<CaseFile<RiskDocument>>> {
  const { rows } = await pool.query<{ file: CaseFile<RiskDocument> }>({
    name: 'owned-risks',
    text: `SELECT h.file FROM case_party p JOIN case_head h ON h.id = p.case_id
      WHERE p.person = $1 AND p.role = 'owner' AND h.process = 'risk' AND h.settled IS NULL AND ${seenUnder('$2')} AND h.ref COLLATE "C" > $3
      ORDER BY h.ref COLLATE "C" LIMIT $4`,
    values: [owner, reader.sees, after?.[0] ?? '', limit + 1],
  });
  return pageOf(rows, { limit, item: ({ file }) => file, key: ({ file }) => [file.ref] });
}
