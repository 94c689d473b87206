import type { AssessedRisk, AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { localDate } from '../calendar/due.ts';
import type { Follow, View } from '../kernel/definition.ts';
import type { FactQuery } from '../kernel/facts.ts';
import { risksOf } from './included.ts';

/** What becomes of a risk that its owner has confirmed: it holds, is accepted within the criteria, or is treated (rules §5, §14 L1). */

type Sees = View<AssessmentDocument, never>;

export function adopt({ file }: Sees, { risk, contentHash }: AssessedRisk): Follow {
  return { kind: 'command', to: risk, command: 'ADOPT', body: { assessment: file.id, contentHash } };
}

/** The owner's signature under an acceptable risk is its acceptance, until the next planned assessment; it takes effect now (rules §18). */
export function accept(view: Sees, row: AssessedRisk): Follow[] {
  const { file, doc } = view;
  if (row.decision !== 'ACCEPTABLE') return [];
  const { risk, ref: riskRef, title, unit, owner, level, contentHash, confirmedBy, confirmedAt: at } = row;
  const category = risksOf(view).find(({ id }) => id === risk)?.about.category ?? null;
  const signature = { person: confirmedBy, role: 'RISK_OWNER', at, source: file.ref, ...(confirmedBy !== owner && { onBehalfOf: owner }) };
  const payload = {
    ...{ risk, riskRef, title, unit, owner, kind: 'WITHIN_CRITERIA', level, criteria: doc.criteria, contentHash, signedBy: [signature] },
    ...{ ratedOn: localDate(at, file.zone), reason: `Within the criteria, as the owner has confirmed in ${file.ref}` },
    ...(category !== null && { category }),
  } as Json;
  return [{ follow: 'open', process: 'acceptance', payload, link: 'acceptance', awaited: false, object: `${file.id}:${risk}:acceptance` }];
}

/** Who holds the plan of each risk; asked before one is opened. */
export function plansOf(risks: readonly CaseId[]): FactQuery[] {
  return risks.length === 0 ? [] : [{ fact: 'claims', keys: risks.map((risk) => `plan:${risk}`) }];
}

/** L1: a plan for each owner; one that treats the risk already goes on and learns that its basis has changed (rules §5 edge cases). */
export function treat(view: Sees, rows: readonly AssessedRisk[]): Follow[] {
  const { file, facts } = view;
  const planOf = (risk: CaseId) => facts.claims.find(({ key }) => key === `plan:${risk}`)?.caseId;
  const wanted = rows.filter(({ decision }) => decision === 'TREAT');
  const running = [...new Set(rows.flatMap(({ risk }) => planOf(risk) ?? []))];
  const owners = [...new Set(wanted.filter(({ risk }) => !planOf(risk)).map(({ owner }) => owner))].sort();
  return [
    ...running.map((to): Follow => ({ kind: 'command', to, command: 'BASIS_CHANGED', body: { assessment: file.id, assessmentRef: file.ref } })),
    ...owners.map((owner) => plan(file, wanted.filter((row) => row.owner === owner && !planOf(row.risk)))),
  ];
}

function plan(file: Sees['file'], rows: readonly AssessedRisk[]): Follow {
  const [{ risk, unit }] = rows as [AssessedRisk];
  const payload = { risks: rows.map((row) => row.risk), unit, trigger: { kind: 'ASSESSMENT', ref: file.ref } };
  return { follow: 'open', process: 'treatmentPlan', payload, link: 'treatmentPlan', awaited: false, object: `${file.id}:${risk}:plan` };
}
