import { z } from 'zod';
import type { Level } from './criteria.ts';
import { caseId, line, personId, prose, reasonText, unitId } from './fields.ts';
import type { CaseId, Instant, LocalDate, PersonId } from './identity.ts';
import { openRiskFromParentBody } from './risk.ts';
import type { RiskDecision } from './risk.ts';

/** Risk assessment (ISO/IEC 27001:2022 6.1.2, 8.2; rules §5 "State machine – RA cycle", §18 "Assessment"). */

export const triggerKinds = [
  'PLANNED_INTERVAL',
  'RISK_REVIEW',
  'SIGNIFICANT_CHANGE',
  'INCIDENT',
  'NONCONFORMITY',
  'REQUIREMENT',
  'NEW_OBJECT',
  'THREAT',
  'CRITERIA',
  'CONTINUITY_TEST',
  'CONTROL_NOT_EFFECTIVE',
  'TREATMENT',
  'ACCEPTANCE',
  'INDICATOR',
  'MANAGEMENT_REVIEW',
  'SCOPE_CHANGE',
  'REORGANISATION',
  'RISK_OWNER',
  'OTHER',
] as const;
export type TriggerKind = (typeof triggerKinds)[number];

/** Severity of an incident, or a major nonconformity: it shortens triage and takes a second person to do nothing. */
export const triggerGravities = ['SEVERITY_1', 'SEVERITY_2', 'MAJOR'] as const;

const trigger = z.strictObject({
  kind: z.enum(triggerKinds),
  ref: z.string().trim().max(80).optional().meta({ title: 'Reference of what triggers it' }),
  gravity: z.enum(triggerGravities).optional().meta({ title: 'Severity 1 or 2 of an incident, or a major nonconformity' }),
  reason: reasonText,
});

/** The whole organisation, or units, assets and single risks. */
export const assessmentScope = z
  .strictObject({
    all: z.literal(true).optional().meta({ title: 'Everything inside the scope of the ISMS' }),
    units: z.array(unitId('Unit')).max(100).default([]).meta({ title: 'Units' }),
    assets: z.array(caseId('Asset')).max(200).default([]).meta({ title: 'Assets' }),
    risks: z.array(caseId('Risk')).max(200).default([]).meta({ title: 'Risks' }),
  })
  .refine(({ all, units, assets, risks }) => all || units.length + assets.length + risks.length > 0, 'name units, assets or risks, or everything');
export type AssessmentScope = z.output<typeof assessmentScope>;

export const assessmentKinds = ['FULL', 'PARTIAL', 'SINGLE_RISK'] as const;
export type AssessmentKind = (typeof assessmentKinds)[number];

/**
 * What opens an assessment, or is attached to one that runs and covers the same. `planned` names the planned date of the cycle;
 * by an assessment schedule only.
 */
export const openAssessmentBody = z.strictObject({
  trigger,
  scope: assessmentScope,
  unit: unitId('Unit'),
  proposed: z.enum(assessmentKinds).optional().meta({ title: 'Kind proposed' }),
  planned: z.strictObject({ schedule: z.uuid(), on: z.iso.date() }).optional(),
});
export type OpenAssessment = z.output<typeof openAssessmentBody>;

const hash = z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of what was seen' });
const confirmed = z.strictObject({ risk: caseId('Risk'), contentHash: hash });

/** The risk as the register takes it, without what an assessment adds. */
const newRisk = openRiskFromParentBody.omit({ include: true, splitFrom: true }).shape;

export const assessmentMethods = ['EVENT', 'ASSET', 'BOTH'] as const;

export const assessmentBodies = {
  ADD_TRIGGER: openAssessmentBody,
  TRIAGE: z.strictObject({ kind: z.enum(assessmentKinds), reason: reasonText }),
  NOT_NEEDED: z.strictObject({ reason: reasonText }),
  CONFIRM_NOT_NEEDED: z.strictObject({ note: prose('Note').optional() }),
  REFUSE_NOT_NEEDED: z.strictObject({ reason: reasonText }),
  START: z.strictObject({
    method: z.enum(assessmentMethods).meta({ title: 'By events, by assets, or both' }),
    assessor: personId('Assessor'),
    secondRater: personId('Second rater').optional(),
    participants: z.array(personId('Participant')).max(50).default([]).meta({ title: 'Participants' }),
  }),
  ADD_RISK: z.strictObject(newRisk),
  CARRY_OVER: z.strictObject({ risks: z.array(caseId('Risk')).min(1).max(200).optional().meta({ title: 'Risks; without them all open ones of the scope' }) }),
  EXCLUDE_RISK: z.strictObject({ risk: caseId('Risk'), reason: reasonText }),
  DECLARE_NONE: z.strictObject({ item: line('Unit or asset of the scope without a risk'), reason: reasonText }),
  COMPLETE_IDENTIFICATION: z.strictObject({
    risks: prose('What the review of the open risks showed'),
    nonconformities: prose('What the review of the nonconformities showed'),
    incidents: prose('What the review of the incidents showed'),
    exceptions: prose('What the review of the exceptions showed'),
  }),
  COMPLETE_ANALYSIS: z.strictObject({ note: prose('Note').optional() }),
  COMPLETE_EVALUATION: z.strictObject({ note: prose('Note').optional() }),
  CONFIRM: z.strictObject({ risks: z.array(confirmed).min(1).max(200), note: prose('Note').optional() }),
  DISPUTE: z.strictObject({ risk: caseId('Risk'), reason: reasonText }),
  RESUBMIT: z.strictObject({ risk: caseId('Risk'), answer: prose('What was changed, or why nothing was') }),
  RULE: z.strictObject({ risk: caseId('Risk'), ruling: z.enum(['RATING_STANDS', 'RATE_ANEW']), reason: reasonText }),
  RELEASE_FOR_TREATMENT: z.strictObject({ risk: caseId('Risk'), reason: reasonText }),
  REOPEN: z.strictObject({ reason: reasonText }),
  SCOPE_CHANGED: z.strictObject({ record: z.uuid(), recordRef: z.string().max(40) }),
  CRITERIA_CHANGED: z.strictObject({ criteria: z.uuid(), criteriaRef: z.string().max(40) }),
  CONTINUE_PINNED: z.strictObject({ reason: reasonText }),
  RESTART: z.strictObject({ reason: reasonText }),
} as const;

export type AssessmentCommand = keyof typeof assessmentBodies;
export type AssessmentBody<C extends AssessmentCommand> = z.output<(typeof assessmentBodies)[C]>;

interface Said {
  by: PersonId;
  at: Instant;
  reason: string;
}

export interface AssessmentTrigger {
  kind: TriggerKind;
  ref: string | null;
  gravity: (typeof triggerGravities)[number] | null;
  reason: string;
  by: PersonId | 'SYSTEM';
  at: Instant;
}

/** The owner's signature under one risk as it was then; it counts while risk and owner are the same. */
export interface RiskConfirmation {
  risk: CaseId;
  contentHash: string;
  owner: PersonId;
  /** Who signed: the owner, or a delegate with acceptance authority in his name. */
  by: PersonId;
  at: Instant;
}

/** Both views, and what was ruled where they did not meet. */
export interface RiskDispute extends Said {
  risk: CaseId;
  contentHash: string | null;
  answer: Omit<Said, 'reason'> & { text: string; contentHash: string | null } | null;
  ruling: (Said & { ruling: 'RATING_STANDS' | 'RATE_ANEW' }) | null;
}

/** The scope or the criteria have changed under way: ISO continues with what is pinned, or begins anew. */
export interface BasisChange {
  kind: 'SCOPE' | 'CRITERIA';
  ref: string;
  at: Instant;
  decision: (Said & { choice: 'CONTINUE_PINNED' | 'RESTART' }) | null;
}

/** One row of the result, as it was confirmed. */
export interface AssessedRisk {
  risk: CaseId;
  ref: string;
  title: string;
  owner: PersonId;
  unit: string;
  level: Level;
  decision: RiskDecision;
  contentHash: string;
  confirmedBy: PersonId;
  confirmedAt: Instant;
  releasedEarly: boolean;
}

/** Against the previous completed assessment of the same scope; ids of risks. */
export interface AssessmentComparison {
  previous: { id: CaseId; ref: string; completedOn: LocalDate };
  sameCriteria: boolean;
  raised: CaseId[];
  lowered: CaseId[];
  same: CaseId[];
  added: CaseId[];
  gone: CaseId[];
}

export interface AssessmentResult {
  frozenAt: Instant;
  criteria: string;
  risks: AssessedRisk[];
  byLevel: Record<Level, number>;
  comparison: AssessmentComparison | null;
}

/** The document of an assessment; assessor and second rater live in the case's parties, ratings in the risks. */
export interface AssessmentDocument {
  triggers: AssessmentTrigger[];
  scope: { all: boolean; units: string[]; assets: CaseId[]; risks: CaseId[] };
  proposed: AssessmentKind | null;
  kind: AssessmentKind | null;
  planned: { schedule: CaseId; on: LocalDate } | null;
  /** Proposed not to be needed; a second person decides. */
  notNeeded: (Said & { never: PersonId[] }) | null;
  /** Version of the criteria it is pinned to: `default` or a reference. */
  criteria: string | null;
  method: (typeof assessmentMethods)[number] | null;
  participants: PersonId[];
  /** Units and assets that each need a risk, or a reason why there is none. */
  items: string[];
  none: (Said & { item: string })[];
  reviewed: AssessmentBody<'COMPLETE_IDENTIFICATION'> | null;
  excluded: (Said & { risk: CaseId })[];
  confirmations: RiskConfirmation[];
  disputes: RiskDispute[];
  released: { risk: CaseId; contentHash: string; by: PersonId; at: Instant; row: AssessedRisk }[];
  basis: BasisChange[];
  /** Frozen on completion. */
  result: AssessmentResult | null;
}

/**
 * What other cases know of an assessment. Found by the key `open`=`yes`, and when completed by `completed`=its scope; then
 * `results` holds `risk=level` for each.
 */
export interface AssessmentAbout extends Record<string, string | string[] | null> {
  kind: AssessmentKind | null;
  /** `all`, or ids of units, assets and risks. */
  scope: string[];
  triggers: string[];
  criteria: string | null;
  planned: LocalDate | null;
  completedOn: LocalDate | null;
  results: string[];
}
