import type { Pool } from 'pg';

/** Last day off that each calendar names; null where it names none. Beyond it working days are counted wrongly. */
export async function calendarEnds(pool: Pool): Promise<{ calendar: string; until: string | null }[]> {
  const { rows } = await pool.query<{ calendar: string; until: string | null }>(
    `SELECT c->>'id' AS calendar, (SELECT max(day) FROM jsonb_object_keys(c->'holidays') AS day) AS until
     FROM organisation_revision o, jsonb_array_elements(o.data->'calendars') AS c
     WHERE o.revision = (SELECT max(revision) FROM organisation_revision) ORDER BY 1`,
  );
  return rows;
}
