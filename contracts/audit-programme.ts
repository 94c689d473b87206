import { z } from 'zod';
import { localDate } from './fields.ts';
import type { CaseId, Instant, LocalDate, PersonId } from './identity.ts';
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
