import type { Pool } from 'pg';
import type { AcceptanceDocument } from '../../contracts/acceptance.ts';
import type { CaseFile, Deadline } from '../../contracts/case-file.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { OwnedAcceptance } from '../../contracts/my-risks.ts';
import type { Reader } from './reader.ts';
import { seenUnder } from './sight.ts';

/** Acceptances of these risks that have not ended, as far as the reader may see them; the one in force first. */
export async function openAcceptances(pool: Pool, reader: Reader, risks: readonly CaseId[]): Promise<Map<CaseId, OwnedAcceptance[]>> {
  const { rows } = await pool.query<{ file: CaseFile<AcceptanceDocument>; inForce: boolean }>({
    name: 'risk-acceptances',
    text: `SELECT h.file, h.about->>'inEffect' = 'yes' AS "inForce" FROM case_key k JOIN case_head h ON h.id = k.case_id
      WHERE k.key = 'risk' AND k.value = ANY($1::text[]) AND h.process = 'acceptance' AND h.settled IS NULL AND ${seenUnder('$2')} ORDER BY 2 DESC, h.ref COLLATE "C"`,
    values: [risks, reader.sees],
  });
  const found = new Map<CaseId, OwnedAcceptance[]>();
  for (const { file, inForce } of rows) found.set(file.document.risk, [...(found.get(file.document.risk) ?? []), acceptanceOf(file, inForce)]);
  return found;
}

function acceptanceOf({ id, ref, state, document, deadlines }: CaseFile<AcceptanceDocument>, inForce: boolean): OwnedAcceptance {
  const { kind, level, from, until, withinCriteria } = document;
  return { id, ref, kind, state, level, inForce, from, until, withinCriteria, expiry: expiryOf(inForce ? deadlines['validity'] : undefined) };
}

/** How far the reminders of its end have come (rules §18: 90, 30 and 7 days before it). */
function expiryOf(validity: Deadline | undefined): OwnedAcceptance['expiry'] {
  const steps = validity?.steps ?? [];
  const reached = steps.findLast(({ firedAt }) => firedAt !== null);
  const next = steps.find(({ firedAt }) => firedAt === null);
  return { reached: reached ? { step: reached.step, at: reached.firedAt! } : null, next: next ? { step: next.step, at: next.at } : null };
}
