import type { Pool } from 'pg';
import type { LocalDate } from '../../contracts/identity.ts';
import type { DatedAudit } from '../../domain/exchange/calendar-entries.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** When audits take place, as far as the reader may see them. */

const opened = `
SELECT h.id, h.ref, NULL AS key, h.title, h.state, h.about->>'from' AS "from", h.about->>'until' AS until, h.updated_at AS "updatedAt"
FROM case_head h WHERE h.process = 'audit' AND h.settled IS DISTINCT FROM 'cancelled' AND ${seenUnder('$1')}`;

/** Of what top management has approved, those that have not begun: these are cases of their own. */
const planned = `
SELECT h.id, h.ref, a->>'key' AS key, a->>'title' AS title, 'planned' AS state, a->'window'->>'from' AS "from", a->'window'->>'until' AS until, h.updated_at AS "updatedAt"
FROM case_head h, jsonb_array_elements(CASE jsonb_typeof(h.file->'document'->'inForce'->'audits') WHEN 'array' THEN h.file->'document'->'inForce'->'audits' ELSE '[]' END) a
WHERE h.process = 'auditProgramme' AND h.settled IS NULL AND a->>'state' = 'planned' AND ${seenUnder('$1')}`;

/** Those that end on that day or later, in the order of their days. */
export async function auditDates(pool: Pool, { reader, since }: { reader: Reader; since: LocalDate }): Promise<DatedAudit[]> {
  const { rows } = await pool.query<Omit<DatedAudit, 'updatedAt'> & { updatedAt: Date }>(
    `SELECT * FROM (${opened} UNION ALL ${planned}) dated WHERE until >= $2 ORDER BY "from", ref COLLATE "C", key COLLATE "C"`,
    [reader.sees, since],
  );
  return rows.map(({ updatedAt, ...row }) => ({ ...row, updatedAt: updatedAt.toISOString() }));
}
