import { z } from 'zod';
import type { controlStatuses} from './control.ts';
import { mandateCodes } from './control.ts';
import { line, prose, reasonText } from './fields.ts';
import type { LocalDate, PersonId } from './identity.ts';

/** Statement of Applicability (ISO/IEC 27001:2022 6.1.3 d; rules §6.1, §18 "SoA"): a version per case. */

export const reasonCodes = ['RISK', ...mandateCodes] as const;
export type ReasonOfInclusion = (typeof reasonCodes)[number];

/** One control of a version (rules §6.1 "Row"). */
export interface StatementRow {
  control: string;
  title: string;
  /** ANNEX_A, or the framework the own control comes from. */
  source: string;
  applicable: boolean;
  /** Why it is applicable: for RISK the references of risks, else of laws, contracts and requirements. */
  reasons: { code: ReasonOfInclusion; text: string | null; refs: string[] }[];
  /** Approved plans that need it. */
  plans: string[];
  /** Why it is not applicable. */
  justification: string | null;
  /** Binary for the statement; `status` says more. */
  implemented: boolean;
  status: (typeof controlStatuses)[number];
  effective: 'yes' | 'no' | null;
  owner: PersonId | null;
  how: string | null;
  documents: string[];
  evidenceOn: LocalDate | null;
  /** What is planned while it is not implemented. */
  actions: string[];
}

/** What a version changes, one line each. */
export const deltaKinds = ['INCLUDED', 'EXCLUDED', 'ADDED', 'REMOVED', 'REASONS', 'JUSTIFICATION', 'STATUS', 'EVIDENCE', 'OWNER', 'DESCRIPTION'] as const;
export interface DeltaLine {
  control: string;
  kind: (typeof deltaKinds)[number];
  before: string | null;
  after: string | null;
}

/** What stands against the approval of a version, or may once drafts are approved (rules §6.1 "Consistency errors", §18 "SoA"). */
export const inconsistencyCodes = [
  ...['NOT_ALL_OF_ANNEX_A', 'APPLICABLE_WITHOUT_REASON', 'EXCLUDED_WITHOUT_JUSTIFICATION', 'EXCLUDED_BUT_IN_PLAN', 'EXCLUDED_BUT_RELIED_ON'],
  ...['EXCLUDED_BUT_REQUIRED', 'EVIDENCE_TOO_OLD', 'NO_ACTION', 'OWNER_VACANT', 'EXCLUDED_BUT_IN_DRAFT'],
] as const;
export interface Inconsistency {
  code: (typeof inconsistencyCodes)[number];
  /** Null where it is about the statement as a whole. */
  control: string | null;
  /** References: plans, risks, requirements. */
  refs: string[];
}

/** What causes a version (rules §6.1 "Triggers"). */
export const causeKinds = ['PLAN', 'CONTROL', 'RISK', 'FINDING', 'SCOPE', 'REQUIREMENT', 'ANNUAL_REVIEW', 'MIGRATION', 'OTHER'] as const;
export const causeSchema = z.strictObject({
  kind: z.enum(causeKinds).meta({ title: 'Kind of cause' }),
  ref: line('Reference').optional(),
  note: prose('Note').optional(),
});
export type StatementCause = z.output<typeof causeSchema>;

export const openStatementBody = z.strictObject({ cause: causeSchema });
export type OpenStatement = z.output<typeof openStatementBody>;

const controlId = z.string().trim().min(1).max(40).meta({ title: 'Control' });

export const statementBodies = {
  /** Another cause while a version is under way: it is derived anew. */
  REDERIVE: openStatementBody,
  JUSTIFY: z.strictObject({
    exclusions: z.array(z.strictObject({ controls: z.array(controlId).min(1).max(200), justification: prose('Why they are not applicable') })).min(1).max(200),
  }),
  SUBMIT: z.strictObject({ note: prose('Note').optional() }),
  PRESENT: z.strictObject({ note: prose('Note').optional() }),
  RETURN: z.strictObject({ reason: reasonText }),
  SUPERSEDE: z.strictObject({ by: z.uuid(), byRef: z.string() }),
} as const;

export type StatementCommand = keyof typeof statementBodies;
export type StatementBody<C extends StatementCommand> = z.output<(typeof statementBodies)[C]>;

/**
 * The document of a version; once in force it never changes.
 * `about`: version, major (yes|no), effectiveOn, applicable[], excluded[], changes (count), predecessor, rows (JSON). Keys: `statement` = `open` or
 * `inForce`. Claim: `soa:draft` until it is in force.
 */
export interface StatementDocument {
  /** Highest number of a version that was in force and called off; numbers go on from there. */
  lastMajor: number;
  version: { major: number; minor: number };
  isMajor: boolean;
  rows: StatementRow[];
  /** Against the version in force when it was derived. */
  delta: DeltaLine[];
  errors: Inconsistency[];
  warnings: Inconsistency[];
  causes: StatementCause[];
  /** Exclusions with their justification, those of the predecessor carried over; kept also for controls that are applicable now. */
  justifications: Record<string, string>;
  predecessor: { id: string; ref: string; version: { major: number; minor: number }; rows: StatementRow[] } | null;
  effectiveOn: LocalDate | null;
}
