import { z } from 'zod';
import { line, localDate, personId, prose, reasonText, unitId } from './fields.ts';
import type { CaseId, Instant, LocalDate, PersonId } from './identity.ts';
import { itemKey, itemResults } from './universe.ts';
import type { ItemKey, ItemResult, UniverseItem } from './universe.ts';

/** Audit programme of three years (ISO/IEC 27001:2022 9.2.2; rules §7 "Programme", §9, §18 "Audit"). */

export const CYCLE_MONTHS = 36;
export const programmeYears = [1, 2, 3] as const;
export type ProgrammeYear = (typeof programmeYears)[number];

export const auditMethods = ['ON_SITE', 'REMOTE', 'HYBRID'] as const;
export type AuditMethod = (typeof auditMethods)[number];

/** First and last day, both inclusive. */
export const auditWindow = z.strictObject({ from: localDate('First day'), until: localDate('Last day') });
export type AuditWindow = z.output<typeof auditWindow>;

/** Key of a planned audit, e.g. `y1-a2`: the second of the first year. */
export const plannedAuditKey = z.string().regex(/^y[123]-a\d{1,3}$/).meta({ title: 'Planned audit, e.g. y1-a2' });

const certification = z.array(localDate('Date')).max(12).meta({ title: 'Dates of outside audits' });

/** By the audit programme manager, the ISO, the deputy or top management; or by the programme before it. */
export const openAuditProgrammeBody = z.strictObject({
  from: localDate('First day of the cycle of three years'),
  certification: certification.default([]),
  unit: unitId('Unit').optional(),
});
export const openAuditProgrammeFromParentBody = openAuditProgrammeBody.extend({ predecessor: z.strictObject({ id: z.uuid(), ref: z.string().max(40) }).optional() });
export type OpenAuditProgramme = z.output<typeof openAuditProgrammeFromParentBody>;

const items = (title: string) => z.array(itemKey).min(1).max(1000).meta({ title });

const planned = {
  title: line('Title'),
  window: auditWindow,
  method: z.enum(auditMethods).meta({ title: 'On site, remote or hybrid' }),
  criteria: z.array(line('Criterion')).min(1).max(50).meta({ title: 'Criteria' }),
  items: items('Items of the universe'),
  profile: line('What the auditors have to know'),
  lead: personId('Lead auditor'),
  auditors: z.array(personId('Auditor')).max(20).meta({ title: 'Auditors' }),
};

const programmeRisk = z.strictObject({ statement: prose('What may go wrong with the programme'), measure: prose('What is done about it') });

/** Where the items of an audit that does not take place go: into a planned audit, or an audit of their own in that window. */
const replanning = z
  .strictObject({ item: itemKey, into: plannedAuditKey.optional(), window: auditWindow.optional() })
  .refine(({ into, window }) => (into === undefined) !== (window === undefined), 'name either a planned audit or a window');

export const auditProgrammeBodies = {
  /** Plans anew by the rules of §9; audits that have begun stay as they are. */
  PROPOSE: z.strictObject({ auditsPerYear: z.int().min(1).max(12).optional().meta({ title: 'Audits a year; without it as the organisation has set' }) }),
  PLAN_AUDIT: z.strictObject({ ...planned, lead: planned.lead.optional(), auditors: planned.auditors.default([]), reason: reasonText }),
  /** What is named is changed; a lead of null is not named yet. */
  CHANGE_AUDIT: z.strictObject({
    key: plannedAuditKey,
    ...{ title: planned.title.optional(), window: auditWindow.optional(), method: planned.method.optional(), criteria: planned.criteria.optional() },
    ...{ items: planned.items.optional(), profile: planned.profile.optional(), lead: planned.lead.nullable().optional(), auditors: planned.auditors.optional() },
    reason: reasonText,
  }),
  DROP_AUDIT: z.strictObject({ key: plannedAuditKey, reason: reasonText }),
  RECORD_RISKS: z.strictObject({ risks: z.array(programmeRisk).min(1).max(50).meta({ title: 'Risks of the programme' }) }),
  SET_CERTIFICATION: z.strictObject({ certification, reason: reasonText }),
  /** Who audits clause 9.2: external, or named by top management (rules §18). */
  NAME_OUTSIDER: z.strictObject({ person: personId('Who audits the audit programme'), reason: reasonText }),
  PROPOSE_GAP: z.strictObject({ items: items('Items that this cycle will not reach'), reason: reasonText }),
  SIGN_GAP: z.strictObject({ items: items('Items'), reason: reasonText }),
  WITHDRAW_GAP: z.strictObject({ items: items('Items'), reason: reasonText }),
  /** `deviations`: why rules of §9 that do not bind are not kept, where that is so. */
  SUBMIT: z.strictObject({ deviations: prose('Why the plan departs from the rules').optional() }),
  REVISE: z.strictObject({ reason: reasonText }),
  /** Nothing needs to change after all. */
  KEEP_PLAN: z.strictObject({ reason: reasonText }),
  /** Of an audit that has not begun; the audit itself postpones one that has. */
  POSTPONE: z.strictObject({ key: plannedAuditKey, window: auditWindow, reason: reasonText }),
  /** SYSTEM only: another scope of the management system is in force. */
  SCOPE_CHANGED: z.strictObject({ record: z.uuid(), recordRef: z.string().max(40) }),
  /** SYSTEM only, from the audit: its report is issued or amended; the results are those of all its items. */
  AUDIT_ISSUED: z.strictObject({
    ...{ audit: z.uuid(), ref: z.string().max(40), key: plannedAuditKey, on: z.iso.date() },
    results: z.array(z.strictObject({ item: itemKey, result: z.enum(itemResults) })).max(1000),
  }),
  /** SYSTEM only, from the audit, which has checked the limits (`audit.postponement`, the cycle). */
  AUDIT_POSTPONED: z.strictObject({ audit: z.uuid(), ref: z.string().max(40), key: plannedAuditKey, window: auditWindow, reason: reasonText }),
  /** SYSTEM only, from the audit: it will not take place; a revision begins with these proposals. */
  AUDIT_CANCELLED: z.strictObject({ audit: z.uuid(), ref: z.string().max(40), key: plannedAuditKey, replan: z.array(replanning).max(1000), reason: reasonText }),
} as const;

export type AuditProgrammeCommand = keyof typeof auditProgrammeBodies;
export type AuditProgrammeBody<C extends AuditProgrammeCommand> = z.output<(typeof auditProgrammeBodies)[C]>;

export const plannedAuditStates = ['planned', 'begun', 'issued', 'cancelled'] as const;

export interface PlannedAudit {
  key: string;
  title: string;
  /** Year of the cycle in which its window begins. */
  year: ProgrammeYear;
  window: AuditWindow;
  /** The window as top management has agreed to it last; postponement counts from there. Null before the first approval. */
  agreed: AuditWindow | null;
  method: AuditMethod;
  criteria: string[];
  items: ItemKey[];
  /** What its auditors have to know. */
  profile: string;
  lead: PersonId | null;
  auditors: PersonId[];
  /** Why each item, in this year: `CODE` or `CODE ref, ref`; texts in `domain/programme-planning/why-texts.ts`. */
  why: Record<ItemKey, string[]>;
  state: (typeof plannedAuditStates)[number];
  audit: { id: CaseId; ref: string } | null;
}

/** Rules of §9 by their number there; 0: what the approval asks for beside them (rules §7). */
export interface Violation {
  rule: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;
  code: ViolationCode;
  /** Whether nobody may approve the programme with it. */
  binding: boolean;
  year: ProgrammeYear | null;
  /** Key of a planned audit. */
  audit: string | null;
  items: string[];
}

export const violationCodes = [
  ...['CLAUSES_NOT_EACH_YEAR', 'CLAUSES_NOT_BEFORE_CERTIFICATION', 'ITEM_NOT_PLANNED', 'CONTROLS_UNBALANCED', 'NOT_EACH_YEAR', 'NOT_BY_WEIGHT', 'THEME_MISSING'],
  ...['SITE_NOT_PLANNED', 'COVERAGE_OPEN', 'UNIVERSE_CHANGED', 'CONFLICT', 'UNSTAFFABLE', 'OUTSIDE_CYCLE', 'NOT_IN_UNIVERSE', 'NO_PROGRAMME_RISKS', 'PROGRAMME_AUDITOR_MISSING'],
] as const;
export type ViolationCode = (typeof violationCodes)[number];

/** What has changed since the universe was pinned, or what else asks for a revision. */
export const programmeChangeKinds = ['ITEM_ADDED', 'ITEM_GONE', 'ITEM_CHANGED', 'SCOPE', 'AUDIT_CANCELLED', 'AUDIT_POSTPONED', 'COVERAGE_OPEN', 'REQUESTED'] as const;
export interface ProgrammeChange {
  kind: (typeof programmeChangeKinds)[number];
  item: ItemKey | null;
  /** Of the case it comes from, or key of the planned audit. */
  ref: string | null;
  on: LocalDate;
}

export interface CoverageGap {
  item: ItemKey;
  reason: string;
  proposedBy: PersonId;
  /** By top management, never by who plans (SOD-06, SOD-08). */
  signed: { by: PersonId; at: Instant } | null;
}

/** Results of one issued audit; an amended report replaces what the first had said. */
export interface AuditResults {
  audit: CaseId;
  ref: string;
  /** Of the planned audit; null: an audit beside the programme. */
  key: string | null;
  on: LocalDate;
  items: { item: ItemKey; result: ItemResult }[];
}

/**
 * The document of a programme. `audits` and `gaps` are what is worked on; `inForce` is what top management approved last, and audits are
 * started from it alone. Progress (`state`, `audit`) is the same in both.
 * Opens `audit` (link `audit`, awaited, key = that of the planned audit) and the next `auditProgramme` (link `nextProgramme`).
 */
export interface AuditProgrammeDocument {
  cycle: AuditWindow;
  certification: LocalDate[];
  predecessor: { id: CaseId; ref: string } | null;
  /** Null until the first proposal. `pinnedOn`: null while the programme is a draft or under revision. */
  universe: { pinnedOn: LocalDate | null; items: UniverseItem[]; hash: string } | null;
  audits: PlannedAudit[];
  risks: { statement: string; measure: string }[];
  gaps: CoverageGap[];
  outsider: { person: PersonId; by: PersonId; at: Instant; reason: string } | null;
  /** As the plan was when it was looked at last; `deviations` says why those that do not bind are left. */
  violations: Violation[];
  deviations: string | null;
  changes: ProgrammeChange[];
  results: AuditResults[];
  version: number;
  inForce: { version: number; approvedOn: LocalDate; audits: PlannedAudit[]; gaps: CoverageGap[] } | null;
  /** Who has worked on the version that is not approved yet (SOD-08). */
  authors: PersonId[];
  /** Until when the universe is looked at next. */
  reviewOn: LocalDate;
}

/**
 * What other cases know of a programme. Found by the key `programme` = `open` until it is completed. `items`: keys of the pinned universe;
 * `audits`: JSON of `{key, window, items, state}` of the plan in force.
 */
export interface AuditProgrammeAbout extends Record<string, string | string[] | null> {
  from: LocalDate;
  until: LocalDate;
  version: string;
  certification: LocalDate[];
  items: string[];
  audits: string;
  /** `item=RESULT=day` of every result of the cycle. */
  results: string[];
  /** Items with a signed gap, and those that are neither covered, planned nor signed. */
  gaps: string[];
  holes: string[];
  outsider: PersonId | null;
}
