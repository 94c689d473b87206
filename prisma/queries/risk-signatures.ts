import type { Pool } from 'pg';
import type { CaseId } from '../../contracts/identity.ts';
import type { RiskSignature } from '../../contracts/my-risks.ts';
import type { SignedOver } from '../../domain/risk/what-changed.ts';

/** The last entry by which an owner put his or her name under a risk. */
export interface LastSignature extends RiskSignature {
  risk: CaseId;
  /** Place of the entry in the journal: what the risk said before it is what was signed. */
  seq: string;
  over: SignedOver;
}

const entry = `e.seq::text AS seq, e.stream AS "caseId", e.type AS command, e.at`;

/**
 * Three kinds of signatures: the confirmation of risks in an assessment, that of a risk of an earlier register, and acceptances: those decided
 * apart by the owner, and those that the approval of a plan has signed. (The acceptance within the criteria follows from a confirmation.)
 */
const signatures = `
SELECT DISTINCT ON (s.risk) s.*, h.ref, h.process FROM (
  SELECT l.to_case AS risk, 'PROPOSAL' AS over, ${entry}, e.actor AS by, e.on_behalf_of AS "onBehalfOf"
  FROM case_link l JOIN entry e ON e.stream = l.from_case AND e.type = 'CONFIRM' JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version
  WHERE l.type = 'assesses' AND l.to_case = ANY($1::uuid[]) AND p.payload->'body'->'risks' @> jsonb_build_array(jsonb_build_object('risk', l.to_case))
  UNION ALL
  SELECT e.stream, 'PROPOSAL', ${entry}, e.actor, e.on_behalf_of FROM entry e WHERE e.stream = ANY($1::uuid[]) AND e.type = 'CONFIRM_MIGRATED'
  UNION ALL
  SELECT k.value::uuid, CASE h.about->>'kind' WHEN 'RESIDUAL' THEN 'RESIDUAL' ELSE 'CURRENT' END, ${entry},
    coalesce(signed.by->>'person', e.actor), CASE WHEN signed.by IS NULL THEN e.on_behalf_of ELSE signed.by->>'onBehalfOf' END
  FROM case_key k JOIN case_head h ON h.id = k.case_id AND h.process = 'acceptance'
    JOIN entry e ON e.stream = h.id AND e.type IN ('OPENED', 'APPROVE', 'CONFIRM_TAKEN_OVER', 'CONFIRM_TAKEOVER')
    JOIN entry_payload p ON p.stream = e.stream AND p.version = e.version
    LEFT JOIN LATERAL (SELECT s AS by FROM jsonb_array_elements(CASE WHEN e.type = 'OPENED' AND h.about->>'kind' IN ('INTERIM', 'RETAINED') THEN p.payload->'body'->'signedBy' END) s
      WHERE s->>'role' = 'RISK_OWNER' LIMIT 1) signed ON true
  WHERE k.key = 'risk' AND k.value = ANY($1::text[]) AND CASE e.type
    WHEN 'OPENED' THEN signed.by IS NOT NULL
    WHEN 'APPROVE' THEN p.payload->'happenings' @> '[{"kind": "decided", "seat": "riskOwner", "verdict": "APPROVE"}]'
    ELSE true END
) s JOIN case_head h ON h.id = s."caseId" ORDER BY s.risk, s.seq::bigint DESC`;

type Row = Omit<LastSignature, 'at' | 'case'> & { at: Date; caseId: CaseId; ref: string; process: string };

export async function lastSignatures(pool: Pool, risks: readonly CaseId[]): Promise<LastSignature[]> {
  const { rows } = await pool.query<Row>({ name: 'risk-signatures', text: signatures, values: [risks] });
  return rows.map(({ at, caseId: id, ref, process, ...row }) => ({ ...row, at: at.toISOString(), case: { id, ref, process } }));
}
