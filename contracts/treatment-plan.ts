import { z } from 'zod';
import { acceptanceEndings, acceptanceKinds } from './acceptance.ts';
import { levelSchema } from './criteria.ts';
import type { Level } from './criteria.ts';
import { caseId, evidenceList, line, localDate, personId, prose, reasonText, unitId } from './fields.ts';
import { controlId, ratingInput } from './risk.ts';
import type { Rating } from './risk.ts';

/** Treatment plan over one or several risks (ISO/IEC 27001:2022 6.1.3, 8.3; rules §6 and §18 "Treatment plan"). */

/** What is done with a risk (rules §6): less likely or less harmful, kept as it is, given up, or shared with others. */
export const treatmentOptions = ['MODIFY', 'RETAIN', 'AVOID', 'SHARE'] as const;

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);

const treatment = z.strictObject({
  risk: caseId('Risk'),
  option: z.enum(treatmentOptions),
  reason: prose('Why this option'),
  controls: z.array(controlId).max(93).default([]).meta({ title: 'Necessary controls' }),
  /** Never above the present level; for RETAIN the present one. */
  expected: levelSchema.meta({ title: 'Expected residual level' }),
  compensatingControls: z.array(line('Compensating control')).max(50).default([]),
  /** RETAIN: how long; the cap of the level where it is not said. */
  until: localDate('Retained until', 'notPast').optional(),
});
export type Treatment = z.output<typeof treatment>;

const plannedAction = z.strictObject({
  key: key.meta({ title: 'Short name, e.g. a1' }),
  title: line('Action'),
  description: prose('What is to be done').optional(),
  risks: z.array(caseId('Risk')).min(1).max(50).meta({ title: 'Risks that it treats' }),
  owner: personId('Action owner'),
  due: localDate('Due date', 'notPast'),
  resources: prose('Resources'),
  expectedEvidence: prose('Evidence expected'),
  mandatory: z.boolean().default(true),
  dependsOn: z.array(key).max(20).default([]).meta({ title: 'Actions that come first' }),
});
export type PlannedTreatment = z.output<typeof plannedAction>;

const content = z.strictObject({
  title: line('Title'),
  treatments: z.array(treatment).min(1).max(100),
  /** 6.1.3 c: so that no necessary control is overlooked. */
  annexA: z.strictObject({ compared: z.literal(true), remark: prose('What the comparison with Annex A showed') }),
  actions: z.array(plannedAction).max(100).default([]),
  targetDate: localDate('Target date', 'notPast'),
  cost: z.number().min(0).max(1_000_000_000).meta({ title: 'Cost, in the currency of the organisation' }),
  resources: prose('Resources').optional(),
});
export type PlanContent = z.output<typeof content>;

/** Opens a plan: for risks that need treatment and have no open plan. SYSTEM opens it for an assessment, a risk, or one half of a split. */
export const openPlanBody = z.strictObject({
  risks: z.array(caseId('Risk')).min(1).max(100),
  author: personId('Author').optional(),
  unit: unitId('Unit'),
  title: line('Title').optional(),
  trigger: z.strictObject({ kind: line('Kind'), ref: z.string().max(80).nullable() }).optional(),
});
export type OpenPlan = z.output<typeof openPlanBody>;

/** What a split hands to each of its parts, so that nothing has to be written anew. */
export const openPlanFromParentBody = openPlanBody.extend({ draft: content.nullable().optional() });
export type OpenPlanFromParent = z.output<typeof openPlanFromParentBody>;

const residual = ratingInput.extend({
  risk: caseId('Risk'),
  /** That the controls operate; for SHARE the contract or policy, for AVOID that the activity has stopped. */
  evidence: evidenceList(1),
});

export const treatmentPlanBodies = {
  SUBMIT: content,
  RESUBMIT: content,
  /** Over exactly the content that the ISO has seen. */
  ENDORSE: z.strictObject({ contentHash: z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of the content seen' }), note: prose('Note').optional() }),
  RETURN: z.strictObject({ reason: reasonText }),
  /** After a rejection: a plan for each owner. */
  SPLIT: z.strictObject({ reason: reasonText }),
  /** Option, control, expected residual, owner, or more than a quarter of the cost: version n+1, while n stays in force. */
  MATERIAL_CHANGE: z.strictObject({ reason: reasonText }),
  /** The change is given up; the version in force goes on. */
  KEEP_VERSION: z.strictObject({ reason: reasonText }),
  /** A mandatory action that was cancelled need not be done: the owner of the risks says so. */
  WAIVE_ACTION: z.strictObject({ action: key, reason: reasonText }),
  SUBMIT_RESIDUAL: z.strictObject({ ratings: z.array(residual).min(1).max(100) }),
  RELEASE_RISK: z.strictObject({ risk: caseId('Risk'), reason: reasonText }),
  DECIDE_BASIS: z.strictObject({ decision: z.enum(['KEEP', 'CHANGE', 'SUPERSEDE']), reason: reasonText }),
  /** The interim acceptance has lapsed: the owner tolerates the present level longer. */
  PROLONG_INTERIM: z.strictObject({ risk: caseId('Risk'), until: localDate('Tolerated until', 'notPast'), reason: reasonText }),
  /** The interim acceptance has lapsed: the owner has stopped the activity that bears the risk, until it is treated or tolerated again. */
  STOP_ACTIVITY: z.strictObject({ risk: caseId('Risk'), reason: reasonText, evidence: evidenceList(1) }),
  /** SYSTEM only: an action has come to E2. */
  ACTION_LATE: z.strictObject({ action: z.uuid(), actionRef: z.string() }),
  /** SYSTEM only: a newer assessment has looked at a risk of the plan. */
  BASIS_CHANGED: z.strictObject({ assessment: z.uuid(), assessmentRef: z.string().optional() }),
  /** SYSTEM only: an acceptance that the plan has opened is no longer in force, or never was. */
  ACCEPTANCE_ENDED: z.strictObject({ acceptance: z.uuid(), risk: z.uuid(), kind: z.enum(acceptanceKinds), how: z.enum([...acceptanceEndings, 'REFUSED']), because: z.string().max(200).optional(), withinCriteria: z.boolean() }),
  /** SYSTEM only: a risk of the plan has another owner. */
  OWNER_CHANGED: z.strictObject({ risk: z.uuid(), owner: z.string() }),
} as const;

export type TreatmentPlanCommand = keyof typeof treatmentPlanBodies;
export type TreatmentPlanBody<C extends TreatmentPlanCommand> = z.infer<(typeof treatmentPlanBodies)[C]>;

/** What a residual assessment has found; the controls are those that now operate. */
export interface ResidualRating extends Rating {
  evidence: string[];
}

/** What is decided for a risk now. */
export interface PlanVersion {
  version: number;
  content: PlanContent;
}

/**
 * The document of a treatment plan; its author is the party `author`.
 * `about`: title, owner, author, owners[], risks[], controls[] (necessary, of the version in force, else of the draft), reasons (JSON: control → risks),
 * inForce (yes|no), cost, targetDate, version, basisChanged (yes|no), level, contentHash (over which one decides). Keys: `planInForce` = `yes` or `no`, `risk` = each.
 * conditionsOpen[] (keys of conditions that are not met). Claims: `plan:<risk>` while open. Tells each risk: PLAN_OPENED, PLAN_ENDED, RESIDUAL_RATED,
 * TREATMENT_LATE, TREATMENT_REPLANNED.
 */
export interface TreatmentPlanDocument {
  title: string;
  /** Those it still treats; a released one has gone. */
  risks: string[];
  riskRefs: Record<string, string>;
  owners: Record<string, string>;
  levels: Record<string, Level>;
  trigger: { kind: string; ref: string | null } | null;
  /** What lies on the table, and how many there were. */
  content: PlanContent | null;
  version: number;
  /** What was approved and still holds while a change is on its way. */
  approved: PlanVersion | null;
  iteration: number;
  /** What the version on the table would change in the Statement of Applicability, e.g. `A.8.13 becomes applicable`. */
  statementDelta: string[];
  endorsed: { by: string; at: string; note: string | null } | null;
  waived: { action: string; by: string; reason: string }[];
  residual: Record<string, ResidualRating>;
  released: { risk: string; reason: string }[];
  basisChanged: { assessment: string; ref: string | null } | null;
  /** Risks whose interim acceptance has lapsed, and since when; their owner decides again. */
  lapsed: { risk: string; since: string; because: string }[];
  /** Risks whose activity their owner has stopped meanwhile. */
  stopped: { risk: string; by: string; at: string; reason: string; evidence: string[] }[];
  /** A condition of the approval was not met in time, and nobody has approved again. */
  approvalLapsed: boolean;
}
