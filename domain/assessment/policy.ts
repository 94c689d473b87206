import { assessmentBodies as bodies } from '../../contracts/assessment.ts';
import type { AssessmentAbout, AssessmentBody, AssessmentCommand, AssessmentDocument } from '../../contracts/assessment.ts';
import type { ApprovalPolicy } from '../../contracts/approval.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate } from '../calendar/due.ts';
import type { CommandPolicy, Policy, SeatPolicy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import type { FactQuery } from '../kernel/facts.ts';
import { approvalPolicyOf, seatsOfPolicy } from '../kernel/rounds/configured.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { plansOf } from './consequences.ts';
import { isConfirmedByAll, isReady, openDisputes, pendingOwners, ratersOf, risksOf, risksToRule } from './included.ts';
import * as record from './records.ts';
import { completed } from './result.ts';
import * as rules from './rules.ts';
import { scopeItems, scopeKey } from '../scope/assessment-scope.ts';

/** Who, by when, under which rule: rules §5 and §18. Read it beside `machine.ts`. */

type Doc = AssessmentDocument;
type Sees = View<Doc, never>;
type Commands = { [C in AssessmentCommand]: CommandPolicy<Doc, AssessmentBody<C>> };

const iso = ['iso', 'isoDeputy', 'topManagement'];
const rating = ['assessor', 'iso', 'isoDeputy'];
const word = (risks: (body: never) => string[]) => (view: View<Doc, never>) => (view.body ? rules.isOwnersWord(view, risks(view.body)) : []);

const commands: Commands = {
  ADD_TRIGGER: { by: [...iso, 'system'], body: bodies.ADD_TRIGGER, record: record.attached },
  TRIAGE: { by: iso, body: bodies.TRIAGE, record: ({ doc, body }) => ({ ...doc, kind: body.kind, notNeeded: null }) },
  NOT_NEEDED: { by: iso, body: bodies.NOT_NEEDED, record: record.proposedNotNeeded },
  CONFIRM_NOT_NEEDED: { by: ['secondPerson', ...iso], body: bodies.CONFIRM_NOT_NEEDED, rules: (view) => rules.decidesOwnProposal(view as Sees) },
  REFUSE_NOT_NEEDED: { by: ['secondPerson', ...iso], body: bodies.REFUSE_NOT_NEEDED, rules: (view) => rules.decidesOwnProposal(view as Sees), record: ({ doc }) => ({ ...doc, notNeeded: null }) },
  START: {
    by: iso,
    body: bodies.START,
    record: record.started,
    names: ({ body }) => ({ assessor: body.assessor, ...(body.secondRater && { secondRater: body.secondRater }) }),
    anchors: ['started'],
  },
  ADD_RISK: { by: [...rating, 'pendingOwners'], body: bodies.ADD_RISK },
  CARRY_OVER: { by: rating, body: bodies.CARRY_OVER, record: record.carriedOver },
  EXCLUDE_RISK: { by: rating, body: bodies.EXCLUDE_RISK, record: record.leftOut },
  DECLARE_NONE: { by: rating, body: bodies.DECLARE_NONE, record: record.declaredNone },
  COMPLETE_IDENTIFICATION: { by: ['assessor'], body: bodies.COMPLETE_IDENTIFICATION, involves: 'assessedRisks', record: ({ doc, body }) => ({ ...doc, reviewed: body }) },
  COMPLETE_ANALYSIS: { by: ['assessor'], body: bodies.COMPLETE_ANALYSIS, involves: 'assessedRisks' },
  COMPLETE_EVALUATION: { by: ['assessor'], body: bodies.COMPLETE_EVALUATION, involves: 'assessedRisks' },
  // It signs the acceptance that takes effect on completion (rules §18), so that nobody gives it who may not accept (SOD-04).
  CONFIRM: {
    by: ['pendingOwners'],
    body: bodies.CONFIRM,
    acceptsRisk: true,
    involves: 'confirmedRisk',
    rules: word(({ risks }: AssessmentBody<'CONFIRM'>) => risks.map(({ risk }) => risk)) as never,
    record: record.confirmed,
  },
  DISPUTE: { by: ['riskOwners'], body: bodies.DISPUTE, rules: word(({ risk }: AssessmentBody<'DISPUTE'>) => [risk]) as never, record: record.disputed },
  RESUBMIT: { by: ['assessor'], body: bodies.RESUBMIT, involves: 'assessedRisks', record: record.answered },
  RULE: { by: ['topManagement', 'witness'], body: bodies.RULE, involves: 'ruledOnDispute', rules: (view) => rules.rulesOnOwnDispute(view as Sees), record: record.ruled },
  RELEASE_FOR_TREATMENT: { by: rating, body: bodies.RELEASE_FOR_TREATMENT, record: record.released },
  REOPEN: { by: iso, body: bodies.REOPEN },
  SCOPE_CHANGED: { by: ['system'], body: bodies.SCOPE_CHANGED, record: record.scopeChanged, anchors: ['basisChanged'], sets: ['basis'] },
  CRITERIA_CHANGED: { by: ['system'], body: bodies.CRITERIA_CHANGED, record: record.criteriaChanged, anchors: ['basisChanged'], sets: ['basis'] },
  CONTINUE_PINNED: { by: iso, body: bodies.CONTINUE_PINNED, record: record.basisDecided('CONTINUE_PINNED'), meets: ['basis'] },
  RESTART: { by: iso, body: bodies.RESTART, record: record.basisDecided('RESTART'), newAttempt: true },
};

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);
const keys = (persons: readonly PersonId[]): PrincipalKey[] => persons.map((each): PrincipalKey => `person:${each}`);

/** Of the tiers the first in which somebody is free to decide. */
function firstFree({ facts, now }: Pick<Sees, 'facts' | 'now'>, tiers: PrincipalKey[], barred: readonly PersonId[]): PrincipalKey[] {
  const free = (each: PrincipalKey) => facts.directory.resolve(each, now).some((person) => !barred.includes(person));
  return tiers.filter(free).slice(0, 1);
}

function secondPerson(view: View<Doc>): PrincipalKey[] {
  return firstFree(view, ['isoDeputy', 'role:TOP_MGMT', 'role:ISO', 'role:WITNESS'], view.doc.notNeeded?.never ?? []);
}

const rulable = ({ doc, facts, now }: Pick<Sees, 'doc' | 'facts' | 'now'>) => risksToRule(doc, inForce({ facts, now }).value('round.rejectionsBeforeRuling'));

/** TOP_MGMT, unless all of them are parties: then the witness (rules §18). */
function rulers(view: View<Doc>): PrincipalKey[] {
  return firstFree(view, ['role:TOP_MGMT', 'role:WITNESS'], rulable(view as Sees).flatMap((risk) => rules.partiesToDispute(view as Sees, risk)));
}

const isUndecided = ({ doc }: Pick<Sees, 'doc'>) => doc.basis.some(({ decision }) => decision === null);
const answerable = (view: View<Doc>) => openDisputes(view.doc).some(({ risk }) => !rulable(view as Sees).includes(risk)) || openDisputes(view.doc).length === 0;

const isFull = ({ doc }: Pick<Sees, 'doc'>) => doc.kind === 'FULL';
const isGrave = (view: View<Doc>) => risksOf(view as Sees).some(({ about }) => ['high', 'critical'].includes(about.proposalLevel ?? ''));

/** What the organisation has set instead (rules §16.6). */
function configured(view: View<Doc>): ApprovalPolicy | null {
  return approvalPolicyOf(view, isFull(view) ? 'approval.assessment.result.full' : 'approval.assessment.result.partial');
}

const topManagement: SeatPolicy = { name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] };

/** FULL, or a grave risk among them: TOP_MGMT. Else the ISO, the deputy where the ISO has assessed (rules §5 RESULT_APPROVAL). */
function seats(view: View<Doc>): SeatPolicy[] {
  const set = configured(view);
  if (set) return seatsOfPolicy(set, view.file.parties['assessor']!);
  return isFull(view) || isGrave(view) ? [topManagement] : [{ name: 'iso', tiers: [['role:ISO'], ['isoDeputy'], ['role:TOP_MGMT'], ['role:WITNESS']] }];
}

function basisReasons({ doc }: View<Doc>): Reason[] {
  const open = doc.basis.filter(({ decision }) => decision === null).map(({ ref }) => ref);
  return open.length > 0 ? [reason('BASIS_UNDECIDED', { changes: open })] : [];
}

const span = (name: 'planning' | 'identification' | 'analysis' | 'ownerReview' | 'rework' | 'resultApproval' | 'cycle' | 'basis') => (view: View<Doc>) => inForce(view).span(`assessment.${name}`);

function triage(view: View<Doc>) {
  const grave = view.doc.triggers.some(({ gravity }) => gravity === 'SEVERITY_1');
  return inForce(view).span(grave ? 'assessment.triage.severity1' : 'assessment.triage');
}

/** What the result is compared with, and who plans the next one. */
function endingNeeds({ scope, confirmations }: Doc): FactQuery[] {
  const value = scopeKey(scope);
  return [
    { fact: 'byKey', process: 'assessment', key: 'completed', value },
    { fact: 'byKey', process: 'assessmentSchedule', key: 'scope', value },
    ...plansOf([...new Set(confirmations.map(({ risk }) => risk))]),
  ];
}

/** Its risks as they are now; what is needed to end it, as soon as it may end. */
function standingNeeds({ id, settled, state, document: doc }: CaseFile<Doc>): FactQuery[] {
  if (settled !== null) return [];
  return [
    { fact: 'byKey', process: 'risk', key: 'assessment', value: id },
    { fact: 'cases', ids: doc.scope.risks },
    ...(state === 'resultApproval' ? endingNeeds(doc) : []),
  ];
}

const register: FactQuery = { fact: 'byKey', process: 'risk', key: 'register', value: 'risk' };

function needs({ state }: CaseFile<Doc>, command: string, body: { risks?: string[]; risk?: string }): FactQuery[] {
  if (command === 'START' && state === 'planning') return ['SCOPE', 'ISSUES', 'PARTIES'].map((value) => ({ fact: 'byKey', process: 'contextRecord', key: 'kind', value }));
  if (command === 'COMPLETE_IDENTIFICATION' && state === 'identification') return [register];
  if (command === 'RELEASE_FOR_TREATMENT' && body.risk) return plansOf([body.risk]);
  return command === 'CARRY_OVER' && body.risks === undefined ? [register] : [];
}

export const assessmentPolicy: Policy<Doc> = {
  parties: {
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    witness: () => ['role:WITNESS'],
    assessor: ({ file }) => key(file.parties['assessor']),
    assessorOrIso: ({ file }) => (file.parties['assessor'] ? key(file.parties['assessor']) : ['role:ISO']),
    pendingOwners: (view) => keys(pendingOwners(view as Sees)),
    riskOwners: (view) => keys([...new Set(risksOf(view as Sees).flatMap(({ about }) => about.owner ?? []))]),
    secondPerson,
    rulers,
    reworkers: (view) => [...key(view.file.parties['assessor']), ...(rulable(view as Sees).length > 0 ? rulers(view) : [])],
    approvers: ({ file: { round }, facts, now }) => keys(approversOf({ facts, now }, round)),
  },
  reassign: {
    assessor: { by: iso, fit: (view, to) => rules.raterReasons(view as Sees, to, 'assessor') },
    secondRater: { by: iso, fit: (view, to) => rules.raterReasons(view as Sees, to, 'secondRater') },
  },
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: {
    triage: { for: 'iso', when: ({ doc }) => doc.notNeeded === null },
    confirmNotNeeded: { for: 'secondPerson', when: ({ doc }) => doc.notNeeded !== null },
    start: { for: 'iso' },
    identify: { for: 'assessorOrIso' },
    analyse: { for: 'assessorOrIso' },
    evaluate: { for: 'assessorOrIso' },
    confirmRisks: { for: 'pendingOwners', when: (view) => pendingOwners(view as Sees).length > 0 },
    completeRisks: { for: 'assessorOrIso', when: (view) => pendingOwners(view as Sees).length === 0 || risksOf(view as Sees).some((risk) => !isReady(risk)) },
    answer: { for: 'assessorOrIso', when: answerable },
    ruleDispute: { for: 'rulers', when: (view) => rulable(view as Sees).length > 0 },
    continueOrRestart: { for: 'iso', when: isUndecided, deadline: 'basis' },
  },
  deadlines: {
    triage: { after: 'opened', duration: triage, ladder: 'standard', owner: 'iso' },
    planning: { after: 'entered', duration: span('planning'), ladder: 'standard', owner: 'iso' },
    identification: { after: 'entered', duration: span('identification'), ladder: 'standard', owner: 'assessorOrIso' },
    analysis: { after: 'entered', duration: span('analysis'), ladder: 'standard', owner: 'assessorOrIso' },
    ownerReview: { after: 'entered', duration: span('ownerReview'), ladder: 'standard', owner: 'pendingOwners' },
    rework: { after: 'entered', duration: span('rework'), ladder: 'standard', owner: 'reworkers' },
    resultApproval: { after: 'entered', duration: span('resultApproval'), ladder: 'standard', owner: 'approvers' },
    cycle: { after: 'started', duration: span('cycle'), when: isFull, ladder: 'standard', owner: 'assessorOrIso' },
    basis: { after: 'basisChanged', duration: span('basis'), when: isUndecided, ladder: 'standard', owner: 'iso' },
  },
  cancel: { by: iso, confirmedBy: ['topManagement', 'iso', 'isoDeputy', 'witness'] },
  windows: {},
  rounds: {
    assessmentResult: {
      mode: (view) => configured(view)?.mode ?? 'SINGLE',
      seats,
      quorum: (view) => configured(view)?.quorum,
      level: (view) => configured(view)?.level,
      never: (view) => ratersOf(view as Sees),
      neverRule: 'P1-APPROVER',
      involves: 'approvedAssessment',
      ruling: () => [topManagement],
      subject: ({ document: { kind, scope, confirmations, released, none, excluded } }) => ({ kind, scope, confirmations, released, none, excluded }) as never,
      approvable: basisReasons,
    },
  },
  standingNeeds,
  needs: needs as Policy<Doc>['needs'],
  levels: { ALL_CONFIRMED: (view) => isConfirmedByAll(view as Sees), CONFIRMATION_VOID: (view) => !isConfirmedByAll(view as Sees) },
  freezes: { completed: (view) => completed(view as Sees) },
  claims: ({ settled, document: { scope } }) => (settled === null ? [`assessment:${scopeKey(scope)}`] : []),
  keys: ({ settled, document: { scope } }) => (settled === null ? [{ key: 'open', value: 'yes' }] : settled === 'done' ? [{ key: 'completed', value: scopeKey(scope) }] : []),
  auditedAs: () => ['clause:6.1.2', 'clause:8.2'],
  reviewInput: 'f',
  list: ({ document: doc, parties }) => ({ title: titleOf(doc), owner: parties['assessor'] ?? null, grade: doc.kind }),
  about,
};

function titleOf({ kind, proposed, triggers, scope }: Doc): string {
  const about = scope.all ? 'everything' : scopeItems(scope).length > 3 ? `${scopeItems(scope).length} items` : scope.units.join(', ') || `${scopeItems(scope).length} items`;
  return `${kind ?? proposed ?? 'Assessment'}: ${about} (${triggers[0]!.kind})`;
}

function about({ document: doc, settledAt, zone, settled }: CaseFile<Doc>): AssessmentAbout {
  const { kind, scope, triggers, criteria, planned, result } = doc;
  return {
    ...{ title: titleOf(doc), kind, scope: scopeItems(scope), scopeKey: scopeKey(scope), scopeText: settled === null ? JSON.stringify(scope) : null },
    ...{ triggers: triggers.map(({ kind: each, ref }) => (ref ? `${each} ${ref}` : each)), criteria, planned: planned?.on ?? null },
    completedOn: result && settledAt ? localDate(settledAt, zone) : null,
    results: result?.risks.map(({ risk, level }) => `${risk}=${level}`) ?? [],
  };
}
