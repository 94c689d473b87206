import { z } from 'zod';
import { acceptanceEndings, acceptanceKinds } from './acceptance.ts';
import type { AcceptanceKind } from './acceptance.ts';
import { impactSchema, levelSchema, stepSchema } from './criteria.ts';
import type { Level } from './criteria.ts';
import { caseId, line, localDate, personId, prose, reasonText, unitId } from './fields.ts';

/** Risk: one entry of the risk register (ISO/IEC 27001:2022 6.1.2 c–e, 8.2; rules §5 "State machine – risk", §18 "Risk"). */

/** What has to be done with a risk, by the criteria: nothing, or a treatment. */
export const riskDecisions = ['ACCEPTABLE', 'TREAT'] as const;
export type RiskDecision = (typeof riskDecisions)[number];

export const affectedProperties = ['CONFIDENTIALITY', 'INTEGRITY', 'AVAILABILITY'] as const;
export type AffectedProperty = (typeof affectedProperties)[number];

/** Annex A control such as `A.8.13`, or one of the organisation's own. */
export const controlId = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/)
  .meta({ title: 'Control' });

/** Event-based: what could happen; asset-based: what could be exploited. */
export const scenarioSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('EVENT'),
    source: prose('Source of the risk'),
    event: prose('Event'),
    consequence: prose('Consequence'),
  }),
  z.strictObject({ kind: z.literal('ASSET'), asset: prose('Asset'), threat: prose('Threat'), vulnerability: prose('Vulnerability') }),
]);
export type RiskScenario = z.output<typeof scenarioSchema>;

const rationale = z.strictObject({ impact: prose('Why this impact'), likelihood: prose('Why this likelihood') });
const controls = z.array(controlId).max(100).meta({ title: 'Existing controls relied on' });

const scores = { impact: impactSchema, likelihood: stepSchema.meta({ title: 'Likelihood, from 1 to 5' }), rationale };

/** What a person gives for a rating; level and score are computed by the criteria, never typed. */
export const ratingInput = z.strictObject({ ...scores, controls: controls.default([]) });
export type RatingInput = z.output<typeof ratingInput>;

/** A rating as it is kept: with what was computed, when, by whom and by which version of the criteria (`default` or its reference). */
export const ratingSchema = z.strictObject({
  ...{ ...scores, controls, score: z.int().min(1).max(25), level: levelSchema },
  ...{ on: localDate('Rated on'), by: personId('Rated by'), criteria: z.string().max(40) },
});
export type Rating = z.output<typeof ratingSchema>;

const described = {
  title: line('Title'),
  description: prose('Description').optional(),
  /** Thresholds of the criteria may differ by category. */
  category: line('Category').optional(),
  scenario: scenarioSchema,
  affects: z.array(z.enum(affectedProperties)).min(1).max(3).meta({ title: 'Affects confidentiality, integrity, availability' }),
  assets: z.array(caseId('Asset')).max(50).default([]).meta({ title: 'Assets' }),
  processes: z.array(caseId('Business process')).max(50).default([]).meta({ title: 'Business processes' }),
  suppliers: z.array(caseId('Supplier')).max(50).default([]).meta({ title: 'Suppliers' }),
};

const ownership = {
  owner: personId('Risk owner: accountable for the risk and with the authority for it'),
  /** The ISO and auditors are no risk owners by default (rules §3.1). */
  evenThough: z.boolean().optional().meta({ title: 'Yes, although the owner is the ISO or an auditor' }),
};

/** A risk of an earlier register, with the rating it had there (rules §5 "bulk import", §18 "Taking over a running ISMS"). */
const migrated = z.strictObject({
  source: line('Register it comes from'),
  reference: line('Reference there').optional(),
  rating: ratingInput,
  inherent: ratingInput.optional(),
  ratedOn: localDate('Rated on', 'notFuture'),
  ratedBy: personId('Rated by').optional(),
});

const opening = {
  ...described,
  unit: unitId('Unit'),
  owner: ownership.owner.optional(),
  evenThough: ownership.evenThough,
};

export const openRiskBody = z
  .strictObject({ ...opening, migrated: migrated.optional() })
  .refine((body) => !body.migrated || body.owner, { path: ['owner'], message: 'a risk of an earlier register needs an owner who confirms it' });

/** Sent by the assessment that works on the risk. */
const inclusion = {
  assessment: z.uuid(),
  assessmentRef: z.string().max(40),
  assessor: personId('Assessor'),
  secondRater: personId('Second rater').optional(),
  /** Version of the criteria that the assessment is pinned to; without it the one in force. */
  criteria: z.string().max(40).optional(),
};

/** Opened by an assessment or by a split: included at once where the assessment says so. */
export const openRiskFromParentBody = z.strictObject({
  ...opening,
  include: z.strictObject(inclusion).optional(),
  splitFrom: z.strictObject({ risk: z.uuid(), riskRef: z.string().max(40) }).optional(),
});
export type OpenRisk = z.output<typeof openRiskFromParentBody> & { migrated?: z.output<typeof migrated> };

const part = z.strictObject({
  title: described.title,
  scenario: scenarioSchema,
  affects: described.affects,
  owner: ownership.owner.optional(),
  evenThough: ownership.evenThough,
});

/** Outcome of a plan that no longer covers the risk. */
export const planOutcomes = ['CANCELLED', 'RELEASED', 'SUPERSEDED', 'COMPLETED'] as const;

const acceptance = z.uuid();

export const riskBodies = {
  AMEND: z.strictObject({ ...described, reason: reasonText.optional() }),
  ACCEPT_OWNERSHIP: z.strictObject({ note: prose('Note').optional() }),
  DECLINE_OWNERSHIP: z.strictObject({ reason: reasonText }),
  NAME_OWNER: z.strictObject({ ...ownership, reason: reasonText.optional() }),
  /** In an assessment a proposal; outside one the new rating, where the decision stays as it is. */
  RATE: z.strictObject({ ...ratingInput.shape, inherent: z.strictObject(scores).optional(), reason: reasonText.optional() }),
  SECOND_RATE: z.strictObject({ ...scores, note: prose('Note').optional() }),
  EVALUATE: z.strictObject({
    decision: z.enum(riskDecisions).optional().meta({ title: 'Decision, where it is stricter than the criteria' }),
    priority: z.int().min(1).max(9).optional().meta({ title: 'Priority, 1 the first' }),
    reason: reasonText.optional(),
    resolution: prose('Which of two ratings that differ holds, and why').optional(),
  }),
  SET_TARGET: z.strictObject(scores),
  /** In an incident, by the ISO alone; falls away by itself (rules §16.1 "emergency"). */
  EMERGENCY_RATE: z.strictObject({ ...scores, reason: reasonText, because: line('Incident or cause').optional() }),
  CONFIRM_MIGRATED: z.strictObject({ contentHash: z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of what is confirmed' }), note: prose('Note').optional() }),
  MERGE: z.strictObject({ into: caseId('Risk that goes on'), reason: reasonText }),
  SPLIT: z.strictObject({ into: z.array(part).min(1).max(10), reason: reasonText }),
  ASK_TO_CLOSE: z.strictObject({ reason: reasonText }),
  CLOSE: z.strictObject({ note: prose('Note').optional() }),
  KEEP_OPEN: z.strictObject({ reason: reasonText }),
  REOPEN: z.strictObject({ reason: reasonText }),
  TRIGGER: z.strictObject({ reason: reasonText }),

  // SYSTEM only: from assessments
  INCLUDE: z.strictObject(inclusion),
  EXCLUDE: z.strictObject({ assessment: z.uuid() }),
  ADOPT: z.strictObject({ assessment: z.uuid(), contentHash: z.string() }),
  DISMISS_REASSESSMENT: z.strictObject({ assessment: z.uuid() }),
  // from treatment plans
  PLAN_OPENED: z.strictObject({ plan: z.uuid(), planRef: z.string() }),
  PLAN_ENDED: z.strictObject({ plan: z.uuid(), outcome: z.enum(planOutcomes) }),
  RESIDUAL_RATED: z.strictObject({ plan: z.uuid(), rating: ratingSchema }),
  TREATMENT_LATE: z.strictObject({ plan: z.uuid() }),
  TREATMENT_REPLANNED: z.strictObject({ plan: z.uuid() }),
  // from acceptances
  ACCEPTED: z.strictObject({ acceptance, acceptanceRef: z.string(), kind: z.enum(acceptanceKinds), until: z.iso.date().nullable() }),
  ACCEPTANCE_REFUSED: z.strictObject({ acceptance }),
  ACCEPTANCE_ENDED: z.strictObject({
    ...{ acceptance, kind: z.enum(acceptanceKinds), withinCriteria: z.boolean() },
    how: z.enum(acceptanceEndings),
  }),
  // from controls, criteria, another risk
  CONTROL_NOT_EFFECTIVE: z.strictObject({ control: controlId, because: prose('Why') }),
  CRITERIA_CHANGED: z.strictObject({ criteria: z.uuid(), criteriaRef: z.string() }),
  ABSORB: z.strictObject({ from: z.uuid(), fromRef: z.string() }),
} as const;

export type RiskCommand = keyof typeof riskBodies;
export type RiskBody<C extends RiskCommand> = z.infer<(typeof riskBodies)[C]>;

/** What an assessment works on; it holds by ADOPT alone. */
export interface RiskProposal {
  rating: Rating;
  inherent: Rating | null;
  decision: RiskDecision | null;
  priority: number | null;
  /** Why the decision is stricter than the criteria. */
  deviation: string | null;
  secondRating: Rating | null;
  /** High, critical, or in the sample (rules §5 ANALYSIS). */
  needsSecond: boolean;
  /** Which of two ratings that differ holds, and why. */
  resolution: string | null;
  by: string;
  /** Id of the assessment; null outside one. */
  assessment: string | null;
}

/** Why a risk has to be looked at again; body of the assessment's trigger. */
export interface RiskTrigger {
  kind: string;
  ref?: string;
  reason: string;
}

interface Reference {
  id: string;
  ref: string;
}

/** The document of a risk; owner, assessor and second rater live in the case's parties. */
export interface RiskDocument {
  title: string;
  description: string | null;
  category: string | null;
  scenario: RiskScenario;
  affects: AffectedProperty[];
  assets: string[];
  processes: string[];
  suppliers: string[];
  ratings: { inherent: Rating | null; current: Rating | null; target: Rating | null; residual: Rating | null };
  decision: RiskDecision | null;
  /** Why it is treated though the criteria would accept it. */
  deviation: string | null;
  priority: number | null;
  proposal: RiskProposal | null;
  /** Who last said yes to owning it, and who last said no. */
  acceptedOwnership: { by: string; at: string } | null;
  declinedOwnership: { by: string; at: string; reason: string } | null;
  /** Holds beside the ratings until it is confirmed by a rating, or falls away. */
  emergency: { rating: Rating; reason: string; because: string | null; at: string } | null;
  included: (Reference & { criteria: string | null }) | null;
  migrated: { source: string; reference: string | null; confirmedAt: string | null } | null;
  plan: Reference | null;
  acceptance: (Reference & { kind: AcceptanceKind; until: string | null; level: Level }) | null;
  interim: (Reference & { until: string | null }) | null;
  /** Day on which it was last found that it needs treatment; the time for its plan runs from then. */
  treatSince: string | null;
  /** Next planned review, and the plan it follows: never from when the last one was done. */
  reviewOn: string | null;
  /** Why it has to be rated again though its decision holds. */
  rerate: { because: string; since: string } | null;
  /** Why it is assessed the next time. */
  trigger: RiskTrigger | null;
  /** Who asks to close it, and for which of the two sides; the other one confirms. */
  closing: { by: string; onBehalfOf: string | null; side: 'owner' | 'iso'; at: string; reason: string } | null;
  closedBecause: string | null;
  mergedInto: Reference | null;
  mergedFrom: Reference[];
  splitFrom: Reference | null;
}

/** What other cases know of a risk. Lists are empty where there is none; yes or no as words. */
export type RiskAbout = {
  title: string;
  unit: string;
  owner: string | null;
  ownerAccepted: 'yes' | 'no';
  /** That counts now: an emergency rating before the current one; null before the first rating. */
  level: Level | null;
  inherent: Level | null;
  residual: Level | null;
  target: Level | null;
  score: string | null;
  decision: RiskDecision | null;
  priority: string | null;
  ratedOn: string | null;
  criteria: string | null;
  /** Hash of what the owner confirms; null without a proposal. */
  proposalHash: string | null;
  proposalLevel: Level | null;
  proposalDecision: RiskDecision | null;
  proposalBy: string | null;
  /** Id of the assessment that works on it. */
  proposalIn: string | null;
  secondRated: 'yes' | 'no';
  needsSecond: 'yes' | 'no';
  /** Existing controls relied on by the current rating. */
  controls: string[];
  /** Those of the proposal, which nobody has confirmed yet. */
  proposalControls: string[];
  assets: string[];
  processes: string[];
  suppliers: string[];
  affects: string[];
  category: string | null;
  migrated: 'yes' | 'no';
  rerate: 'yes' | 'no';
  plan: string | null;
  acceptance: string | null;
  acceptanceKind: AcceptanceKind | null;
  treatSince: string | null;
  reviewOn: string | null;
};
