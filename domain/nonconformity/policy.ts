import { nonconformityBodies as bodies } from '../../contracts/nonconformity.ts';
import type { Grade, NonconformityBody, NonconformityCommand, NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { ApprovalPolicy } from '../../contracts/approval.ts';
import { line, localDate, prose } from '../../contracts/fields.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import { calendarDays } from '../calendar/duration.ts';
import type { CommandPolicy, Policy, SeatPolicy, View } from '../kernel/definition.ts';
import type { FactQuery } from '../kernel/facts.ts';
import { inForce } from '../kernel/draft.ts';
import { awaitsOthers } from '../kernel/links.ts';
import { approvalPolicyOf, seatsOfPolicy } from '../kernel/rounds/configured.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { isFromAudit } from './guards.ts';
import { verifierReasons } from './independence.ts';
import * as record from './records.ts';
import { predecessorOf, repeatKeys } from './repeat.ts';
import * as rules from './rules.ts';

/** Who, by when, under which rule: rules §8 and §18. Read it beside `machine.ts`. */

type Doc = NonconformityDocument;
type Sees = View<Doc, never>;
type Commands = { [C in NonconformityCommand]: CommandPolicy<Doc, NonconformityBody<C>> };

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);
/** The span set for the grade. */
const byGrade = (name: 'containment' | 'causeAndPlan' | 'planApproval' | 'implementation' | 'effectivenessReview') => (view: View<Doc>) =>
  inForce(view).span(`nonconformity.${name}.${view.doc.grade ?? ('minor' satisfies Grade)}`);
const isExternal = ({ doc }: View<Doc>) => doc.external !== null;

const commands: Commands = {
  ACCEPT: {
    by: ['iso', 'isoDeputy', 'topManagement'],
    body: bodies.ACCEPT,
    involves: 'triaged',
    rules: (view) => rules.triagesOwnCase(view as Sees),
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
    by: ['leadAuditor', 'iso', 'isoDeputy', 'topManagement'],
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

/** The ISO; his deputy where the post is vacant or the nonconformity concerns him. */
function isoOrDeputy({ doc, facts, now }: View<Doc>): PrincipalKey[] {
  const free = facts.directory.holders('ISO', now).some((person) => person !== doc.concerns);
  return free ? ['role:ISO'] : ['isoDeputy'];
}

/** Who confirms and does not own it. */
function confirmer(view: View<Doc>): PrincipalKey[] {
  return [...key(view.file.parties['verifier']), ...(isoIsParty(view) ? (['isoDeputy'] as const) : isoOrDeputy(view))];
}

/** TOP_MGMT rules on an appeal; a witness where no one of them may (rules §18). */
function appealAsked(view: View<Doc>): PrincipalKey[] {
  const free = view.facts.directory.holders('TOP_MGMT', view.now).some((person) => !rules.isPartyToAppeal(view as Sees, person));
  return free ? ['role:TOP_MGMT'] : ['role:WITNESS'];
}

/** Those who can decide the seats in turn: whom an approval that is late reminds. */
function approvers({ file: { round }, facts, now }: View<Doc>): PrincipalKey[] {
  return approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`);
}

function isoIsParty({ file, doc, facts, now }: View<Doc>): boolean {
  return facts.directory.holders('ISO', now).some((person) => person === file.parties['ncOwner'] || person === doc.concerns);
}

const topManagement: SeatPolicy = { name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] };

/** What the organisation has set instead (rules §16.6); never where the ISO is a party. */
function planPolicy(view: View<Doc>): ApprovalPolicy | null {
  return isoIsParty(view) ? null : approvalPolicyOf(view, `approval.nonconformity.correctiveActionPlan.${view.doc.grade ?? 'minor'}`);
}

/**
 * Who approves the plan (rules §8 RACI): minor: the ISO. Major: the ISO, then LINE_MANAGER+1 of the NC_OWNER or TOP_MGMT. Where
 * the ISO is a party: TOP_MGMT alone. A sole TOP_MGMT who is barred is represented by a witness (rules §18).
 */
function planSeats(view: View<Doc>): SeatPolicy[] {
  if (isoIsParty(view)) return [topManagement];
  const set = planPolicy(view);
  if (set) return seatsOfPolicy(set, view.file.parties['ncOwner']!);
  const iso: SeatPolicy = { name: 'iso', tiers: [['role:ISO', 'isoDeputy'], ['role:TOP_MGMT'], ['role:WITNESS']] };
  const owner = view.file.parties['ncOwner']!;
  const second: SeatPolicy = { name: 'lineManagerPlusOne', tiers: [[`manager2:${owner}`, 'role:TOP_MGMT'], ['role:WITNESS']] };
  return view.doc.grade === 'major' ? [iso, second] : [iso];
}

/** A condition is part of the corrective action: who is to judge its effectiveness, or has confirmed it, carries out none (SOD-05). */
function conditionOwnerReasons({ file, facts }: Sees, owner: PersonId): Reason[] {
  if (owner === file.parties['verifier']) return [reason('SOD_BLOCKED', { rule: 'SOD-05', person: owner, because: 'verifier', waivable: false })];
  return segregationReasons(owner, 'implementedAction', familyOf(file), facts.involvements);
}

/** Owner, and whoever has submitted a version of the plan. */
function planNever({ file, doc, facts }: View<Doc>): PersonId[] {
  const submitted = facts.involvements.filter(({ relation, object }) => relation === 'submittedPlan' && object === file.id);
  const barred = [file.parties['ncOwner'], doc.planBy, ...submitted.map(({ person }) => person)];
  return [...new Set(barred.filter((each) => each != null))].sort();
}

/** What an outside body has found runs from its report, in the first attempt (rules §8 "Timers"). */
function reportOfOutsideBody({ file, doc }: View<Doc>): { name: string; on: string } | null {
  return doc.external && file.attempt === 1 ? { name: 'reportedOn', on: doc.external.reportedOn } : null;
}

/** The date of the outside body that bounds the deadline; an extension beyond it needs its consent (rules §4.6). */
function outsideLimit({ external }: Doc, deadline: string): string | null {
  if (external?.consentNeededForExtension === false) return null;
  if (deadline === 'causeAndPlan') return external?.planDue ?? null;
  return deadline === 'implementation' || deadline === 'evidenceForCb' ? (external?.evidenceDue ?? null) : null;
}

/** §16.4 no. 30: a date of the certification body that lies before the plan's dates blocks the approval. */
function withinExternalDeadline({ doc }: View<Doc>): Reason[] {
  const limit = doc.external?.evidenceDue;
  if (!limit || !doc.plan) return [];
  const late = doc.plan.actions.filter(({ due }) => due > limit);
  return late.map(({ key: action, due }) => reason('AFTER_EXTERNAL_DEADLINE', { action, due, limit }));
}

/** What was found before under the same requirement, where a command makes that knowable. */
function needs(file: CaseFile<Doc>, command: string, body: { requirement?: string; unit?: string; causes?: { category: string }[] }): FactQuery[] {
  const similar = (found: { key: string; value: string }): FactQuery => ({ fact: 'byKey', process: 'nonconformity', ...found });
  if ((command === 'ACCEPT' || command === 'UPHOLD_APPEAL') && body.requirement) return [similar(repeatKeys.requirementUnit(body.requirement, body.unit!))];
  if (command !== 'SUBMIT_CAUSE' || !file.document.requirement) return [];
  return (body.causes ?? []).map(({ category }) => similar(repeatKeys.requirementCause(file.document.requirement!, category)));
}

function keys({ document: { requirement, causeAnalysis }, unit }: CaseFile<Doc>): { key: string; value: string }[] {
  if (!requirement) return [];
  const categories = [...new Set(causeAnalysis?.causes.map(({ category }) => category))];
  return [repeatKeys.requirementUnit(requirement, unit), ...categories.map((category) => repeatKeys.requirementCause(requirement, category))];
}

/** An approved plan binds its owner; who takes it over from a leaver says that he stands by it (rules §3.3, docs/processes/departure.md). */
const planned = ['implementing', 'reapproval', 'implemented', 'monitoring', 'effectivenessReview'];

export const nonconformityPolicy: Policy<Doc> = {
  parties: {
    reporter: ({ file }) => (file.openedBy === 'SYSTEM' ? [] : key(file.openedBy)),
    finder: ({ file }) => key(file.parties['finder']),
    ncOwner: ({ file }) => key(file.parties['ncOwner']),
    ownerOrIso: (view) => [...key(view.file.parties['ncOwner']), ...isoOrDeputy(view)],
    lineManager: ({ file }) => (file.parties['ncOwner'] ? [`manager:${file.parties['ncOwner']}`] : []),
    verifier: ({ file }) => key(file.parties['verifier']),
    leadAuditor: ({ file, doc }) => (doc.source === 'INTERNAL_AUDIT' ? key(file.parties['finder']) : []),
    confirmer,
    approvers,
    triageAsked: isoOrDeputy,
    appealAsked,
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    // What an audit has found is not the ISO's to write (SOD-02, SOD-07).
    recordKeeper: ({ file, doc }) => (isFromAudit(doc) ? key(file.parties['finder']) : ['role:ISO', 'isoDeputy']),
    topManagement: () => ['role:TOP_MGMT'],
    witness: () => ['role:WITNESS'],
    auditor: () => ['role:AUDITOR', 'role:LEAD_AUDITOR'],
    auditProgrammeManager: () => ['role:AUDIT_PROGRAMME_MANAGER'],
  },
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
  withdraw: { by: ['finder', 'iso', 'isoDeputy'], rules: (view) => rules.withdrawsOnlyAsFinder(view as Sees) },
  cancel: { by: ['ncOwner', 'iso', 'isoDeputy', 'topManagement'], confirmedBy: ['iso', 'isoDeputy', 'topManagement', 'witness'] },
  extensions: {
    grave: ({ doc }) => doc.grade === 'major',
    boundBy: ({ doc }, { deadline, newDate }) => {
      const limit = outsideLimit(doc, deadline);
      return limit !== null && newDate > limit ? doc.external!.body : null;
    },
    record: ({ doc }, { deadline, newDate }) =>
      deadline === 'evidenceForCb' && doc.external ? { ...doc, external: { ...doc.external, evidenceDue: newDate } } : doc,
  },
  windows: { effectiveness: ({ doc }) => calendarDays(doc.windowDays!) },
  rounds: {
    correctiveActionPlan: {
      mode: (view) => planPolicy(view)?.mode ?? (view.doc.grade === 'major' ? 'SEQUENTIAL' : 'SINGLE'),
      seats: planSeats,
      quorum: (view) => planPolicy(view)?.quorum,
      level: (view) => planPolicy(view)?.level,
      never: planNever,
      neverRule: 'P4-APPROVER',
      involves: 'approvedPlan',
      ruling: () => [topManagement],
      // Who will judge is part of what is approved, also where another verifier was named meanwhile.
      subject: ({ document: { plan }, parties }) => ({ plan, verifier: parties['verifier'] ?? null }),
      approvable: withinExternalDeadline,
      conditions: { fit: (view, owner) => conditionOwnerReasons(view as Sees, owner) },
    },
  },
  needs: needs as Policy<Doc>['needs'],
  keys,
  list: ({ document, parties }) => ({ title: document.title, owner: parties['ncOwner'] ?? null, grade: document.grade }),
  about: ({ document, parties, unit }) => ({
    ...{ title: document.title, grade: document.grade, requirement: document.requirement, unit, owner: parties['ncOwner'] ?? null },
    ...{ source: document.source, verifier: parties['verifier'] ?? null },
    ...{ externalDue: document.external?.evidenceDue ?? null, externalBody: document.external?.body ?? null },
  }),
};
