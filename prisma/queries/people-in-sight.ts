import type { Pool } from 'pg';
import type { PersonId } from '../../contracts/identity.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** The reader, and who has a part in a case that the reader sees. */
export async function peopleInSight(pool: Pool, reader: Reader): Promise<ReadonlySet<PersonId>> {
  const { rows } = await pool.query<{ person: PersonId }>(
    `SELECT DISTINCT substr(v, length('person:') + 1) AS person FROM case_head h, unnest(h.viewers) v WHERE v LIKE 'person:%' AND ${seenUnder('$1')}`,
    [reader.sees],
  );
  return new Set([reader.person, ...rows.map(({ person }) => person)]);
}
