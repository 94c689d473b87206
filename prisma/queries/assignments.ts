import type { Pool } from 'pg';
import type { PersonId, UnitId } from '../../contracts/identity.ts';

/** How many open cases name the person in a party. */
export async function openAssignments(pool: Pool, people: readonly PersonId[]): Promise<Map<PersonId, number>> {
  const { rows } = await pool.query<{ person: PersonId; count: number }>(
    `SELECT p.person, count(DISTINCT p.case_id)::int AS count FROM case_party p JOIN case_head h ON h.id = p.case_id
     WHERE p.person = ANY($1::text[]) AND h.settled IS NULL AND h.process <> 'departure' GROUP BY p.person`,
    [people],
  );
  return new Map(rows.map(({ person, count }) => [person, count]));
}

/** How many open cases belong to the unit. */
export async function openCasesOfUnits(pool: Pool, units: readonly UnitId[]): Promise<Map<UnitId, number>> {
  const { rows } = await pool.query<{ unit: UnitId; count: number }>(
    'SELECT unit, count(*)::int AS count FROM case_head WHERE unit = ANY($1::text[]) AND settled IS NULL GROUP BY unit',
    [units],
  );
  return new Map(rows.map(({ unit, count }) => [unit, count]));
}
