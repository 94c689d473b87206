import { z } from 'zod';
import { caseId, evidenceList, line, localDate, personId, prose, reasonText, requirement, unitId } from './fields.ts';

/** Nonconformity and corrective action (ISO/IEC 27001:2022 10.2; rules §8). */

export const grades = ['major', 'minor'] as const;
export type Grade = (typeof grades)[number];

export const nonconformitySources = [
  'INTERNAL_AUDIT',
  'CERTIFICATION_BODY',
  'CUSTOMER_AUDIT',
  'SUPPLIER_AUDIT',
  'INCIDENT',
  'MONITORING',
  'OVERDUE_TREATMENT',
  'POLICY_VIOLATION',
  'ACCESS_REVIEW',
  'CONTINUITY_TEST',
  'COMPLAINT',
  'REGULATOR',
  'EMPLOYEE_REPORT',
  'MANAGEMENT_REVIEW',
] as const;
export type NonconformitySource = (typeof nonconformitySources)[number];

/** Profile of an outside body: its dates win where they are earlier (rules §8 "external NC"). */
export const externalProfile = z.strictObject({
  body: line('Certification body or customer'),
  reference: line('Their reference'),
  reportedOn: localDate('Date of closing meeting or report', 'notFuture'),
  planDue: localDate('Plan due to them').optional(),
  evidenceDue: localDate('Evidence due to them').optional(),
  consentNeededForExtension: z.boolean().default(true),
});

/** Search key under which nonconformities of one requirement in one unit find each other. */
export function requirementUnit(requirement: string, unit: string): { key: string; value: string } {
  return { key: 'requirementUnit', value: `${requirement}|${unit}` };
}

/** Anyone may report. Grade is given only where an audit or an outside body has fixed it. */
export const reportBody = z
  .strictObject({
    title: line('Title'),
    statement: prose('What was found'),
    source: z.enum(nonconformitySources),
    requirement: requirement.optional(),
    unit: unitId('Unit concerned'),
    detectedOn: localDate('Detected on', 'notFuture'),
    occurredOn: localDate('Occurred on', 'notFuture').optional(),
    evidence: evidenceList(0).default([]),
    grade: z.enum(grades).optional(),
    leadAuditor: personId('Lead auditor who found it').optional(),
    concerns: personId('Person who caused it, if it concerns one').optional(),
    external: externalProfile.optional(),
  })
  .refine((body) => body.source !== 'INTERNAL_AUDIT' || (body.grade && body.leadAuditor), {
    path: ['grade'],
    message: 'a finding of an internal audit needs its grade and its lead auditor',
  })
  .refine((body) => body.source !== 'CERTIFICATION_BODY' || (body.grade && body.external), {
    path: ['external'],
    message: 'a finding of the certification body needs its grade and the profile of that body',
  });
export type ReportNonconformity = z.infer<typeof reportBody>;

const caseRef = z.strictObject({ id: z.uuid(), ref: z.string().max(40) });

/**
 * What a finding opens in each of its units as soon as the report is issued (rules §14 L4). `recipient`: against top management, whose body answers.
 * `sameAs`: the nonconformity of an earlier audit that is the same and still open; it takes the finding up instead.
 */
export const reportFromFindingBody = z.strictObject({
  ...{ title: line('Title'), statement: prose('What was found'), source: z.literal('INTERNAL_AUDIT'), requirement, unit: unitId('Unit concerned') },
  ...{ detectedOn: localDate('Detected on'), evidence: evidenceList(0), grade: z.enum(grades), leadAuditor: personId('Lead auditor who found it') },
  ...{ recipient: z.enum(['UNITS', 'TOP_MGMT']), finding: caseRef, audit: caseRef, sameAs: z.uuid().optional() },
});
export type ReportFromFinding = z.infer<typeof reportFromFindingBody>;

const acceptance = {
  grade: z.enum(grades),
  owner: personId('Nonconformity owner: the manager accountable for the area'),
  unit: unitId('Unit'),
  requirement,
};

export const causeCategories = ['PEOPLE', 'HUMAN_ERROR', 'PROCESS', 'DOCUMENT', 'TECHNOLOGY', 'SUPPLIER', 'RESOURCES', 'UNASSESSED_RISK', 'EXTERNAL'] as const;

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);

const cause = z.strictObject({
  key: key.meta({ title: 'Short name, e.g. c1' }),
  statement: prose('Root cause'),
  category: z.enum(causeCategories),
  chain: z.array(prose('Why')).min(1).max(10).meta({ title: 'Cause chain' }),
});

const plannedAction = z.strictObject({
  key: key.meta({ title: 'Short name, e.g. a1' }),
  title: line('Action'),
  description: prose('What is to be done').optional(),
  causes: z.array(key).min(1).max(20).meta({ title: 'Causes it removes' }),
  owner: personId('Action owner'),
  due: localDate('Due date', 'notPast'),
  expectedEvidence: prose('Evidence expected').optional(),
});

/** How it will be judged, defined before the work starts (rules §8, PLANNING). Window 30–365 calendar days, or n occurrences. */
const effectivenessPlan = z.strictObject({
  criterion: prose('Effectiveness criterion'),
  method: prose('Method'),
  windowDays: z.int().min(30).max(365).optional().meta({ title: 'Window in calendar days', description: 'Without it the usual one (90)' }),
  occurrences: z.int().min(1).max(1000).optional().meta({ title: 'Or until n occurrences of the process' }),
  verifier: personId('Verifier'),
});

const plan = z.strictObject({
  actions: z.array(plannedAction).min(1).max(50),
  effectiveness: effectivenessPlan,
  riskImpact: prose('Impact on risks'),
});

const consequences = {
  consequences: prose('Consequences and how they are dealt with'),
  effect: z.enum(['LOW', 'MEDIUM', 'HIGH']).default('MEDIUM').meta({ title: 'Effect' }),
  incidents: z.array(z.string().max(80)).max(20).default([]).meta({ title: 'Incidents' }),
  risks: z.array(z.string().max(80)).max(20).default([]).meta({ title: 'Risks' }),
};

export const nonconformityBodies = {
  ACCEPT: z.strictObject(acceptance),
  REJECT_NOT_NC: z.strictObject({ reason: reasonText }),
  MARK_DUPLICATE: z.strictObject({ of: caseId('Nonconformity it repeats'), reason: reasonText.optional() }),
  APPEAL: z.strictObject({ reason: reasonText }),
  UPHOLD_APPEAL: z.strictObject({ ...acceptance, reason: reasonText }),
  DISMISS_APPEAL: z.strictObject({ reason: reasonText }),
  RECORD_CORRECTION: z.strictObject({ correction: prose('Correction'), ...consequences, evidence: evidenceList(0).default([]) }),
  CORRECTION_NOT_POSSIBLE: z.strictObject({ reason: reasonText, ...consequences }),
  SUBMIT_CAUSE: z.strictObject({
    method: z.enum(['FIVE_WHYS', 'FISHBONE', 'OTHER']),
    causes: z.array(cause).min(1).max(20),
    extent: z.strictObject({ checked: prose('Where similar nonconformities were looked for'), found: prose('What was found') }),
    earlierFailure: prose('Why the earlier corrective action failed').optional(),
  }),
  NO_CA_NEEDED: z.strictObject({ reason: reasonText }),
  CA_NEEDED: z.strictObject({ note: prose('Note').optional() }),
  SUBMIT_PLAN: plan,
  REVISE_PLAN: plan,
  WAIVE_REPORTING_LINE: z.strictObject({
    person: personId('Verifier'),
    reportsTo: personId('Implementer whom the verifier reports to'),
    reason: reasonText,
    safeguard: prose('Safeguard'),
  }),
  REPLAN: z.strictObject({ reason: reasonText }),
  CONFIRM_IMPLEMENTATION: z.strictObject({ sampled: prose('Evidence sampled and what it showed') }),
  NOT_CONFIRMED: z.strictObject({
    reason: reasonText,
    redo: z.array(z.strictObject({ action: key, due: localDate('Due date', 'notPast') })).max(50).default([]),
  }),
  RECORD_OCCURRENCE: z.strictObject({ on: localDate('Date', 'notFuture'), result: prose('What it showed') }),
  RECURRENCE: z.strictObject({ description: prose('What happened again'), evidence: evidenceList(0).default([]) }),
  EFFECTIVE: z.strictObject({
    statement: prose('How the criterion was met'),
    evidence: evidenceList(1),
    risksUpdated: prose('Risks updated, or why none'),
    ismsChanges: prose('Changes of the ISMS made or raised, or why none'),
  }),
  INEFFECTIVE: z.strictObject({ reason: reasonText }),
  INCONCLUSIVE: z.strictObject({ reason: reasonText, windowDays: z.int().min(30).max(365) }),
  REOPEN: z.strictObject({ reason: reasonText, evidence: evidenceList(1) }),
  REGRADE: z.strictObject({ grade: z.enum(grades), reason: reasonText, evidence: evidenceList(0).default([]) }),
  SEND_CB_EVIDENCE: z.strictObject({ statement: prose('What was sent'), evidence: evidenceList(1), sentOn: localDate('Sent on', 'notFuture') }),
  CLOSED_BY_CB: z.strictObject({ reference: line('Their reference'), closedOn: localDate('Closed on', 'notFuture') }),
  COUNT_OCCURRENCE: z.strictObject({ from: z.uuid(), fromRef: z.string() }),
  /** SYSTEM only: a later audit has found the same while it is open. */
  FOUND_AGAIN: reportFromFindingBody,
} as const;

export type NonconformityCommand = keyof typeof nonconformityBodies;
export type NonconformityBody<C extends NonconformityCommand> = z.infer<(typeof nonconformityBodies)[C]>;
export type CorrectiveActionPlan = z.infer<typeof plan>;

/** A verdict on effectiveness, kept per attempt. */
export interface EffectivenessVerdict {
  attempt: number;
  verdict: 'EFFECTIVE' | 'INEFFECTIVE' | 'INCONCLUSIVE';
  by: string;
  at: string;
  statement: string;
  evidence: string[];
}

/** The document of a nonconformity; owner, verifier and finder live in the case's parties. */
export interface NonconformityDocument {
  title: string;
  statement: string;
  source: NonconformitySource;
  requirement: string | null;
  detectedOn: string;
  occurredOn: string | null;
  grade: Grade | null;
  gradeProposal: Grade | null;
  concerns: string | null;
  external: z.infer<typeof externalProfile> | null;
  closedByCb: { reference: string; closedOn: string } | null;
  cbEvidence: { statement: string; evidence: string[]; sentOn: string } | null;
  appealed: boolean;
  duplicateOf: string | null;
  occurrences: number;
  predecessor: { id: string; ref: string } | null;
  correction: { text: string; possible: boolean; consequences: string; effect: 'LOW' | 'MEDIUM' | 'HIGH'; incidents: string[]; risks: string[] } | null;
  causeAnalysis: NonconformityBody<'SUBMIT_CAUSE'> | null;
  correctionOnly: boolean;
  plan: CorrectiveActionPlan | null;
  planVersion: number;
  /** Who submitted the plan now on the table: never its approver. */
  planBy: string | null;
  /** Due dates of actions that have to be done again, by the key of the planned action. */
  redo: Record<string, { due: string; round: number }>;
  waivers: { person: string; reportsTo: string; by: string; reason: string; safeguard: string }[];
  implementedAt: string | null;
  windowDays: number | null;
  inconclusiveUsed: boolean;
  observed: { on: string; result: string }[];
  recurrences: { description: string; by: string; on: string }[];
  verdicts: EffectivenessVerdict[];
  /** The finding that has opened it, and its audit; null where it came otherwise. */
  finding?: { id: string; ref: string } | null;
  audit?: { id: string; ref: string } | null;
  /** Against top management: one of it answers for it. */
  recipient?: 'UNITS' | 'TOP_MGMT';
  /** Findings of later audits that it has taken up. */
  foundAgain?: { id: string; ref: string; audit: string; on: string }[];
}
