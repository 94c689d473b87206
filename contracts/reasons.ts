import { z } from 'zod';
import { linkFailures } from './evidence.ts';
import { conflictCauses } from './independence.ts';
import { inconsistencyCodes } from './statement.ts';

/**
 * Why a command was refused: a closed list. Each code has the shape of its data, the kind that decides the HTTP status,
 * and a text in `domain/access/reason-texts.ts` for people. Adding a code without a text does not compile.
 */
export const reasonKinds = ['payload', 'state', 'authority', 'segregation', 'readiness'] as const;
export type ReasonKind = (typeof reasonKinds)[number];

const text = z.string();
const list = z.array(z.string());

/** Rule ids a blocked attempt can name (rules §3.2; P4-APPROVER is the row "approver ≠ NC_OWNER" of rules §8). */
export const segregationRules = ['SOD-01', 'SOD-02', 'SOD-03', 'SOD-04', 'SOD-05', 'SOD-06', 'SOD-07', 'SOD-08', 'SOD-11', 'SOD-12', 'SOD-13', 'P1-APPROVER', 'P4-APPROVER', 'P4-TRIAGE', 'FOUR-EYES'] as const;
export type SegregationRule = (typeof segregationRules)[number];

export const reasonData = {
  // payload: the request itself cannot be understood or names things that do not exist
  INVALID_PAYLOAD: { kind: 'payload', data: z.object({ path: text, message: text }) },
  UNKNOWN_PROCESS: { kind: 'payload', data: z.object({ process: text, known: list }) },
  UNKNOWN_COMMAND: { kind: 'payload', data: z.object({ command: text, known: list }) },
  UNKNOWN_PERSON: { kind: 'payload', data: z.object({ path: text, person: text }) },
  UNKNOWN_UNIT: { kind: 'payload', data: z.object({ path: text, unit: text }) },
  UNKNOWN_CASE: { kind: 'payload', data: z.object({ path: text, case: text }) },
  UNKNOWN_CALENDAR: { kind: 'payload', data: z.object({ path: text, calendar: text, known: list }) },
  UNKNOWN_EVIDENCE: { kind: 'payload', data: z.object({ path: text, evidence: text }) },
  UNKNOWN_RELATION: { kind: 'payload', data: z.object({ path: text, relatesTo: text }) },
  LINK_UNREACHABLE: { kind: 'payload', data: z.object({ url: text, why: z.enum(linkFailures) }) },
  DATE_IN_PAST: { kind: 'payload', data: z.object({ path: text, date: text, earliest: text }) },
  DATE_IN_FUTURE: { kind: 'payload', data: z.object({ path: text, date: text, latest: text }) },

  // state: right request, wrong moment
  WRONG_STATE: { kind: 'state', data: z.object({ state: text, possible: list }) },
  CLAIMED: { kind: 'state', data: z.object({ key: text, by: text }) },
  STALE_VERSION: { kind: 'state', data: z.object({ sent: z.number(), current: z.number() }) },
  CONTENT_CHANGED: { kind: 'state', data: z.object({ sent: text, current: text }) },
  ROUND_CLOSED: { kind: 'state', data: z.object({ round: text }) },
  NOTHING_TO_ACKNOWLEDGE: { kind: 'state', data: z.object({ deadline: text, step: text }) },

  // authority: not this person
  PERSON_NOT_ACTIVE: { kind: 'authority', data: z.object({ person: text }) },
  NOT_VISIBLE: { kind: 'authority', data: z.object({}) },
  ACCESS_NOT_GIVEN: { kind: 'authority', data: z.object({ person: text }) },
  READ_ONLY_ACCOUNT: { kind: 'authority', data: z.object({ person: text }) },
  NOT_ENTITLED: { kind: 'authority', data: z.object({ entitled: list }) },
  NOT_YOUR_TURN: { kind: 'authority', data: z.object({ waitingFor: list }) },
  NOT_A_SUBSTITUTE: { kind: 'readiness', data: z.object({ person: text, possible: list }) },
  RECUSED: { kind: 'state', data: z.object({ round: text, person: text }) },
  NO_VACANT_SEAT: { kind: 'state', data: z.object({ round: text, seats: list }) },
  QUORUM_POSSIBLE: { kind: 'state', data: z.object({ round: text }) },
  NOTHING_ASKED: { kind: 'state', data: z.object({ question: text }) },
  NO_FINAL_REJECTION: { kind: 'state', data: z.object({ round: text }) },
  NO_CONDITIONS_HERE: { kind: 'state', data: z.object({ round: text }) },
  CONDITIONS_OPEN: { kind: 'readiness', data: z.object({ conditions: list }) },
  ALREADY_DECIDED: { kind: 'state', data: z.object({ round: text }) },

  // segregation of duties: this person could, but for what he did before
  SOD_BLOCKED: {
    kind: 'segregation',
    data: z.object({
      ...{ rule: z.enum(segregationRules), person: text, because: text, waivable: z.boolean() },
      /** With SOD-12: the rule that stands against the person in whose name it was to be done. */
      underlying: z.enum(segregationRules).optional(),
    }),
  },
  /** `since` and `until`: days; `until` null: still so. `freeFrom`: the first day on which it is over. */
  NOT_INDEPENDENT: {
    kind: 'segregation',
    data: z.object({
      ...{ rule: z.enum(['SOD-01', 'SOD-02']), person: text, item: text, because: z.enum(conflictCauses), refs: list },
      ...{ since: text, until: text.nullable(), freeFrom: text.nullable(), waivable: z.boolean() },
    }),
  },

  // readiness: what the machine's guards ask for
  GRADE_FIXED: { kind: 'readiness', data: z.object({ grade: text, by: text }) },
  NOT_REJECTABLE: { kind: 'readiness', data: z.object({ source: text }) },
  DUPLICATE_TARGET_UNFIT: { kind: 'readiness', data: z.object({ case: text, state: text }) },
  HUMAN_ERROR_ALONE: { kind: 'readiness', data: z.object({}) },
  EARLIER_FAILURE_UNEXPLAINED: { kind: 'readiness', data: z.object({ earlier: text }) },
  CORRECTIVE_ACTION_REQUIRED: { kind: 'readiness', data: z.object({ because: text }) },
  CAUSE_WITHOUT_ACTION: { kind: 'readiness', data: z.object({ causes: list }) },
  AFTER_EXTERNAL_DEADLINE: { kind: 'readiness', data: z.object({ action: text, due: text, limit: text }) },
  NOT_AN_AUDITOR: { kind: 'readiness', data: z.object({ person: text }) },
  NOT_THE_LEAD_AUDITOR: { kind: 'authority', data: z.object({ leadAuditor: text }) },
  CB_EVIDENCE_NOT_SENT: { kind: 'readiness', data: z.object({ due: text }) },
  ONLY_FROM_AUDIT: { kind: 'authority', data: z.object({}) },
  NOT_GRADED: { kind: 'readiness', data: z.object({}) },
  NOT_DISPUTED: { kind: 'readiness', data: z.object({}) },
  AT_SECOND_LEVEL: { kind: 'readiness', data: z.object({}) },
  NOT_TAKEN_FOR_IT: { kind: 'readiness', data: z.object({ open: list }) },
  NONCONFORMITY_UNDER_WAY: { kind: 'readiness', data: z.object({ cases: list }) },
  NOT_TOP_MANAGEMENT: { kind: 'readiness', data: z.object({ person: text }) },
  VERIFIER_NOT_AUDITOR: { kind: 'readiness', data: z.object({ person: text }) },
  ALREADY_APPEALED: { kind: 'readiness', data: z.object({}) },
  TOO_LATE: { kind: 'readiness', data: z.object({ until: text }) },
  ALREADY_EXTENDED_ONCE: { kind: 'readiness', data: z.object({}) },
  NO_EXTERNAL_ORIGIN: { kind: 'readiness', data: z.object({}) },
  EVIDENCE_TOO_OLD: { kind: 'readiness', data: z.object({ evidence: text, implementedAt: text }) },
  LEAVES_CAUSE_UNCOVERED: { kind: 'readiness', data: z.object({ causes: list }) },
  NOTHING_TO_WAIVE: { kind: 'readiness', data: z.object({ person: text }) },
  SAME_PERSON: { kind: 'readiness', data: z.object({ role: text, person: text }) },
  NOT_REASSIGNABLE: { kind: 'readiness', data: z.object({ role: text, reassignable: list }) },
  PERIOD_REVERSED: { kind: 'payload', data: z.object({ from: text, until: text }) },
  PERIOD_TOO_LONG: { kind: 'readiness', data: z.object({ until: text, latest: text }) },
  PERIOD_OVERLAPS: { kind: 'readiness', data: z.object({ case: text, from: text, until: text }) },
  CIRCULAR_DELEGATION: { kind: 'readiness', data: z.object({ case: text, person: text }) },
  MAY_NOT_DELEGATE: { kind: 'readiness', data: z.object({ person: text }) },
  NOT_OWN_SUBSTITUTE: { kind: 'readiness', data: z.object({ person: text }) },
  CHANGE_IN_PROGRESS: { kind: 'readiness', data: z.object({ case: text, keys: list }) },
  BASIS_CHANGED: { kind: 'readiness', data: z.object({ keys: list }) },
  LAST_HOLDER: { kind: 'readiness', data: z.object({ role: text, person: text }) },
  ALREADY_ANNOUNCED: { kind: 'readiness', data: z.object({ case: text }) },
  STILL_VACANT: { kind: 'readiness', data: z.object({ cases: z.number() }) },
  NO_SUCH_DEADLINE: { kind: 'payload', data: z.object({ deadline: text, open: list }) },
  NOT_EXTENDABLE: { kind: 'readiness', data: z.object({ deadline: text }) },
  NOT_LATER: { kind: 'readiness', data: z.object({ due: text, newDate: text }) },
  EXTENSION_UNDECIDED: { kind: 'readiness', data: z.object({ deadline: text }) },
  NO_EXTENSION_ASKED: { kind: 'state', data: z.object({ deadline: text }) },
  APPROVED_BEFORE: { kind: 'state', data: z.object({ at: text }) },
  NO_CANCEL_ASKED: { kind: 'state', data: z.object({}) },
  NO_SUCH_ENTRY: { kind: 'payload', data: z.object({ entry: z.number(), last: z.number() }) },
  NOT_YOUR_ENTRY: { kind: 'authority', data: z.object({ entry: z.number(), author: text }) },
  NOT_CORRECTABLE: { kind: 'readiness', data: z.object({ field: text, correctable: list }) },
  HOLD_LIMIT: { kind: 'authority', data: z.object({ latest: text, longest: text }) },
  NOT_ON_HOLD: { kind: 'state', data: z.object({}) },
  CONSENT_MISSING: { kind: 'readiness', data: z.object({ body: text }) },
  OUT_OF_SCOPE: { kind: 'readiness', data: z.object({ case: text, state: text }) },
  DECISIONS_UNSEEN: { kind: 'readiness', data: z.object({ seen: z.number(), made: z.number() }) },
  UNKNOWN_ITEM: { kind: 'payload', data: z.object({ path: text, items: list }) },
  UNKNOWN_CONTROL: { kind: 'payload', data: z.object({ path: text, control: text }) },
  ANNEX_A_CONTROL: { kind: 'readiness', data: z.object({ control: text }) },
  STATEMENT_INCONSISTENT: { kind: 'readiness', data: z.object({ problem: z.enum(inconsistencyCodes), control: text, refs: list }) },
  RISK_NOT_READY: { kind: 'readiness', data: z.object({ because: text }) },
  OWNER_MISSING: { kind: 'readiness', data: z.object({ case: text }) },
  NOT_A_RISK_OWNER: { kind: 'readiness', data: z.object({ path: text, person: text, role: text }) },
  UNUSUAL_RISK_OWNER: { kind: 'readiness', data: z.object({ path: text, person: text, role: text }) },
  RISK_IN_TREATMENT: { kind: 'readiness', data: z.object({ case: text }) },
  IN_ANOTHER_ASSESSMENT: { kind: 'readiness', data: z.object({ case: text }) },
  SECOND_RATING_MISSING: { kind: 'readiness', data: z.object({ level: text }) },
  SECOND_RATING_DIFFERS: { kind: 'readiness', data: z.object({ first: text, second: text }) },
  ABOVE_CRITERIA: { kind: 'readiness', data: z.object({ level: text }) },
  TARGET_ABOVE_CURRENT: { kind: 'readiness', data: z.object({ target: text, current: text }) },
  NOT_OF_REGISTER: { kind: 'payload', data: z.object({ path: text, case: text, register: text }) },
  MATRIX_INCOMPLETE: { kind: 'readiness', data: z.object({ cells: list }) },
  MATRIX_FALLS: { kind: 'readiness', data: z.object({ cells: list }) },
  LEVELS_UNREACHABLE: { kind: 'readiness', data: z.object({ levels: list }) },
  AUTHORITY_FALLS: { kind: 'readiness', data: z.object({ levels: list }) },
  NO_IMPACT_SCALE: { kind: 'readiness', data: z.object({}) },
  VALIDITY_TOO_LONG: { kind: 'readiness', data: z.object({ until: text, latest: text }) },
  LEVEL_ABOVE_CRITERIA: { kind: 'readiness', data: z.object({ level: text }) },
  NOT_THE_RISK_OWNER: { kind: 'readiness', data: z.object({ person: text, owner: text }) },
  NOT_INTERIM: { kind: 'readiness', data: z.object({}) },
  NOT_RENEWED: { kind: 'readiness', data: z.object({}) },
  NOT_RENEWABLE: { kind: 'readiness', data: z.object({ kind: text }) },
  RENEWED_TOO_OFTEN: { kind: 'readiness', data: z.object({ renewals: z.number() }) },
  STILL_RENEWABLE: { kind: 'readiness', data: z.object({ renewals: z.number() }) },
  RATING_TOO_OLD: { kind: 'readiness', data: z.object({ ratedOn: text, earliest: text }) },
  RATING_CHANGED: { kind: 'readiness', data: z.object({ risk: text, level: text }) },
  PLAN_RISKS: { kind: 'readiness', data: z.object({ missing: list, foreign: list, twice: list }) },
  TREATMENT_WITHOUT_CONTROL: { kind: 'readiness', data: z.object({ risk: text }) },
  TREATMENT_WITHOUT_ACTION: { kind: 'readiness', data: z.object({ risk: text }) },
  EXPECTED_ABOVE_CURRENT: { kind: 'readiness', data: z.object({ risk: text, expected: text, current: text }) },
  ACTION_AFTER_TARGET: { kind: 'readiness', data: z.object({ action: text, due: text, targetDate: text }) },
  ACTIONS_OPEN: { kind: 'readiness', data: z.object({ actions: list }) },
  VERSION_IN_FORCE: { kind: 'readiness', data: z.object({}) },
  NO_VERSION_IN_FORCE: { kind: 'readiness', data: z.object({}) },
  NOT_SPLITTABLE: { kind: 'readiness', data: z.object({}) },
  LAST_RISK: { kind: 'readiness', data: z.object({}) },
  NOT_LAPSED: { kind: 'readiness', data: z.object({}) },
  APPROVAL_LAPSED: { kind: 'readiness', data: z.object({}) },
  TARGET_TOO_LATE: { kind: 'readiness', data: z.object({ risk: text, level: text, targetDate: text, latest: text }) },
  TARGET_DATE_PASSED: { kind: 'readiness', data: z.object({ targetDate: text }) },
  BASIS_UNCHANGED: { kind: 'readiness', data: z.object({}) },
  NOT_TO_BE_TREATED: { kind: 'readiness', data: z.object({ risk: text, state: text }) },
  CONTEXT_NOT_CONFIRMED: { kind: 'readiness', data: z.object({ missing: list }) },
  OUTSIDE_SCOPE: { kind: 'readiness', data: z.object({ items: list }) },
  KIND_UNFIT: { kind: 'readiness', data: z.object({ kind: text }) },
  SECOND_PERSON_NEEDED: { kind: 'readiness', data: z.object({}) },
  MANDATORY: { kind: 'readiness', data: z.object({ what: text }) },
  RISK_UNFIT: { kind: 'readiness', data: z.object({ risk: text, because: text }) },
  RISK_INCOMPLETE: { kind: 'readiness', data: z.object({ risk: text, lacks: list }) },
  RISKS_NOT_REVIEWED: { kind: 'readiness', data: z.object({ risks: list }) },
  SCOPE_ITEM_EMPTY: { kind: 'readiness', data: z.object({ items: list }) },
  DISPUTES_OPEN: { kind: 'readiness', data: z.object({ risks: list }) },
  RULING_NEEDED: { kind: 'readiness', data: z.object({ risk: text }) },
  ALREADY_RULED: { kind: 'readiness', data: z.object({ risk: text }) },
  NOT_GRAVE_ENOUGH: { kind: 'readiness', data: z.object({ risk: text, level: text }) },
  BASIS_UNDECIDED: { kind: 'readiness', data: z.object({ changes: list }) },
  ITEM_NOT_PLANNED: { kind: 'readiness', data: z.object({ items: list }) },
  LEAD_MISSING: { kind: 'readiness', data: z.object({ leads: z.number() }) },
  TWICE_IN_TEAM: { kind: 'readiness', data: z.object({ persons: list }) },
  ITEMS_UNASSIGNED: { kind: 'readiness', data: z.object({ items: list }) },
  NOT_COMPETENT: { kind: 'readiness', data: z.object({ person: text, as: text }) },
  SECOND_AUDITOR_MISSING: { kind: 'readiness', data: z.object({ person: text, item: text, secondAuditor: text }) },
  NOT_DECLARED: { kind: 'readiness', data: z.object({ persons: list }) },
  NOT_IN_TEAM: { kind: 'readiness', data: z.object({ person: text }) },
  OBJECTION_UNDECIDED: { kind: 'readiness', data: z.object({ objections: list }) },
  OBJECTION_UPHELD: { kind: 'readiness', data: z.object({ person: text }) },
  NOTICE_TOO_SHORT: { kind: 'readiness', data: z.object({ start: text, earliest: text }) },
  CONSENT_TO_SHORT_NOTICE: { kind: 'readiness', data: z.object({ start: text }) },
  OUTSIDE_WINDOW: { kind: 'readiness', data: z.object({ from: text, until: text, windowFrom: text, windowUntil: text }) },
  NOT_ESCALATED: { kind: 'readiness', data: z.object({ deadline: text, step: text }) },
  NOT_BEGUN_YET: { kind: 'readiness', data: z.object({ from: text }) },
  NOT_YOUR_ITEM: { kind: 'authority', data: z.object({ item: text, auditors: list }) },
  NO_CONFLICT: { kind: 'readiness', data: z.object({ items: list }) },
  ITEMS_WITHOUT_RESULT: { kind: 'readiness', data: z.object({ items: list }) },
  FINDING_MISSING: { kind: 'readiness', data: z.object({ items: list }) },
  FACT_CHECK_RUNNING: { kind: 'readiness', data: z.object({ until: text, waitingFor: list }) },
  COMMENTS_UNANSWERED: { kind: 'readiness', data: z.object({ comments: list }) },
  FINDINGS_NOT_READY: { kind: 'readiness', data: z.object({ findings: list }) },
  FINDINGS_WITHOUT_INDEPENDENCE: { kind: 'readiness', data: z.object({ findings: list }) },
  NOT_FINALISED: { kind: 'readiness', data: z.object({}) },
  FINDINGS_OPEN: { kind: 'readiness', data: z.object({ findings: list }) },
  POSTPONED_TOO_FAR: { kind: 'authority', data: z.object({ latest: text }) },
  NO_SUCH_PLANNED_AUDIT: { kind: 'readiness', data: z.object({ audits: list, known: list }) },
  OUTSIDE_CYCLE: { kind: 'readiness', data: z.object({ items: list, until: text }) },
  ITEMS_NOT_REPLANNED: { kind: 'readiness', data: z.object({ items: list }) },
  ALREADY_DONE: { kind: 'readiness', data: z.object({ what: text }) },
} as const satisfies Record<string, { kind: ReasonKind; data: z.ZodType }>;

export type ReasonCode = keyof typeof reasonData;
export type ReasonData<C extends ReasonCode> = z.infer<(typeof reasonData)[C]['data']>;

/** One reason of a refusal: the code and its data, side by side. */
export type Reason = { [C in ReasonCode]: { code: C } & ReasonData<C> }[ReasonCode];

/** Makes a reason; the data must be of the code's shape. */
export function reason<C extends ReasonCode>(code: C, data: ReasonData<C>): Reason {
  return { code, ...data } as Reason;
}

/** Kind of the gravest reason: decides the status on the wire and whether the attempt is recorded. */
export function kindOf(reasons: readonly Reason[]): ReasonKind {
  const kinds = new Set(reasons.map((each) => reasonData[each.code].kind));
  return (['segregation', 'authority', 'payload', 'state', 'readiness'] as const).find((kind) => kinds.has(kind)) ?? 'state';
}
