import type { Json } from '../../contracts/json.ts';
import type { LapseCause } from '../../contracts/acceptance.ts';
import type { PlannedTreatment, TreatmentPlanBody, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { acceptInterim, acceptResidual, acceptRetained, endInterim, withdrawInterim, lapseInterim, openAcceptance } from './acceptances.ts';
import { actionLinks, caseOf, ownerOf, ownersOf, risksOfAction, treated } from './rules.ts';
import { parts } from './splitting.ts';

/** What follows by itself from a treatment plan (rules §6, L1 to L3): what the risks learn, actions, acceptances, and who is told. */

type Doc = TreatmentPlanDocument;
type Seen = View<Doc>;
type PlanEnd = 'CANCELLED' | 'SUPERSEDED' | 'COMPLETED';

const tellRisk = (to: string, command: string, body: Json): Follow => ({ kind: 'command', to, command, body });

/** A risk that has come to its end needs to know nothing more. */
function openRisks(view: Seen, risks: readonly string[] = view.doc.risks): string[] {
  return risks.filter((risk) => (caseOf(view, risk)?.settled ?? null) === null);
}

function opens(view: Seen): Follow[] {
  const { doc, file } = view;
  if (file.version > 0) return [];
  return doc.risks.map((risk) => tellRisk(risk, 'PLAN_OPENED', { plan: file.id, planRef: file.ref }));
}

/** The plan's actions start; those that a new version has dropped or changed are called off. */
function dispatchActions(view: Seen): Follow[] {
  const wanted = actionLinks(view).map(({ key, link }) => ({ action: view.doc.content!.actions.find((each) => each.key === key)!, link }));
  const hashOf = (action: PlannedTreatment) => contentHash(action);
  const isWaived = ({ key }: PlannedTreatment) => view.doc.waived.some(({ action }) => action === key);
  const isKept = ({ action, link }: (typeof wanted)[number]) => link?.contentHash === hashOf(action) && (caseOf(view, link.to)?.settled !== 'cancelled' || isWaived(action));
  const kept = wanted.filter(isKept).map(({ link }) => link!.to);
  return [
    ...callOffActions(view, kept),
    ...wanted.filter((each) => !isKept(each)).map(({ action }) => start(view, action, hashOf(action))),
  ];
}

function callOffActions(view: Seen, kept: readonly string[], because = 'Replaced by a newer version of the treatment plan'): Follow[] {
  const running = view.file.links.filter(({ type, to }) => type === 'treatmentAction' && !kept.includes(to) && caseOf(view, to)?.settled === null);
  return running.map(({ to }) => ({ kind: 'command', to, command: 'CALL_OFF', body: { reason: because } }));
}

function start(view: Seen, action: PlannedTreatment, hash: string): Follow {
  const { file, doc } = view;
  const { key, title, owner, due, description, resources, expectedEvidence, mandatory, risks } = action;
  const parentOwner = ownerOf(view, risks.find((risk) => doc.risks.includes(risk)) ?? risks[0]!);
  const payload = {
    ...{ title, owner, kind: 'TREATMENT', unit: file.unit, due, expectedEvidence, covers: controlsOf(view, action) },
    description: [description, `Resources: ${resources}`].filter(Boolean).join('\n').slice(0, 4000),
    ...(parentOwner && { parentOwner }),
  };
  return { follow: 'open', process: 'action', payload, link: 'treatmentAction', awaited: mandatory, object: `${file.id}:${file.version + 1}:${key}:${hash}`, part: { key, contentHash: hash } };
}

/** Controls that the action puts in place: who has carried it out does not audit them (SOD-01). */
function controlsOf({ doc }: Seen, { risks }: PlannedTreatment): string[] {
  const treated = (doc.content?.treatments ?? []).filter(({ risk }) => risks.includes(risk));
  return [...new Set(treated.flatMap(({ controls }) => controls))].sort();
}

/** L3: the risks are treated late, it is an item of the management review, and what tolerates their present level lapses: their owners decide again. */
function late(view: Seen, risks: readonly string[], cause: { because: LapseCause; ref?: string }): Follow[] {
  return [
    { follow: 'flag', flag: 'treatmentLate' },
    { follow: 'flag', flag: 'managementReviewItem' },
    ...openRisks(view, risks).map((risk) => tellRisk(risk, 'TREATMENT_LATE', { plan: view.file.id })),
    ...lapseInterim(view, risks, cause),
  ];
}

const planLate = (view: Seen): Follow[] => late(view, treated(view.doc).map(({ risk }) => risk), { because: 'PLAN_LATE', ref: view.file.ref });

function actionLate(view: View<Doc, never>): Follow[] {
  const { action, actionRef: ref } = view.body as unknown as TreatmentPlanBody<'ACTION_LATE'>;
  return late(view as Seen, risksOfAction(view, action), { because: 'ACTION_LATE', ref });
}

/** What the approval had tolerated goes with it (rules §18 "condition lapsed"). */
function approvalLapses(view: Seen): Follow[] {
  return lapseInterim(view, view.doc.risks, { because: 'CONDITION_LAPSED' });
}

/** A version with dates of its own is in force: what was late before is so no longer. */
function replanned(view: Seen): Follow[] {
  if (!view.file.flags.includes('treatmentLate')) return [];
  return [{ follow: 'lowerFlag', flag: 'treatmentLate' }, ...openRisks(view).map((risk) => tellRisk(risk, 'TREATMENT_REPLANNED', { plan: view.file.id }))];
}

/** L2: what is applicable follows from the plans that are in force. */
function restate({ file, doc }: Seen): Follow {
  const payload = { cause: { kind: 'PLAN', ref: file.ref } };
  return { follow: 'open', process: 'statementOfApplicability', payload, link: 'statement', awaited: false, object: `${file.id}:${doc.version}:${file.state}` };
}

function approved(view: Seen): Follow[] {
  return [...acceptInterim(view), ...acceptRetained(view), ...dispatchActions(view), ...replanned(view), restate(view)];
}

/** What the owners are to accept is first known to the risks. */
function rated(view: Seen): Follow[] {
  const { doc, file } = view;
  const told = Object.entries(doc.residual).filter(([risk]) => openRisks(view).includes(risk));
  const ratingOf = ({ evidence: _, ...rating }: Doc['residual'][string]) => rating;
  return [...told.map(([risk, rating]) => tellRisk(risk, 'RESIDUAL_RATED', { plan: file.id, rating: ratingOf(rating) } as unknown as Json)), ...acceptResidual(view)];
}

function tellEnd(outcome: PlanEnd) {
  return (view: Seen): Follow[] => openRisks(view).map((risk) => tellRisk(risk, 'PLAN_ENDED', { plan: view.file.id, outcome }));
}

function ends(outcome: PlanEnd, because: string) {
  return (view: Seen): Follow[] => [
    ...tellEnd(outcome)(view),
    ...callOffActions(view, [], because),
    ...endInterim(view, view.doc.risks, because),
  ];
}

/** What was retained and is accepted no longer, or was let go by its owner, needs treatment by another plan. */
function released(view: Seen, risk: string, isTolerated: boolean): Follow[] {
  const gone = (view.doc.content?.actions ?? []).filter(({ risks }) => risks.includes(risk) && !risks.some((each) => view.doc.risks.includes(each)));
  const kept = view.file.links.filter(({ key }) => !gone.some((each) => each.key === key)).map(({ to }) => to);
  return [
    ...openRisks(view, [risk]).map((each) => tellRisk(each, 'PLAN_ENDED', { plan: view.file.id, outcome: 'RELEASED' })),
    ...callOffActions(view, kept, 'The risk was released from the treatment plan'),
    ...(isTolerated ? endInterim(view, [risk], 'The risk was released from the treatment plan') : []),
  ];
}

function afterAcceptance(view: View<Doc, never>): Follow[] {
  const { kind, risk } = view.body as unknown as TreatmentPlanBody<'ACCEPTANCE_ENDED'>;
  if (kind === 'RETAINED') return released(view, risk, false);
  const owner = ownerOf(view, risk);
  return kind === 'INTERIM' && owner && view.doc.lapsed.some((each) => each.risk === risk) ? [{ follow: 'inform', subject: 'interimLapsed', to: [`person:${owner}`, 'role:ISO'] }] : [];
}

function split(view: Seen): Follow[] {
  return parts(view).map(({ owner, payload }) => ({ follow: 'open', process: 'treatmentPlan', payload, link: 'split', awaited: false, object: `${view.file.id}:split:${owner}` }));
}

export const treatmentPlanBehaviours: Behaviours<Doc> = {
  entering: {
    draft: opens,
    approved,
    reapproval: approvalLapses,
    residualAcceptance: rated,
    completed: (view) => [...tellEnd('COMPLETED')(view), ...withdrawInterim(view, 'The treatment plan is complete'), restate(view)],
    cancelled: ends('CANCELLED', 'The treatment plan was called off'),
    superseded: ends('SUPERSEDED', 'Another treatment plan has taken its place'),
  },
  after: {
    SPLIT: (view) => split(view),
    RELEASE_RISK: (view) => released(view, (view.body as unknown as TreatmentPlanBody<'RELEASE_RISK'>).risk, true),
    ACCEPTANCE_ENDED: afterAcceptance,
    ACTION_LATE: actionLate,
    STOP_ACTIVITY: () => [{ follow: 'inform', subject: 'activityStopped', to: ['role:ISO', 'role:TOP_MGMT'] }],
    PROLONG_INTERIM: (view) => prolong(view),
    BASIS_CHANGED: (view) => [{ follow: 'inform', subject: 'basisChanged', to: ['role:ISO', ...ownersOf(view).map((owner) => `person:${owner}` as const)] }],
    MATERIAL_CHANGE: (view) => [{ follow: 'inform', subject: 'planChanges', to: ownersOf(view).map((owner) => `person:${owner}` as const) }],
  },
  // Its own dates; that the approval of a change is late makes no treatment late, for the version before it goes on.
  escalated: { firstAction: planLate, implementation: planLate, residualAssessment: planLate, residualAcceptance: planLate },
};

/** Its owner tolerates the present level longer; above his limit TOP_MGMT decides with him in the acceptance itself. */
function prolong(view: View<Doc, never>): Follow[] {
  const { risk, until, reason } = view.body as unknown as TreatmentPlanBody<'PROLONG_INTERIM'>;
  const { person, onBehalfOf } = view.actor;
  const signature = { person: person!, role: 'RISK_OWNER' as const, at: view.now, source: view.file.ref, ...(onBehalfOf && { onBehalfOf }) };
  return [openAcceptance(view as Seen, { risk, kind: 'INTERIM', link: 'interim', until, reason, signedBy: [signature], contentHash: contentHash({ risk, until, at: view.now }) })];
}
