import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import { nonconformityBodies as bodies } from '../../contracts/nonconformity.ts';
import type { Grade, NonconformityBody, NonconformityCommand, NonconformityDocument } from '../../contracts/nonconformity.ts';
import { line, localDate, prose } from '../../contracts/fields.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import { calendarDays } from '../calendar/duration.ts';
import { itemsOfRequirement } from '../framework/audited-items.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { awaitsOthers } from '../kernel/links.ts';
import { verifierReasons } from './independence.ts';
import { extensions, reportOfOutsideBody } from './outside-body.ts';
import { nonconformityParties } from './parties.ts';
import { correctiveActionPlan } from './plan-approval.ts';
import * as record from './records.ts';
import { keys, needs, predecessorOf } from './repeat.ts';
import * as rules from './rules.ts';

/** Who, by when, under which rule: rules §8 and §18. Read it beside `machine.ts`. */

type Doc = NonconformityDocument;
type Sees = View<Doc, never>;
type Commands = { [C in NonconformityCommand]: CommandPolicy<Doc, NonconformityBody<C>> };

/** The span set for the grade. */
const byGrade = (name: 'containment' | 'causeAndPlan' | 'planApproval' | 'implementation' | 'effectivenessReview') => (view: View<Doc>) =>
  inForce(view).span(`nonconformity.${name}.${view.doc.grade ?? ('minor' satisfies Grade)}`);
const isExternal = ({ doc }: View<Doc>) => doc.external !== null;

const commands: Commands = {
  ACCEPT: {
    by: ['iso', 'isoDeputy', 'topManagement'],
    body: bodies.ACCEPT,
    involves: 'triaged',
    rules: (view) => [...rules.triagesOwnCase(view as Sees), ...rules.answersForTopManagement(view as Sees, view.body?.owner)],
    record: record.accepted,
    names: ({ body }) => ({ ncOwner: body.owner }),
    unit: ({ unit }) => unit,
    anchors: ['attemptStarted'],
    flags: repeatFlag,
  },
  REJECT_NOT_NC: {
    by: ['iso', 'isoDeputy', 'topManagement'],
    body: bodies.REJECT_NOT_NC,
    involves: 'triaged',
    rules: (view) => rules.triagesOwnCase(view as Sees),
  },
  MARK_DUPLICATE: {
    by: ['iso', 'isoDeputy', 'topManagement'],
    body: bodies.MARK_DUPLICATE,
    involves: 'triaged',
    rules: (view) => rules.triagesOwnCase(view as Sees),
    record: ({ doc, body }) => ({ ...doc, duplicateOf: body.of }),
  },
  APPEAL: { by: ['reporter'], body: bodies.APPEAL, record: ({ doc }) => ({ ...doc, appealed: true }) },
  UPHOLD_APPEAL: {
    by: ['topManagement', 'witness'],
    body: bodies.UPHOLD_APPEAL,
    involves: 'triaged',
    rules: (view) => rules.rulesOnOwnAppeal(view as Sees),
    record: record.accepted,
    names: ({ body }) => ({ ncOwner: body.owner }),
    unit: ({ unit }) => unit,
    anchors: ['attemptStarted'],
    flags: repeatFlag,
  },
  DISMISS_APPEAL: { by: ['topManagement', 'witness'], body: bodies.DISMISS_APPEAL, rules: (view) => rules.rulesOnOwnAppeal(view as Sees) },
  RECORD_CORRECTION: {
    by: ['ncOwner'],
    body: bodies.RECORD_CORRECTION,
    involves: 'recordedCorrection',
    evidence: ({ evidence }) => evidence,
    record: record.corrected,
  },
  CORRECTION_NOT_POSSIBLE: { by: ['ncOwner'], body: bodies.CORRECTION_NOT_POSSIBLE, involves: 'recordedCorrection', record: record.notCorrectable },
  SUBMIT_CAUSE: {
    by: ['ncOwner'],
    body: bodies.SUBMIT_CAUSE,
    involves: 'authoredCause',
    record: record.causeFound,
    flags: (view) => (predecessorOf(view as never) ? ['repeat'] : []),
  },
  NO_CA_NEEDED: {
    by: ['iso', 'isoDeputy', 'ncOwner'],
    body: bodies.NO_CA_NEEDED,
    rules: (view) => rules.waivesOwnCorrectiveAction(view as Sees),
    record: ({ doc }) => ({ ...doc, correctionOnly: true }),
  },
  CA_NEEDED: { by: ['iso', 'isoDeputy', 'ncOwner'], body: bodies.CA_NEEDED, record: ({ doc }) => ({ ...doc, correctionOnly: false }) },
  SUBMIT_PLAN: {
    by: ['ncOwner'],
    body: bodies.SUBMIT_PLAN,
    involves: 'submittedPlan',
    rules: plannedPeopleReasons,
    record: record.planned,
    names: ({ body }) => ({ verifier: body.effectiveness.verifier }),
    anchors: ['planSubmitted'],
  },
  REVISE_PLAN: {
    by: ['ncOwner'],
    body: bodies.REVISE_PLAN,
    involves: 'submittedPlan',
    rules: plannedPeopleReasons,
    record: record.planned,
    names: ({ body }) => ({ verifier: body.effectiveness.verifier }),
  },
  WAIVE_REPORTING_LINE: {
    by: ['topManagement', 'witness'],
    body: bodies.WAIVE_REPORTING_LINE,
    rules: (view) => rules.mayWaive(view as Sees),
    record: ({ doc, body, actor }) => ({ ...doc, waivers: [...doc.waivers, { ...body, by: actor.person! }] }),
  },
  REPLAN: { by: ['ncOwner', 'iso', 'isoDeputy'], body: bodies.REPLAN },
  CONFIRM_IMPLEMENTATION: {
    by: ['verifier', 'iso', 'isoDeputy'],
    body: bodies.CONFIRM_IMPLEMENTATION,
    involves: 'confirmedImplementation',
    rules: (view) => [...rules.confirmsOwnWork(view as Sees), ...(view.doc.correctionOnly ? rules.hasAnsweredOutsideBody(view as Sees) : [])],
    record: record.implementationConfirmed,
  },
  NOT_CONFIRMED: {
    by: ['verifier', 'iso', 'isoDeputy'],
    body: bodies.NOT_CONFIRMED,
    involves: 'confirmedImplementation',
    rules: (view) => rules.confirmsOwnWork(view as Sees),
    record: record.toBeRedone,
  },
  RECORD_OCCURRENCE: { by: ['ncOwner', 'verifier'], body: bodies.RECORD_OCCURRENCE, record: record.observed, anchors: ['windowEnd'] },
  RECURRENCE: {
    by: ['viewer', 'system'],
    body: bodies.RECURRENCE,
    evidence: ({ evidence }) => evidence,
    record: record.recurred,
    anchors: ['windowEnd'],
  },
  EFFECTIVE: {
    by: ['verifier'],
    body: bodies.EFFECTIVE,
    involves: 'judgedEffectiveness',
    rules: (view) => [...verifierReasons(view as Sees, view.actor.person!), ...rules.hasAnsweredOutsideBody(view as Sees)],
    evidence: ({ evidence }) => evidence,
    record: record.foundEffective,
  },
  INEFFECTIVE: {
    by: ['verifier'],
    body: bodies.INEFFECTIVE,
    involves: 'judgedEffectiveness',
    rules: (view) => verifierReasons(view as Sees, view.actor.person!),
    record: record.foundIneffective,
    newAttempt: true,
    anchors: ['attemptStarted'],
  },
  INCONCLUSIVE: {
    by: ['verifier'],
    body: bodies.INCONCLUSIVE,
    involves: 'judgedEffectiveness',
    rules: (view) => verifierReasons(view as Sees, view.actor.person!),
    record: record.foundInconclusive,
  },
  REOPEN: {
    by: ['iso', 'isoDeputy', 'verifier', 'auditor'],
    body: bodies.REOPEN,
    evidence: ({ evidence }) => evidence,
    record: record.reopened,
    newAttempt: true,
    anchors: ['attemptStarted'],
  },
  REGRADE: {
    by: ['leadAuditor', 'iso', 'isoDeputy', 'topManagement', 'system'],
    body: bodies.REGRADE,
    rules: (view) => rules.regradesOnlyAsGrader(view as Sees),
    evidence: ({ evidence }) => evidence,
    record: ({ doc, body }) => ({ ...doc, grade: body.grade, gradeProposal: null }),
    resetsDeadlines: true,
  },
  SEND_CB_EVIDENCE: {
    by: ['iso', 'isoDeputy', 'ncOwner'],
    body: bodies.SEND_CB_EVIDENCE,
    evidence: ({ evidence }) => evidence,
    record: ({ doc, body }) => ({ ...doc, cbEvidence: body }),
    meets: ['evidenceForCb'],
  },
  CLOSED_BY_CB: {
    by: ['iso', 'isoDeputy'],
    body: bodies.CLOSED_BY_CB,
    rules: ({ doc }) => (doc.closedByCb ? [reason('ALREADY_DONE', { what: 'closedByCb' })] : []),
    record: ({ doc, body }) => ({ ...doc, closedByCb: body }),
    flags: () => ['closedByCb'],
  },
  FOUND_AGAIN: { by: ['system'], body: bodies.FOUND_AGAIN, record: record.foundAgain, resetsDeadlines: true, flags: () => ['foundAgain'], evidence: ({ evidence }) => evidence },
  COUNT_OCCURRENCE: { by: ['system'], body: bodies.COUNT_OCCURRENCE, record: ({ doc }) => ({ ...doc, occurrences: doc.occurrences + 1 }) },
};

function repeatFlag(view: View<Doc, { unit: string }> & { body: { unit: string } }): string[] {
  return predecessorOf({ ...view, file: { ...view.file, unit: view.body.unit } }) ? ['repeat'] : [];
}

/** Verifier and action owners are fit already when the plan names them, not only when they come to act. */
function plannedPeopleReasons(view: View<Doc, NonconformityBody<'SUBMIT_PLAN'>>): Reason[] {
  if (!view.body) return [];
  const { actions, effectiveness } = view.body;
  const owners = [...new Set(actions.map(({ owner }) => owner))];
  const conflicts = owners.flatMap((owner) => segregationReasons(owner, 'implementedAction', familyOf(view.file), view.facts.involvements));
  return [...verifierReasons(view as Sees, effectiveness.verifier), ...conflicts];
}

/** An approved plan binds its owner; who takes it over from a leaver says that he stands by it (rules §3.3, docs/processes/departure.md). */
const planned = ['implementing', 'reapproval', 'implemented', 'monitoring', 'effectivenessReview'];

export const nonconformityPolicy: Policy<Doc> = {
  parties: nonconformityParties,
  reassign: {
    ncOwner: { by: ['iso', 'isoDeputy', 'lineManager', 'topManagement'], fit: (view, to) => rules.ownerReasons(view as Sees, to), ofUnit: true, reconfirm: ({ file }) => planned.includes(file.state) },
    verifier: { by: ['iso', 'isoDeputy', 'topManagement'], fit: (view, to) => verifierReasons(view as Sees, to) },
    finder: { by: ['auditProgrammeManager', 'topManagement'], fit: (view, to) => rules.finderReasons(view as Sees, to), isDuty: ({ doc }) => doc.source === 'INTERNAL_AUDIT' },
  },
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: {
    triage: { for: 'triageAsked' },
    rule: { for: 'appealAsked' },
    correct: { for: 'ncOwner', deadline: 'containment' },
    analyseCause: { for: 'ncOwner' },
    decideCorrectiveAction: { for: 'ownerOrIso' },
    plan: { for: 'ncOwner' },
    replanIfNeeded: { for: 'ncOwner', when: ({ file, facts }) => !awaitsOthers(file, facts.cases) },
    confirmImplementation: { for: 'confirmer' },
    judge: { for: 'verifier' },
  },
  // Anchors: rules §8 "Timers"; lengths: the configuration. Dates of an outside body win where they are earlier.
  deadlines: {
    triage: { after: 'opened', duration: (view) => inForce(view).span('nonconformity.triage'), ladder: 'standard', owner: 'triageAsked' },
    ruling: { after: 'entered', duration: (view) => inForce(view).span('nonconformity.ruling'), ladder: 'standard', owner: 'appealAsked' },
    containment: {
      after: 'attemptStarted',
      anchoredOn: reportOfOutsideBody,
      duration: byGrade('containment'),
      ladder: 'standard',
      owner: 'ncOwner',
    },
    causeAndPlan: {
      after: 'attemptStarted',
      anchoredOn: reportOfOutsideBody,
      duration: byGrade('causeAndPlan'),
      notAfter: ({ doc }) => doc.external?.planDue ?? null,
      ladder: 'standard',
      owner: 'ncOwner',
    },
    planApproval: { after: 'planSubmitted', duration: byGrade('planApproval'), ladder: 'standard', owner: 'approvers' },
    reapproval: { after: 'entered', duration: byGrade('planApproval'), ladder: 'standard', owner: 'approvers' },
    implementation: {
      after: 'attemptStarted',
      anchoredOn: reportOfOutsideBody,
      duration: byGrade('implementation'),
      notAfter: ({ doc }) => doc.external?.evidenceDue ?? null,
      ladder: 'standard',
      owner: 'ncOwner',
    },
    confirmation: { after: 'entered', duration: (view) => inForce(view).span('nonconformity.confirmation'), ladder: 'standard', owner: 'confirmer' },
    effectivenessReview: { after: 'windowEnd', duration: byGrade('effectivenessReview'), ladder: 'standard', owner: 'verifier' },
    evidenceForCb: {
      after: 'opened',
      notAfter: ({ doc }) => doc.external?.evidenceDue ?? null,
      when: (view) => isExternal(view) && view.doc.cbEvidence === null,
      ladder: 'standard',
      owner: 'ncOwner',
    },
  },
  recordKeepers: ['recordKeeper'],
  correctable: {
    title: { value: line('Title'), by: ['reporter', 'finder', 'recordKeeper'] },
    statement: { value: prose('What was found'), by: ['reporter', 'finder', 'recordKeeper'] },
    detectedOn: { value: localDate('Detected on'), by: ['reporter', 'finder', 'recordKeeper'] },
    occurredOn: { value: localDate('Occurred on').nullable(), by: ['reporter', 'finder', 'recordKeeper'] },
  },
  withdraw: { by: ['finder', 'iso', 'isoDeputy', 'system'], rules: (view) => rules.withdrawsOnlyAsFinder(view as Sees) },
  cancel: { by: ['ncOwner', 'iso', 'isoDeputy', 'topManagement'], confirmedBy: ['iso', 'isoDeputy', 'topManagement', 'witness'] },
  extensions,
  windows: { effectiveness: ({ doc }) => calendarDays(doc.windowDays!) },
  rounds: { correctiveActionPlan },
  needs: needs as Policy<Doc>['needs'],
  keys,
  auditedAs: ({ document }) => ['clause:10.2', ...itemsOfRequirement(document.requirement)],
  reviewInput: 'd1',
  list: ({ document, parties }) => ({ title: document.title, owner: parties['ncOwner'] ?? null, grade: document.grade }),
  about,
};

/** Its finding may take it back: nothing was approved yet, and no later audit relies on it. */
function isWithdrawable({ state, approvedAt, document }: CaseFile<Doc>): boolean {
  const early = ['reported', 'containment', 'causeAnalysis', 'caDecision', 'planning', 'planApproval'];
  return early.includes(state) && approvedAt === null && (document.foundAgain ?? []).length === 0;
}

function about(file: CaseFile<Doc>): CaseSummary['about'] {
  const { document, parties, unit } = file;
  return {
    ...{ title: document.title, grade: document.grade, requirement: document.requirement, unit, owner: parties['ncOwner'] ?? null },
    ...{ source: document.source, verifier: parties['verifier'] ?? null },
    ...{ finding: document.finding?.id ?? null, audit: document.audit?.id ?? null, withdrawable: isWithdrawable(file) ? 'yes' : 'no' },
    ...{ externalDue: document.external?.evidenceDue ?? null, externalBody: document.external?.body ?? null },
  };
}
