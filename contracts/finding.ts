import { z } from 'zod';
import { caseId, evidenceList, line, personId, prose, reasonText, requirement, unitId } from './fields.ts';
import type { Instant, PersonId, UnitId } from './identity.ts';
import { itemKey } from './universe.ts';

/**
 * Finding of an internal audit (ISO/IEC 27001:2022 9.2; rules §7 "Finding"): what an auditor has seen against one requirement. It is no
 * nonconformity yet; graded as one by the lead auditor it opens one in each unit as soon as the report is issued.
 */

/** Grades [P]: the standard itself knows only "nonconformity". */
export const findingGrades = ['MAJOR_NC', 'MINOR_NC', 'OFI', 'CONFORMITY', 'GOOD_PRACTICE'] as const;
export type FindingGrade = (typeof findingGrades)[number];

/** Grades that open a nonconformity, and as what it is graded there. */
export const nonconformityGrades = { MAJOR_NC: 'major', MINOR_NC: 'minor' } as const satisfies Partial<Record<FindingGrade, 'major' | 'minor'>>;

export function isNonconformityGrade(grade: FindingGrade | null): grade is keyof typeof nonconformityGrades {
  return grade !== null && Object.hasOwn(nonconformityGrades, grade);
}

/** A finding says what is required, what was seen, and what lies between the two (rules §7 "Finding"). */
export const findingStatement = z.strictObject({
  requirement: prose('What is required'),
  evidence: prose('What was seen'),
  gap: prose('What is missing'),
});
export type FindingStatement = z.output<typeof findingStatement>;

/** To whom it is presented: the heads of its units; what concerns top management goes to the body, not to a person (rules §7). */
export const findingRecipients = ['UNITS', 'TOP_MGMT'] as const;

const described = {
  title: line('Title'),
  requirement,
  statement: findingStatement,
  units: z.array(unitId('Unit')).min(1).max(50).meta({ title: 'Units concerned' }),
  recipient: z.enum(findingRecipients),
};

/**
 * Opened by the audit alone (`DRAFT_FINDING`), as a child that it waits for: link `finding`, object `<audit id>:<number>`. `author` is who of
 * the team has drafted it; `proposed` the grade that the author proposes.
 */
export const openFindingBody = z.strictObject({
  ...described,
  recipient: described.recipient.default('UNITS'),
  audit: caseId('Audit'),
  auditRef: line('Reference of the audit'),
  number: z.int().min(1).max(999).meta({ title: 'Number in the audit' }),
  item: itemKey,
  leadAuditor: personId('Lead auditor'),
  author: personId('Auditor who has drafted it'),
  proposed: z.enum(findingGrades).optional().meta({ title: 'Grade proposed' }),
  evidence: evidenceList(0).default([]),
});
export type OpenFinding = z.output<typeof openFindingBody>;

export const findingBodies = {
  /** Author or lead, until it is presented. */
  AMEND: z
    .strictObject({
      ...{ title: described.title.optional(), requirement: requirement.optional(), statement: findingStatement.optional(), units: described.units.optional() },
      ...{ recipient: described.recipient.optional(), proposed: z.enum(findingGrades).optional(), evidence: evidenceList(0).optional() },
    })
    .refine((body) => Object.keys(body).length > 0, 'name at least one thing to change'),
  /** Lead auditor alone (SOD-07), until the report is issued. */
  GRADE: z.strictObject({ grade: z.enum(findingGrades), reason: reasonText }),
  /** Lead auditor: not the same as what is open from an earlier audit; its units get nonconformities of their own. */
  NOT_THE_SAME: z.strictObject({ nonconformity: caseId('Nonconformity that it is not'), reason: reasonText }),
  /** Lead auditor: what cannot wait for the report; the ISO knows at once. `incident` opens an action of that kind. */
  MARK_URGENT: z.strictObject({ exposure: prose('What is exposed, and how'), incident: z.boolean().default(false).meta({ title: 'Open an incident' }) }),
  /** ISO or deputy: taken note of, and what is done meanwhile. */
  TAKE_NOTE: z.strictObject({ note: prose('What is done about it now') }),
  /** The recipient disputes statement or grade, before the report is issued. */
  DISPUTE: z.strictObject({ reason: reasonText, evidence: evidenceList(0).default([]) }),
  /** Lead auditor: the answer to a dispute; another grade, or the grade as it was. A finding that does not stand is withdrawn (WITHDRAW). */
  ANSWER_DISPUTE: z.strictObject({ answer: prose('Answer'), grade: z.enum(findingGrades).optional() }),
  /** The recipient asks the second level, once, within 10 working days of the answer (rules §7, §18 "Appeals"). */
  APPEAL: z.strictObject({ reason: reasonText, evidence: evidenceList(0).default([]) }),
  /** Second level: the audit programme manager, or who decides in his place. */
  DECIDE_APPEAL: z
    .strictObject({ verdict: z.enum(['UPHELD', 'REGRADED', 'WITHDRAWN']), grade: z.enum(findingGrades).optional(), reason: reasonText })
    .refine(({ verdict, grade }) => (verdict === 'REGRADED') === (grade !== undefined), { path: ['grade'], message: 'belongs to REGRADED, and to nothing else' }),
  /** Lead auditor, after the report was issued: another grade on new evidence; the audit amends its report (rules §18). */
  REGRADE: z.strictObject({ grade: z.enum(findingGrades), reason: reasonText, evidence: evidenceList(1) }),
  /** Recipient or ISO: what becomes of an opportunity for improvement; ACCEPTED opens an action. */
  DECIDE_OFI: z
    .strictObject({ decision: z.enum(['ACCEPTED', 'DECLINED']), reason: reasonText, owner: personId('Owner of the action').optional() })
    .refine(({ decision, owner }) => decision === 'ACCEPTED' || owner === undefined, { path: ['owner'], message: 'belongs to ACCEPTED' }),
  /** SYSTEM only: the closing meeting has presented it. */
  PRESENT: z.strictObject({ audit: z.uuid() }),
  /** SYSTEM only: the audit has finalised its findings; comments are answered, grades are set. */
  CONFIRM: z.strictObject({ audit: z.uuid() }),
  /** SYSTEM only: it is part of a report that was issued; nonconformities open at once (L4). */
  ISSUE: z.strictObject({ audit: z.uuid(), report: z.int().min(1) }),
  /** SYSTEM only: the audit has another lead auditor. */
  LEAD_CHANGED: z.strictObject({ lead: z.string() }),
} as const;

export type FindingCommand = keyof typeof findingBodies;
export type FindingBody<C extends FindingCommand> = z.output<(typeof findingBodies)[C]>;

/** A nonconformity about the same requirement in the same unit; `how`: still open from an earlier audit, or closed not long ago. */
export interface EarlierNonconformity {
  unit: UnitId;
  id: string;
  ref: string;
  how: 'OPEN' | 'REPEATED';
}

export interface FindingDispute {
  by: PersonId;
  at: Instant;
  reason: string;
  answer: { by: PersonId; at: Instant; text: string; from: FindingGrade | null; to: FindingGrade | null } | null;
}

export interface FindingAppeal {
  by: PersonId;
  at: Instant;
  reason: string;
  decision: { by: PersonId; at: Instant; verdict: 'UPHELD' | 'REGRADED' | 'WITHDRAWN'; reason: string; from: FindingGrade | null; to: FindingGrade | null } | null;
}

/** A grade and who has set it: the lead auditor, or who decided at second level (SOD-07). */
export interface GradeSet {
  grade: FindingGrade;
  by: PersonId;
  at: Instant;
  how: 'GRADED' | 'DISPUTE' | 'APPEAL' | 'REGRADED';
  reason: string;
}

/**
 * The document of a finding. Parties: `leadAuditor`, `author`. States: draft, presented, disputed, answered, confirmed, ncRaised, ofiLogged,
 * positive, closed (done), withdrawn. An appeal is no state: the second level decides beside it, and no report waits for that.
 * `about`: title, audit, auditRef, number, item, requirement, grade, proposed, units[], recipient, urgent (yes|no), report (number as text, or null), appealed
 * (yes|no: the second level has not decided), ready (yes|no: CONFIRM is accepted), statement (JSON of FindingStatement), unit, owner (lead auditor).
 * Keys: `audit` = case id of the audit, `item` = item key, `requirementUnit` = `<requirement>|<unit>`.
 * Links: `nonconformity` (child, awaited; one per unit), `improvement`, `urgentIncident` (actions, not awaited).
 */
export interface FindingDocument {
  title: string;
  audit: { id: string; ref: string };
  number: number;
  item: string;
  requirement: string;
  statement: FindingStatement;
  units: UnitId[];
  recipient: (typeof findingRecipients)[number];
  grade: FindingGrade | null;
  /** What the author proposes, and never less than what an earlier nonconformity asks for. */
  proposed: FindingGrade | null;
  grades: GradeSet[];
  urgent: { exposure: string; incident: boolean; at: Instant; noted: { by: PersonId; at: Instant; note: string } | null } | null;
  /** Nonconformities of the same requirement and unit, found when it was drafted and again when it was issued. */
  earlier: EarlierNonconformity[];
  /** Of these the lead auditor has said: not the same. */
  notTheSame: { id: string; by: PersonId; reason: string }[];
  disputes: FindingDispute[];
  appeal: FindingAppeal | null;
  /** Version of the report with which it was issued, and when. */
  issued: { report: number; at: Instant } | null;
  ofi: { decision: 'ACCEPTED' | 'DECLINED'; by: PersonId; at: Instant; reason: string; owner: PersonId | null } | null;
}
