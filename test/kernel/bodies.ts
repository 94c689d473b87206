import type { AbsenceCommand } from '../../contracts/absence.ts';
import type { ActionCommand } from '../../contracts/action.ts';
import type { AuditorAccessCommand } from '../../contracts/auditor-access.ts';
import type { AuditorRecordCommand } from '../../contracts/auditor-record.ts';
import type { BreakGlassCommand } from '../../contracts/break-glass.ts';
import type { AssessmentScheduleCommand } from '../../contracts/assessment-schedule.ts';
import type { ConfigurationChangeCommand } from '../../contracts/configuration-change.ts';
import type { ContextRecordCommand, ContextRecordDocument } from '../../contracts/context-record.ts';
import type { CommonCommand } from '../../contracts/common-commands.ts';
import type { ControlCommand } from '../../contracts/control.ts';
import type { DelegationCommand } from '../../contracts/delegation.ts';
import type { DepartureCommand } from '../../contracts/departure.ts';
import type { CaseId, LocalDate, PersonId } from '../../contracts/identity.ts';
import type { NonconformityCommand, NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { RegisterCommand } from '../../contracts/register.ts';
import type { StatementCommand } from '../../contracts/statement.ts';
import { Temporal } from 'temporal-polyfill';
import { localDate } from '../../domain/calendar/due.ts';
import { annexAControls } from '../../domain/framework/framework.ts';
import { findingCommandBodies } from './finding-moves.ts';
import { riskCommandBodies, riskCriteriaCommandBodies } from './risk-bodies.ts';
import { acceptanceBodies, treatmentPlanBodies } from './treatment-bodies.ts';
import { assessmentBodies } from './assessment-bodies.ts';
import { auditBodies } from './audit-bodies.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** A body for every command that fits the case as it is, unless who sends it or when makes it wrong. */
export interface Choice {
  grade?: 'minor' | 'major';
  owner?: PersonId;
  actionOwners?: PersonId[];
  verifier?: PersonId;
  to?: PersonId;
  role?: string;
  backTo?: 'plan' | 'cause';
  occurrences?: number;
}

interface Ground {
  world: World;
  caseId: CaseId;
  choice: Choice;
}

type Maker = (ground: Ground) => object | Promise<object>;
const reason = 'Because it is so';
const note = 'Seen';

export function today(world: World, plusDays = 0): LocalDate {
  return Temporal.PlainDate.from(localDate(world.driver.now(), 'Europe/Berlin'))
    .add({ days: plusDays })
    .toString();
}

export const report = (world: World, extra: object = {}) => ({
  ...{
    title: 'No restore test',
    statement: 'None since spring',
    source: 'MONITORING',
    unit: 'it',
    detectedOn: today(world),
  },
  ...extra,
});

let proofs = 0;
/** Bytes that nobody has seen before. */
export const freshEvidence = async (world: World): Promise<string[]> => [
  await world.evidence(`proof ${(proofs += 1)}`),
];

const acceptance: Maker = ({ choice: { grade = 'minor', owner = people.ncOwner } }) => ({
  grade,
  owner,
  unit: 'it',
  requirement: 'A.8.13',
});
const consequences = { consequences: 'None', effect: 'LOW' };

const plan: Maker = ({ world, choice }) => {
  const { actionOwners = [people.actionOwner], verifier = people.auditor, occurrences } = choice;
  const actions = actionOwners.map((owner, n) => ({
    key: `a${n + 1}`,
    title: `Action ${n + 1}`,
    causes: ['c1'],
    owner,
    due: today(world, 20),
  }));
  const effectiveness = {
    criterion: 'Two tests succeed',
    method: 'Records',
    verifier,
    windowDays: 90,
    ...(occurrences && { occurrences }),
  };
  return { actions, effectiveness, riskImpact: 'Falls' };
};

export const nonconformityBodies: Record<NonconformityCommand, Maker> = {
  ACCEPT: acceptance,
  REJECT_NOT_NC: () => ({ reason }),
  MARK_DUPLICATE: ({ world, caseId }) => ({
    of: world.cases().find((id) => id !== caseId && isOpenNonconformity(world, id)) ?? caseId,
  }),
  APPEAL: () => ({ reason }),
  UPHOLD_APPEAL: (ground) => ({ ...acceptance(ground), reason }),
  DISMISS_APPEAL: () => ({ reason }),
  RECORD_CORRECTION: () => ({ correction: 'Tested by hand', ...consequences }),
  CORRECTION_NOT_POSSIBLE: () => ({ reason, ...consequences }),
  SUBMIT_CAUSE: () => ({
    ...{
      method: 'FIVE_WHYS',
      causes: [
        { key: 'c1', statement: 'Nobody owns it', category: 'RESOURCES', chain: ['Nobody was named'] },
      ],
    },
    ...{ extent: { checked: 'All', found: 'None' }, earlierFailure: 'It was forgotten' },
  }),
  NO_CA_NEEDED: () => ({ reason }),
  CA_NEEDED: () => ({}),
  SUBMIT_PLAN: plan,
  REVISE_PLAN: plan,
  WAIVE_REPORTING_LINE: () => ({
    person: 'nina.schuster',
    reportsTo: people.actionOwner,
    reason,
    safeguard: 'The ISO sits in',
  }),
  REPLAN: () => ({ reason }),
  CONFIRM_IMPLEMENTATION: () => ({ sampled: 'Records' }),
  NOT_CONFIRMED: ({ world, caseId }) => ({
    reason,
    redo: documentOf(world, caseId).correctionOnly ? [] : [{ action: 'a1', due: today(world, 20) }],
  }),
  RECORD_OCCURRENCE: ({ world }) => ({ on: today(world), result: 'Passed' }),
  RECURRENCE: () => ({ description: 'Again' }),
  EFFECTIVE: async ({ world }) => ({
    statement: 'Met',
    evidence: await freshEvidence(world),
    risksUpdated: 'R-7',
    ismsChanges: 'None',
  }),
  INEFFECTIVE: () => ({ reason }),
  INCONCLUSIVE: () => ({ reason, windowDays: 30 }),
  REOPEN: async ({ world }) => ({ reason, evidence: await freshEvidence(world) }),
  REGRADE: async ({ world, choice: { grade = 'major' } }) => ({
    grade,
    reason,
    evidence: await freshEvidence(world),
  }),
  SEND_CB_EVIDENCE: async ({ world }) => ({
    statement: 'Sent',
    evidence: await freshEvidence(world),
    sentOn: today(world),
  }),
  CLOSED_BY_CB: ({ world }) => ({ reference: 'CA-1', closedOn: today(world) }),
  FOUND_AGAIN: ({ world, caseId }) => ({
    ...{ title: 'Still no restore test', statement: 'None', source: 'INTERNAL_AUDIT', requirement: 'A.8.13', unit: 'it', detectedOn: today(world), evidence: [] },
    ...{ grade: 'major', leadAuditor: people.auditor, recipient: 'UNITS', finding: { id: caseId, ref: 'FND-1' }, audit: { id: caseId, ref: 'AUD-1' } },
  }),
  COUNT_OCCURRENCE: ({ caseId }) => ({ from: caseId, fromRef: 'NC-1' }),
};

export const actionBodies: Record<ActionCommand, Maker> = {
  ASSIGN: ({ choice: { owner = people.actionOwner } }) => ({ owner }),
  ACKNOWLEDGE: () => ({}),
  DECLINE: () => ({ reason }),
  START: () => ({}),
  BLOCK: () => ({ reason }),
  UNBLOCK: () => ({}),
  SUBMIT: async ({ world }) => ({ result: 'Done', evidence: await freshEvidence(world) }),
  RETURN: () => ({ reason }),
  VERIFY: () => ({ note }),
  CALL_OFF: () => ({ reason }),
};

export const commonBodies: Record<CommonCommand, Maker> = {
  COMMENT: () => ({ text: note }),
  ADD_EVIDENCE: async ({ world }) => ({ evidence: (await freshEvidence(world))[0], title: 'Record' }),
  REASSIGN: ({ world, caseId, choice: { to = people.uninvolved, role } }) => ({
    role: role ?? rolesOf(world, caseId),
    to,
    reason,
  }),
  ACKNOWLEDGE_ESCALATION: ({ world, caseId }) => ({ ...firedStep(world, caseId), decision: 'EXTEND' }),
  LINK: ({ world, caseId }) => ({ to: world.cases().find((id) => id !== caseId) ?? caseId, type: 'related' }),
  APPROVE: ({ world, caseId }) => ({ contentHash: world.file(caseId).round?.contentHash ?? '0'.repeat(64) }),
  REJECT: ({ choice: { backTo = 'plan' } }) => ({ reason, backTo }),
  REQUEST_INFORMATION: ({ choice: { to = people.actionOwner } }) => ({ of: to, question: 'How often?' }),
  ANSWER_INFORMATION: ({ world, caseId }) => ({ question: openQuestion(world, caseId), answer: 'Every month' }),
  RECUSE: () => ({ reason }),
  PASS_SEAT: ({ choice: { to = people.deputy } }) => ({ to, reason }),
  APPOINT_SUBSTITUTE: ({ world, caseId, choice: { to = people.uninvolved } }) => ({
    ...{ seat: world.file(caseId).round?.seats.find(({ decision }) => decision === null)?.name ?? 'iso' },
    ...{ person: to, reason },
  }),
  CHANGE_MODE: () => ({ mode: 'ANY', reason }),
  SETTLE_EFFECT: ({ world, caseId }) => ({
    version: world.file(caseId).refusedEffects[0]?.version ?? 1,
    n: world.file(caseId).refusedEffects[0]?.n ?? 0,
    note,
  }),
  EFFECT_ANSWERED: () => ({ version: 1, n: 0, outcome: 'REFUSED' }),
  CONFIRM_INTERIM: ({ world, caseId }) => ({ role: world.file(caseId).vacancies[0]?.role ?? rolesOf(world, caseId) }),
  CONFIRM_TAKEOVER: ({ world, caseId }) => ({ role: world.file(caseId).takeovers[0]?.role ?? rolesOf(world, caseId) }),
  HOLDER_LEFT: ({ caseId }) => ({ from: caseId, fromRef: 'NC-1', person: people.actionOwner, because: 'LEFT' }),
  UNIT_DISSOLVED: ({ caseId }) => ({ from: caseId, fromRef: 'NC-1', unit: 'it', successor: null }),
  BROADCAST_ENDED: () => ({ version: 1, n: 0, targets: 0, accepted: 0, refused: 0 }),
  PEOPLE_CHANGED: ({ caseId }) => ({ from: caseId, fromRef: 'NC-1', because: reason }),
  TIMES_CHANGED: ({ caseId }) => ({ from: caseId, fromRef: 'CC-1' }),
  REQUEST_EXTENSION: async ({ world, caseId }) => ({
    ...{ deadline: runningDeadline(world, caseId), newDate: today(world, 60), reason, interimMeasure: 'Checked by hand' },
    consent: (await freshEvidence(world))[0],
  }),
  GRANT_EXTENSION: ({ world, caseId }) => ({ deadline: askedExtension(world, caseId), note }),
  REFUSE_EXTENSION: ({ world, caseId }) => ({ deadline: askedExtension(world, caseId), reason }),
  WITHDRAW_EXTENSION: ({ world, caseId }) => ({ deadline: askedExtension(world, caseId), reason }),
  HOLD: ({ world }) => ({ reason, reviewOn: today(world, 20) }),
  PROLONG_HOLD: ({ world }) => ({ reason, reviewOn: today(world, 25) }),
  RESUME: () => ({ reason }),
  CORRECT_RECORD: ({ world, caseId, choice: { occurrences = 1 } }) => ({ entry: Math.min(occurrences, world.file(caseId).version), wrong: 'A typing error', reason }),
  WITHDRAW: async ({ world }) => ({ reason, evidence: await freshEvidence(world) }),
  LINK_WITHDRAWN: ({ caseId }) => ({ from: caseId, fromRef: 'NC-1' }),
  LEGAL_HOLD: () => ({ reason }),
  RELEASE_HOLD: () => ({ reason }),
  REQUEST_CANCEL: () => ({ reason }),
  CONFIRM_CANCEL: () => ({ note }),
  REFUSE_CANCEL: () => ({ reason }),
  ATTACH_TRIGGER: ({ caseId }) => ({ from: caseId, fromRef: 'NC-1', type: 'related' }),
};

function openQuestion(world: World, caseId: CaseId): string {
  return world.file(caseId).round?.questions.find(({ answer }) => answer === null)?.key ?? 'q1';
}

const delegationBodies: Record<DelegationCommand, Maker> = {
  ACCEPT: () => ({ note }),
  DECLINE: () => ({ reason }),
  REVOKE: () => ({ reason }),
};

/** Begins in ten days, so that its beginning is a step of its own. */
export const auditorAccess = (world: World) => ({ person: people.auditor, scope: { items: ['control:A.8.13'] }, from: today(world, 10), until: today(world, 30), reason });

const auditorAccessBodies: Record<AuditorAccessCommand, Maker> = {
  CHANGE_END: ({ world }) => ({ until: today(world, 40), reason }),
  CHANGE_SCOPE: () => ({ scope: { items: ['clause:9.2.1'], units: ['it'] }, reason }),
  REVOKE: () => ({ reason }),
  AUDIT_ENDED: ({ caseId }) => ({ audit: caseId, auditRef: 'AUD-1' }),
};

export const auditorRecord = { person: people.auditor };

const inOneAudit: Maker = ({ world, caseId }) => ({ audit: caseId, auditRef: 'AUD-1', role: 'AUDITOR', items: ['control:A.8.13'], on: today(world) });

const auditorRecordBodies: Record<AuditorRecordCommand, Maker> = {
  ADD_COMPETENCE: async ({ world }) => ({ as: 'LEAD_AUDITOR', what: 'Course and three audits', evidence: await freshEvidence(world), since: '2025-03-01', validUntil: today(world, 200) }),
  END_COMPETENCE: () => ({ competence: 'c1', reason }),
  RETIRE: () => ({ reason }),
  RESTORE: () => ({ reason }),
  DECLARED: inOneAudit,
  AUDITED: inOneAudit,
};

const departureBodies: Record<DepartureCommand, Maker> = {
  CHANGE_LAST_DAY: ({ world }) => ({ lastDay: today(world, 12), reason }),
};

export const breakGlass = { commands: ['action:ASSIGN', 'nonconformity:REASSIGN'], hours: 8, reason };

const breakGlassBodies: Record<BreakGlassCommand, Maker> = {
  END: () => ({ reason }),
  CONFIRM_REVIEW: ({ world, caseId }) => ({ decisions: (world.file(caseId).document['uses'] as unknown[]).length, assessment: note }),
  USED: ({ world, caseId }) => ({ from: caseId, fromRef: 'NC-1', version: 1, command: 'REASSIGN', at: world.driver.now() }),
};

const absenceBodies: Record<AbsenceCommand, Maker> = {
  CHANGE_END: ({ world }) => ({ until: today(world, 20) }),
  NAME_SUBSTITUTE: ({ choice: { to = 'ingrid.pohl' } }) => ({ substitute: to }),
  RETURN: () => ({ note }),
  CANCEL: () => ({ reason }),
};

export const configurationChange = (world: World) => ({
  set: { 'nonconformity.triage': '4wd' },
  effectiveOn: today(world, 10),
  reason,
});

const configurationChangeBodies: Record<ConfigurationChangeCommand, Maker> = {
  EDIT: ({ world }) => configurationChange(world),
  SUBMIT: () => ({}),
  REVOKE: () => ({ reason }),
  SUPERSEDE: ({ caseId }) => ({ from: caseId, fromRef: 'CC-1' }),
};

export const assessmentSchedule = (world: World) => ({ scope: { units: ['it'] }, unit: 'it', nextOn: today(world, 30) });

const assessmentScheduleBodies: Record<AssessmentScheduleCommand, Maker> = {
  CHANGE: ({ world }) => ({ nextOn: today(world, 20), reason }),
  CYCLE_COMPLETED: ({ world, caseId }) => ({ assessment: caseId, assessmentRef: 'RA-1', on: today(world) }),
};

export const contextRecord = { kind: 'PARTIES', title: 'Interested parties', unit: 'it', parties: [{ name: 'Customers', requirements: 'Secrecy', addressed: 'Contracts' }] };

const contextRecordBodies: Record<ContextRecordCommand, Maker> = {
  AMEND: () => ({ parties: [{ name: 'Owners', requirements: 'Continuity', addressed: 'Tests' }], reason }),
  SUBMIT: () => ({}),
  CONFIRM: ({ world, caseId }) => ({ contentHash: (world.file(caseId).document as unknown as ContextRecordDocument).versions.at(-1)!.contentHash }),
  RETURN: () => ({ reason }),
};

const registerBodies: Record<RegisterCommand, Maker> = {
  AMEND: () => ({ name: 'Another name', criticality: 'high' }),
  NAME_OWNER: ({ choice: { owner = people.actionOwner } }) => ({ owner }),
  RETIRE: () => ({ reason }),
  RESTORE: () => ({ reason }),
};

const controlBodies: Record<ControlCommand, Maker> = {
  AMEND: () => ({ how: 'Every night' }),
  NAME_OWNER: ({ choice: { owner = people.actionOwner } }) => ({ owner }),
  SET_STATUS: () => ({ status: 'PARTIAL', reason }),
  VERIFY: async ({ world }) => ({ on: today(world), evidence: await freshEvidence(world) }),
  NOT_EFFECTIVE: () => ({ reason }),
  MANDATE: () => ({ code: 'LEGAL', text: 'The law asks for it' }),
  LIFT_MANDATE: () => ({ key: 'm1', reason }),
  PLAN_ACTION: ({ world, choice: { owner = people.actionOwner } }) => ({ title: 'Write it down', owner, due: today(world, 20) }),
  RETIRE: () => ({ reason }),
  RESTORE: () => ({ reason }),
};

const statementBodies: Record<StatementCommand, Maker> = {
  REDERIVE: () => ({ cause: { kind: 'OTHER', note } }),
  JUSTIFY: () => ({ exclusions: [{ controls: annexAControls.map(({ id }) => id), justification: 'Nothing here needs it' }] }),
  SUBMIT: () => ({}),
  PRESENT: () => ({}),
  RETURN: () => ({ reason }),
  SUPERSEDE: ({ caseId }) => ({ by: caseId, byRef: 'SOA-2' }),
};

const bodiesOf: Record<string, Record<string, Maker>> = {
  absence: absenceBodies,
  action: actionBodies,
  assessment: assessmentBodies,
  assessmentSchedule: assessmentScheduleBodies,
  audit: auditBodies,
  auditorAccess: auditorAccessBodies,
  auditorRecord: auditorRecordBodies,
  breakGlass: breakGlassBodies,
  asset: registerBodies,
  businessProcess: registerBodies,
  configurationChange: configurationChangeBodies,
  contextRecord: contextRecordBodies,
  control: controlBodies,
  delegation: delegationBodies,
  finding: findingCommandBodies as never,
  departure: departureBodies,
  nonconformity: nonconformityBodies,
  statementOfApplicability: statementBodies,
  supplier: registerBodies,
  risk: riskCommandBodies,
  riskCriteria: riskCriteriaCommandBodies,
  acceptance: acceptanceBodies as never,
  treatmentPlan: treatmentPlanBodies as never,
};

export function commandsOf(process: string): string[] {
  return [...Object.keys(bodiesOf[process]!), ...Object.keys(commonBodies)];
}

export async function bodyOf(
  world: World,
  caseId: CaseId,
  command: string,
  choice: Choice = {},
): Promise<object> {
  const maker = bodiesOf[world.file(caseId).process]![command] ?? commonBodies[command as CommonCommand];
  return maker({ world, caseId, choice });
}

function isOpenNonconformity(world: World, id: CaseId): boolean {
  const { process, settled } = world.file(id);
  return process === 'nonconformity' && settled === null;
}

function documentOf(world: World, caseId: CaseId): NonconformityDocument {
  return world.file(caseId).document as unknown as NonconformityDocument;
}

function rolesOf(world: World, caseId: CaseId): string {
  const { process } = world.file(caseId);
  return { finding: 'leadAuditor', nonconformity: 'ncOwner', configurationChange: 'author', riskCriteria: 'author' }[process] ?? 'owner';
}

function runningDeadline(world: World, caseId: CaseId): string {
  const open = Object.values(world.file(caseId).deadlines).filter(({ metAt, name }) => metAt === null && !name.includes(':'));
  return open[0]?.name ?? 'due';
}

function askedExtension(world: World, caseId: CaseId): string {
  return world.file(caseId).extensions.find(({ outcome }) => outcome === null)?.deadline ?? 'due';
}

function firedStep(world: World, caseId: CaseId): { deadline: string; step: string } {
  const open = Object.values(world.file(caseId).deadlines).filter(({ metAt }) => metAt === null);
  const fired = open.flatMap(({ name: deadline, steps }) =>
    steps
      .filter(({ firedAt, step }) => firedAt && /E[1-4]/.test(step))
      .map(({ step }) => ({ deadline, step })),
  );
  return fired[0] ?? { deadline: 'due', step: 'E1' };
}
