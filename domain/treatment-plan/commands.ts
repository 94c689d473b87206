import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { treatmentPlanBodies as bodies } from '../../contracts/treatment-plan.ts';
import type { TreatmentPlanBody, TreatmentPlanCommand, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import type { CommandPolicy, View } from '../kernel/definition.ts';
import * as record from './records.ts';
import * as rules from './rules.ts';
import type { Sees } from './rules.ts';
import { prolongingReasons } from './tolerance.ts';

/** Who may send what to a treatment plan, and what it writes (rules §6, SOD-03, SOD-04, SOD-06, SOD-11). */

type Doc = TreatmentPlanDocument;
type Commands = { [C in TreatmentPlanCommand]: CommandPolicy<Doc, TreatmentPlanBody<C>> };

const submission: CommandPolicy<Doc, TreatmentPlanBody<'SUBMIT'>> = {
  by: ['author', 'iso', 'isoDeputy'],
  body: bodies.SUBMIT,
  involves: 'authoredPlan',
  rules: (view) => rules.authorReasons(view as Sees),
  names: ({ actor }) => ({ author: actor.person! }),
  record: record.submitted,
};

export const treatmentPlanCommands: Commands = {
  SUBMIT: submission,
  RESUBMIT: submission,
  ENDORSE: {
    by: ['endorser'],
    body: bodies.ENDORSE,
    involves: 'endorsedPlan',
    rules: (view) => rules.endorserReasons(view as Sees),
    record: ({ doc, body, actor, now }) => ({ ...doc, endorsed: { by: actor.person!, at: now, note: body.note ?? null } }),
  },
  RETURN: { by: ['endorser'], body: bodies.RETURN, rules: (view) => rules.endorserReasons(view as Sees) },
  SPLIT: { by: ['author', 'iso', 'isoDeputy'], body: bodies.SPLIT },
  MATERIAL_CHANGE: { by: ['author', 'iso', 'isoDeputy', 'lapsedOwner'], body: bodies.MATERIAL_CHANGE },
  KEEP_VERSION: { by: ['author', 'iso', 'isoDeputy'], body: bodies.KEEP_VERSION, record: record.restored },
  WAIVE_ACTION: {
    by: ['riskOwner'],
    body: bodies.WAIVE_ACTION,
    rules: (view) => waiverReasons(view as View<Doc, TreatmentPlanBody<'WAIVE_ACTION'>>),
    record: ({ doc, body, actor }) => ({ ...doc, waived: [...doc.waived, { action: body.action, by: actor.person!, reason: body.reason }] }),
  },
  SUBMIT_RESIDUAL: {
    by: ['assessor'],
    body: bodies.SUBMIT_RESIDUAL,
    involves: 'ratedResidual',
    rules: (view) => rules.assessorReasons(view as Sees, view.actor.person!),
    evidence: ({ ratings }) => ratings.flatMap(({ evidence }) => evidence),
    record: record.residualRated,
  },
  RELEASE_RISK: {
    by: ['riskOwner', 'iso', 'isoDeputy'],
    body: bodies.RELEASE_RISK,
    rules: (view) => (view.actor.role === 'riskOwner' ? ownRiskReasons(view as Sees, view.body?.risk) : []),
    record: ({ doc, body }) => record.withoutRisk(doc, body.risk, body.reason),
    sets: ['lapsedDecision'],
  },
  DECIDE_BASIS: {
    by: ['riskOwner', 'iso', 'isoDeputy'],
    body: bodies.DECIDE_BASIS,
    record: ({ doc }) => ({ ...doc, basisChanged: null }),
  },
  PROLONG_INTERIM: {
    by: ['riskOwner'],
    body: bodies.PROLONG_INTERIM,
    acceptsRisk: true,
    involves: 'acceptedRisk',
    rules: (view) => [...ownRiskReasons(view as Sees, view.body?.risk), ...prolongingReasons(view as Sees, view.body)],
    record: ({ doc, body }) => record.decided(doc, body.risk),
    sets: ['lapsedDecision'],
  },
  STOP_ACTIVITY: {
    by: ['riskOwner'],
    body: bodies.STOP_ACTIVITY,
    rules: (view) => ownRiskReasons(view as Sees, view.body?.risk),
    evidence: ({ evidence }) => evidence,
    record: record.activityStopped,
    sets: ['lapsedDecision'],
  },
  ACTION_LATE: { by: ['system'], body: bodies.ACTION_LATE },
  BASIS_CHANGED: {
    by: ['system'],
    body: bodies.BASIS_CHANGED,
    record: ({ doc, body }) => ({ ...doc, basisChanged: { assessment: body.assessment, ref: body.assessmentRef ?? null } }),
    flags: () => ['basisChanged'],
  },
  ACCEPTANCE_ENDED: { by: ['system'], body: bodies.ACCEPTANCE_ENDED, record: record.acceptanceEnded, sets: ['lapsedDecision'] },
  OWNER_CHANGED: { by: ['system'], body: bodies.OWNER_CHANGED, record: ({ doc, body }) => ({ ...doc, owners: { ...doc.owners, [body.risk]: body.owner } }) },
};

/** For the risk that one owns, be it in the name of its owner. */
function ownRiskReasons(view: Sees, risk: string | undefined): Reason[] {
  const person: PersonId = view.actor.onBehalfOf ?? view.actor.person!;
  const owner = risk === undefined ? person : rules.ownerOf(view, risk);
  return owner === person ? [] : [reason('NOT_THE_RISK_OWNER', { person, owner: owner ?? '' })];
}

/** Nobody waives what he was to do himself (SOD-06), and only the owner of a risk that the action treats does. */
function waiverReasons(view: View<Doc, TreatmentPlanBody<'WAIVE_ACTION'>>): Reason[] {
  const { doc, body, actor } = view;
  const action = doc.content?.actions.find(({ key }) => key === body?.action);
  if (!action) return [];
  if (action.owner === actor.person) return [reason('SOD_BLOCKED', { rule: 'SOD-06', person: actor.person, because: 'actionOwner', waivable: false })];
  const person = actor.onBehalfOf ?? actor.person!;
  const owners = action.risks.map((risk) => rules.ownerOf(view, risk));
  return owners.includes(person) ? [] : [reason('NOT_THE_RISK_OWNER', { person, owner: owners[0] ?? '' })];
}
