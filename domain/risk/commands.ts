import { riskBodies as bodies } from '../../contracts/risk.ts';
import type { RiskBody, RiskCommand, RiskDocument } from '../../contracts/risk.ts';
import type { CommandPolicy } from '../kernel/definition.ts';
import { sideOf } from './guards.ts';
import { riskOwnerReasons } from '../access/risk-ownership.ts';
import { ownerFlags } from './owner.ts';
import * as record from './records.ts';
import { registerReasons, splitReasons, targetReasons } from './rules.ts';

/** Who may send what about a risk (rules §5, §18). Read it beside `machine.ts`. */

type Doc = RiskDocument;
type Commands = { [C in RiskCommand]: CommandPolicy<Doc, RiskBody<C>> };

const iso = ['iso', 'isoDeputy'];
const raters = ['assessor', ...iso];
const system = ['system'];

const ofPeople = {
  AMEND: {
    by: ['owner', ...raters],
    body: bodies.AMEND,
    rules: ({ body, facts }) => (body ? registerReasons(body, facts) : []),
    record: record.amended,
    sets: ['rerating'],
  },
  ACCEPT_OWNERSHIP: { by: ['owner'], body: bodies.ACCEPT_OWNERSHIP, inPerson: true, record: record.ownershipAccepted, meets: ['ownership'] },
  DECLINE_OWNERSHIP: {
    by: ['owner'],
    body: bodies.DECLINE_OWNERSHIP,
    inPerson: true,
    record: record.ownershipDeclined,
    names: () => ({ owner: null }),
    anchors: ['ownerAsked'],
    sets: ['ownership'],
  },
  NAME_OWNER: {
    by: ['namer', 'lineManager', ...iso, 'topManagement'],
    body: bodies.NAME_OWNER,
    rules: ({ body, facts, now }) => (body ? riskOwnerReasons({ person: body.owner, evenThough: body.evenThough }, { facts, now }) : []),
    names: ({ body }) => ({ owner: body.owner }),
    flags: ({ body, facts, now }) => ownerFlags(body.owner, { facts, now }),
    anchors: ['ownerAsked'],
    sets: ['ownership'],
  },
  RATE: {
    by: raters,
    body: bodies.RATE,
    involves: 'ratedRisk',
    record: record.rated,
    anchors: ['rated'],
    meets: ['emergency', 'rerating'],
    sets: ['review'],
  },
  SECOND_RATE: { by: ['secondRater', ...iso], body: bodies.SECOND_RATE, involves: 'ratedRiskSecond', record: record.ratedTwice },
  EVALUATE: { by: raters, body: bodies.EVALUATE, record: record.evaluated },
  SET_TARGET: { by: ['owner', ...raters], body: bodies.SET_TARGET, rules: targetReasons, record: record.targeted },
  EMERGENCY_RATE: {
    by: iso,
    body: bodies.EMERGENCY_RATE,
    record: record.ratedInEmergency,
    anchors: ['emergencyRated'],
    sets: ['emergency'],
    flags: () => ['emergencyRating'],
  },
  CONFIRM_MIGRATED: { by: ['owner'], body: bodies.CONFIRM_MIGRATED, acceptsRisk: true, involves: 'confirmedRisk', record: record.confirmed, anchors: ['rated'] },
  MERGE: { by: ['owner', ...raters], body: bodies.MERGE, record: record.merged },
  SPLIT: { by: ['owner', ...raters], body: bodies.SPLIT, rules: splitReasons },
  ASK_TO_CLOSE: {
    by: ['owner', 'ownerStandIn', ...iso, 'topManagement'],
    body: bodies.ASK_TO_CLOSE,
    record: (view) => record.asksToClose(view, sideOf(view.actor)),
    anchors: ['closeAsked'],
    sets: ['closing'],
  },
  CLOSE: { by: ['owner', 'ownerStandIn', ...iso, 'topManagement'], body: bodies.CLOSE, record: ({ doc }) => ({ ...doc, closing: null, closedBecause: doc.closing!.reason }) },
  KEEP_OPEN: { by: ['owner', 'ownerStandIn', ...iso, 'topManagement'], body: bodies.KEEP_OPEN, record: ({ doc }) => ({ ...doc, closing: null }), meets: ['closing'] },
  REOPEN: { by: ['owner', 'ownerStandIn', ...iso, 'topManagement'], body: bodies.REOPEN, record: record.reopened, newAttempt: true, anchors: ['ownerAsked'] },
  TRIGGER: { by: ['owner', ...iso], body: bodies.TRIGGER, record: ({ doc, body }) => ({ ...doc, trigger: { kind: 'RISK_OWNER', reason: body.reason } }) },
} satisfies Partial<Commands>;

const ofTheEngine = {
  INCLUDE: {
    by: system,
    body: bodies.INCLUDE,
    record: record.included,
    names: ({ body }) => ({ assessor: body.assessor, secondRater: body.secondRater ?? null }),
    meets: ['review', 'rerating'],
  },
  EXCLUDE: {
    by: system,
    body: bodies.EXCLUDE,
    record: record.excluded,
    names: ({ doc, body }): Record<string, null> => (doc.included?.id === body.assessment ? { assessor: null, secondRater: null } : {}),
    sets: ['review', 'rerating'],
  },
  ADOPT: { by: system, body: bodies.ADOPT, record: record.adopted, names: () => ({ assessor: null, secondRater: null }), anchors: ['rated'], meets: ['emergency', 'rerating'], sets: ['review'] },
  DISMISS_REASSESSMENT: { by: system, body: bodies.DISMISS_REASSESSMENT, record: record.dismissed, anchors: ['rated'] },
  PLAN_OPENED: { by: system, body: bodies.PLAN_OPENED, record: ({ doc, body }) => ({ ...doc, plan: { id: body.plan, ref: body.planRef } }) },
  PLAN_ENDED: { by: system, body: bodies.PLAN_ENDED, record: record.planEnded },
  RESIDUAL_RATED: { by: system, body: bodies.RESIDUAL_RATED, record: ({ doc, body }) => ({ ...doc, ratings: { ...doc.ratings, residual: body.rating } }) },
  // L3: late treatment is an item of the management review.
  TREATMENT_LATE: { by: system, body: bodies.TREATMENT_LATE, flags: () => ['treatmentLate', 'managementReviewItem'] },
  TREATMENT_REPLANNED: { by: system, body: bodies.TREATMENT_REPLANNED },
  ACCEPTED: { by: system, body: bodies.ACCEPTED, record: record.accepted, anchors: ['rated'], sets: ['review'] },
  ACCEPTANCE_REFUSED: { by: system, body: bodies.ACCEPTANCE_REFUSED },
  ACCEPTANCE_ENDED: { by: system, body: bodies.ACCEPTANCE_ENDED, record: record.acceptanceEnded },
  CONTROL_NOT_EFFECTIVE: { by: system, body: bodies.CONTROL_NOT_EFFECTIVE, record: record.controlFailed, anchors: ['rerateAsked'], sets: ['rerating'] },
  CRITERIA_CHANGED: { by: system, body: bodies.CRITERIA_CHANGED, record: record.criteriaChanged, anchors: ['rerateAsked'], sets: ['rerating'] },
  ABSORB: { by: system, body: bodies.ABSORB, record: record.absorbed, anchors: ['rerateAsked'], sets: ['rerating'] },
} satisfies Partial<Commands>;

export const riskCommands: Commands = { ...ofPeople, ...ofTheEngine };
