import { z } from 'zod';
import { levelSchema } from './criteria.ts';
import type { Level } from './criteria.ts';
import { caseId, evidenceList, line, localDate, personId, prose, reasonText, unitId } from './fields.ts';

/** Acceptance of one risk by the person who may, until a date (ISO/IEC 27001:2022 6.1.3 f; rules §6, §18 "Acceptance"). */

export const acceptanceKinds = ['WITHIN_CRITERIA', 'INTERIM', 'RETAINED', 'RESIDUAL', 'RENEWAL', 'MIGRATED'] as const;
export type AcceptanceKind = (typeof acceptanceKinds)[number];

/** Why an acceptance is no longer in force. LAPSED: an interim one, whose plan is late or whose date has passed. */
export const acceptanceEndings = ['EXPIRED', 'REVOKED', 'LAPSED'] as const;
export type AcceptanceEnding = (typeof acceptanceEndings)[number];

/** What an interim acceptance stood on and is no more, beside its date (rules §18 "Acceptance"). */
export const lapseCauses = ['PLAN_LATE', 'ACTION_LATE', 'CONDITION_LAPSED', 'CONTROL_NOT_POSSIBLE'] as const;
export type LapseCause = (typeof lapseCauses)[number];

/** Who has signed, over which content, and where that is on record. `role`: RISK_OWNER or TOP_MGMT; `onBehalfOf`: a delegate signed in that name. */
export const acceptanceSignature = z.strictObject({
  person: personId('Who signed'),
  role: z.enum(['RISK_OWNER', 'TOP_MGMT']),
  at: z.iso.datetime(),
  onBehalfOf: personId('In whose name').optional(),
  source: line('Where it was signed, e.g. RTP-2026-0004'),
});
export type AcceptanceSignature = z.output<typeof acceptanceSignature>;

/**
 * Opens an acceptance. WITHIN_CRITERIA: the owner's confirm of an acceptable risk. INTERIM: the present level until the target date of a
 * plan. RETAINED: a plan's option RETAIN. RESIDUAL: what remains after treatment. RENEWAL: follows another one. MIGRATED: taken over
 * from another system. By people only as MIGRATED (ISO); all others are opened by an assessment, a plan, or the acceptance before.
 * `until` may be left out: the longest validity that the criteria allow. `contentHash` is the hash of the rating that was seen.
 */
export const openAcceptanceBody = z.strictObject({
  risk: caseId('Risk'),
  riskRef: line('Reference of the risk'),
  title: line('Title of the risk'),
  unit: unitId('Unit'),
  owner: personId('Owner of the risk'),
  kind: z.enum(acceptanceKinds),
  level: levelSchema,
  /** Level that the plan had promised, where one did. */
  expected: levelSchema.optional(),
  category: z.string().max(80).optional(),
  criteria: line('Criteria, e.g. RC-2026-0001 or default'),
  ratedOn: localDate('Date of the rating'),
  contentHash: z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of the rating' }),
  until: localDate('Valid until').optional(),
  reason: reasonText,
  compensatingControls: z.array(line('Control')).max(50).optional(),
  signedBy: z.array(acceptanceSignature).max(20).optional(),
  /** The original signatures of one that is taken over. */
  evidence: evidenceList(0).optional(),
  predecessor: caseId('Acceptance before').optional(),
  renewals: z.int().min(0).max(99).optional(),
  plan: caseId('Treatment plan').optional(),
  planRef: line('Reference of the plan').optional(),
});
export type OpenAcceptance = z.output<typeof openAcceptanceBody>;

export const acceptanceBodies = {
  /** ISO or deputy: looked at, with a remark for those who decide. */
  COMMENT_ON: z.strictObject({ comment: prose('Comment of the ISO') }),
  /** Until when it shall hold, within the cap of its level; voids decisions already given. */
  SET_UNTIL: z.strictObject({ until: localDate('Valid until', 'notPast'), reason: reasonText }),
  /** Owner, in its last 90 days, on a rating that is at most 30 days old. */
  RENEW: z.strictObject({
    reason: reasonText,
    until: localDate('Valid until', 'notPast').optional(),
    compensatingControls: z.array(line('Control')).max(50).optional(),
  }),
  REVOKE: z.strictObject({ reason: reasonText }),
  /** TOP_MGMT, where it was renewed as often as may be: treated or avoided, not accepted again. */
  DECIDE_AGAINST: z.strictObject({ decision: z.enum(['TREAT', 'AVOID']), reason: reasonText }),
  /** Owner of a migrated one: he stands by what was signed elsewhere. */
  CONFIRM_TAKEN_OVER: z.strictObject({
    contentHash: z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of the content seen' }),
    note: prose('Note').optional(),
  }),
  /** SYSTEM only: an incident on this scenario, a plan called off. */
  REVOKE_BY_TRIGGER: z.strictObject({ because: z.string().min(1).max(200), ref: z.string().max(80).nullable() }),
  /** SYSTEM only: other criteria are in force. */
  CRITERIA_CHANGED: z.strictObject({ criteria: z.uuid(), criteriaRef: z.string() }),
  /** SYSTEM only: a newer acceptance of the same risk takes its place. */
  SUPERSEDE: z.strictObject({ by: z.uuid(), byRef: z.string() }),
  /** SYSTEM only, interim ones: what they stood on is no more; the owner decides again. */
  LAPSE: z.strictObject({ because: z.enum(lapseCauses), ref: z.string().max(80).optional() }),
  /** SYSTEM only: the risk has another owner. */
  OWNER_CHANGED: z.strictObject({ owner: z.string() }),
} as const;

export type AcceptanceCommand = keyof typeof acceptanceBodies;
export type AcceptanceBody<C extends AcceptanceCommand> = z.infer<(typeof acceptanceBodies)[C]>;

/**
 * The document of an acceptance; the owner of the risk is its party `owner`.
 * `about`: title, risk, riskRef, kind, level, owner, until, withinCriteria (yes|no), renewals, plan, ratedOn, criteria, ratingHash (of the
 * rating that was seen), contentHash (of all that is accepted, over which one signs).
 * Keys: `risk` = case id, `acceptedBy` = owner. Claims: `acceptance:<risk>` (INTERIM: `interim:<risk>`) while active or expiring.
 * Tells the risk: ACCEPTED when it becomes active, ACCEPTANCE_ENDED when it expires, lapses or is revoked, ACCEPTANCE_REFUSED.
 */
export interface AcceptanceDocument {
  title: string;
  risk: string;
  riskRef: string;
  kind: AcceptanceKind;
  level: Level;
  expected: Level | null;
  category: string | null;
  withinCriteria: boolean;
  criteria: string;
  ratedOn: string;
  contentHash: string;
  /** Last day on which it holds, and the first. */
  until: string;
  from: string;
  reason: string;
  compensatingControls: string[];
  signedBy: AcceptanceSignature[];
  /** Whether the owner of a migrated one has confirmed it. */
  confirmed: boolean;
  comment: { by: string; text: string } | null;
  predecessor: string | null;
  /** How often a risk above the criteria has been accepted again. */
  renewals: number;
  plan: string | null;
  planRef: string | null;
  supersededBy: string | null;
  ended: { how: AcceptanceEnding; because: string } | null;
}
