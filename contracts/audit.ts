import { z } from 'zod';
import { auditMethods, auditWindow, plannedAuditKey } from './audit-programme.ts';
import type { AuditMethod, AuditWindow } from './audit-programme.ts';
import { caseId, evidenceList, line, localDate, personId, prose, reasonText, requirement, unitId } from './fields.ts';
import { findingGrades, findingRecipients, findingStatement } from './finding.ts';
import type { FindingGrade, FindingStatement } from './finding.ts';
import type { CaseId, Instant, LocalDate, PersonId, UnitId } from './identity.ts';
import { itemKey, itemResults } from './universe.ts';
import type { ItemKey, ItemResult, UniverseKind } from './universe.ts';

/** Internal audit (ISO/IEC 27001:2022 9.2.1, 9.2.2; rules §7 "State machine – audit", §18 "Audit"). */

/** PROGRAMME: planned and opened by the audit programme. EXTRA: on request, with a reason. FOLLOW_UP: looks again at what was found. */
export const auditKinds = ['PROGRAMME', 'EXTRA', 'FOLLOW_UP'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** The lead grades and signs; a technical expert advises and records nothing; an observer watches. */
export const teamRoles = ['LEAD_AUDITOR', 'AUDITOR', 'TECH_EXPERT', 'OBSERVER'] as const;
export type TeamRole = (typeof teamRoles)[number];

/** What an auditor does with a sample (ISO 19011). */
export const samplingMethods = ['INTERVIEW', 'OBSERVATION', 'DOCUMENT_REVIEW', 'RECORD_REVIEW', 'TECHNICAL_TEST'] as const;

const items = z.array(itemKey).min(1).max(400).meta({ title: 'Items of the audit universe' });
const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);
const team = z.array(personId('Person')).max(50).default([]);

/** First and last day, both inclusive, neither of them past. */
const period = z.strictObject({ from: localDate('First day', 'notPast'), until: localDate('Last day', 'notPast') });

const subject = {
  title: line('Title'),
  criteria: z.array(line('Audit criterion')).min(1).max(50).meta({ title: 'Audit criteria' }),
  method: z.enum(auditMethods),
  items,
  unit: unitId('Unit that the audit is about first'),
  /** Units audited; `unit` where none is named. Their heads are the auditee. */
  units: z.array(unitId('Unit')).max(50).default([]),
  sites: z.array(z.string().trim().max(64)).max(50).default([]).meta({ title: 'Sites' }),
  window: period,
};

/** An audit beside the programme, with a reason (rules §7 `schedule`): by the audit programme manager, the ISO or TOP_MGMT. */
export const openAuditBody = z.strictObject({
  ...subject,
  kind: z.enum(['EXTRA', 'FOLLOW_UP']).default('EXTRA'),
  reason: reasonText,
});
export type OpenAudit = z.output<typeof openAuditBody>;

/** `key`: of the planned audit in the programme, e.g. `y1-a1`. `lead` and `auditors` are proposals for the team, nothing is assigned by them. */
export const openAuditFromParentBody = z.strictObject({
  ...subject,
  window: auditWindow,
  kind: z.enum(auditKinds).default('PROGRAMME'),
  reason: prose('Reason').optional(),
  programme: z.strictObject({ case: z.uuid(), ref: z.string().max(40), key: plannedAuditKey }).optional(),
  lead: personId('Lead auditor proposed').nullable().default(null),
  auditors: team,
});
export type OpenAuditFromParent = z.output<typeof openAuditFromParentBody>;

const member = z
  .strictObject({
    person: personId('Member of the team'),
    role: z.enum(teamRoles),
    items: z.array(itemKey).max(400).default([]).meta({ title: 'Items audited by this person' }),
  })
  .refine(({ role, items: own }) => role !== 'OBSERVER' || own.length === 0, { path: ['items'], message: 'an observer audits nothing' });

/** Of one audit; never to be confused with the programme (rules §16.7). */
const plan = z
  .strictObject({
    objectives: prose('Objectives'),
    scope: prose('Scope'),
    criteria: z.array(line('Audit criterion')).min(1).max(50).meta({ title: 'Audit criteria' }),
    method: z.enum(auditMethods),
    /** How people are met and records seen at a distance; needed for REMOTE and HYBRID. */
    remote: prose('How it is done at a distance').optional(),
    dates: period,
    agenda: z
      .array(z.strictObject({ on: localDate('On'), what: line('What'), with: line('With whom'), items: z.array(itemKey).max(400).default([]) }))
      .max(200)
      .default([]),
    sampling: prose('How samples are drawn'),
    previousFindings: prose('Previous findings, and how they are looked at'),
    openNonconformities: prose('Open nonconformities, and how they are looked at'),
    /** Asks the auditee for consent to less notice than usual; silence is none. */
    shortNotice: z.literal(true).optional().meta({ title: 'Asks the auditee to consent to short notice' }),
  })
  .refine(({ method, remote }) => method === 'ON_SITE' || remote !== undefined, { path: ['remote'], message: 'say how people are met and records seen at a distance' });
export type AuditPlan = z.output<typeof plan>;

/** One item, one result: what was looked at of how much, by which means, and what it showed. Coverage counts what has a sample and evidence. */
const result = z
  .strictObject({
    item: itemKey,
    result: z.enum(itemResults),
    method: z.array(z.enum(samplingMethods)).max(5).default([]),
    population: prose('What there was to choose from').optional(),
    sample: prose('What was looked at').optional(),
    reason: prose('Why not sampled, or a remark').optional(),
    evidence: evidenceList(0).default([]),
  })
  .refine((body) => body.result !== 'NOT_SAMPLED' || body.reason !== undefined, { path: ['reason'], message: 'what was not sampled needs a reason' })
  .refine(
    (body) => body.result === 'NOT_SAMPLED' || (body.method.length > 0 && body.population !== undefined && body.sample !== undefined && body.evidence.length > 0),
    { path: ['sample'], message: 'a result needs its method, population, sample and evidence' },
  );

const replanning = z
  .strictObject({ item: itemKey, into: plannedAuditKey.optional(), window: period.optional() })
  .refine(({ into, window }) => (into === undefined) !== (window === undefined), 'name a planned audit, or a period: one of the two');
export type Replanning = z.output<typeof replanning>;

const meeting = z.strictObject({ heldOn: localDate('Held on', 'notFuture'), participants: z.array(personId('Participant')).min(1).max(50), note: prose('Note').optional() });
const report = { conclusions: prose('Conclusions'), distribution: team.meta({ title: 'Who gets the report beside the auditee, the ISO and TOP_MGMT' }) };

export const auditBodies = {
  /** The whole team, in place of the one before. By the audit programme manager. */
  ASSIGN_TEAM: z.strictObject({ team: z.array(member).min(1).max(30), note: prose('Note').optional() }),
  /** By each member: independent of what he or she audits. */
  DECLARE: z.strictObject({ independent: z.literal(true).meta({ title: 'Independent of all that I am to audit' }), remark: prose('Remark').optional() }),
  DECLINE: z.strictObject({ reason: reasonText }),
  /** By TOP_MGMT, for a member and never for the lead (SOD-01): another person audits the item as well, or an external one. */
  WAIVE: z.strictObject({ person: personId('Member of the team'), item: itemKey, reason: reasonText, safeguard: prose('Safeguard'), secondAuditor: personId('Second auditor, may be external') }),
  SUBMIT_PLAN: plan,
  /** The lead takes back a plan that was sent or agreed to. */
  CHANGE_PLAN: z.strictObject({ reason: reasonText }),
  /** By the auditee: the dates suit. No approval. */
  AGREE: z.strictObject({ shortNotice: z.literal(true).optional().meta({ title: 'I consent to short notice' }), note: prose('Note').optional() }),
  /** By the auditee: other dates, or a conflict of a member. Neither scope nor team are the auditee's to change. */
  REQUEST_CHANGE: z
    .strictObject({
      dates: period.optional(),
      conflict: z.strictObject({ person: personId('Member of the team'), statement: prose('Conflict') }).optional(),
      reason: reasonText,
    })
    .refine(({ dates, conflict }) => (dates === undefined) !== (conflict === undefined), 'ask for other dates, or state a conflict: one of the two'),
  /** By the audit programme manager, on a conflict that an auditee has stated. */
  DECIDE_OBJECTION: z.strictObject({ objection: key, verdict: z.enum(['UPHELD', 'DISMISSED']), reason: reasonText }),
  /** By the audit programme manager, once the line manager of a silent auditee was told (E1). */
  LET_PLAN_STAND: z.strictObject({ reason: reasonText }),
  DECLARE_URGENT: z.strictObject({ reason: reasonText }),
  OPENING_MEETING: meeting,
  RECORD_RESULT: result,
  REQUEST_SAMPLE: z.strictObject({ item: itemKey, what: prose('What is to be shown'), askedOf: personId('Who is asked'), due: localDate('Needed by', 'notPast') }),
  ANSWER_SAMPLE: z.strictObject({ request: key, answer: prose('Answer'), evidence: evidenceList(0).default([]) }),
  /** Begins a finding of its own (process `finding`). */
  DRAFT_FINDING: z.strictObject({
    item: itemKey,
    title: line('Title'),
    requirement,
    statement: findingStatement,
    units: z.array(unitId('Unit')).min(1).max(50).meta({ title: 'Units concerned' }),
    recipient: z.enum(findingRecipients).default('UNITS'),
    proposed: z.enum(findingGrades).optional().meta({ title: 'Grade proposed; the lead decides' }),
    evidence: evidenceList(1),
  }),
  /** While the audit is on: somebody else audits the item; what a person in conflict has recorded on it is void. */
  REASSIGN_ITEM: z.strictObject({ item: itemKey, to: personId('Who audits it now'), reason: reasonText }),
  /** After fieldwork: items of an auditor in conflict are audited again by somebody else. */
  REPERFORM: z.strictObject({ items, to: personId('Who audits them again'), reason: reasonText }),
  /** Or they are reported as not covered for want of independence, and return to the universe as open. */
  LEAVE_UNCOVERED: z.strictObject({ items, reason: reasonText }),
  OBSTACLE: z.strictObject({ text: prose('What stood in the way'), items: z.array(itemKey).max(400).default([]) }),
  SUSPEND: z.strictObject({ reason: reasonText }),
  RESUME_FIELDWORK: z.strictObject({ note: prose('Note').optional() }),
  /** Reported as far as it has come; what has no result is listed as not covered. */
  TERMINATE: z.strictObject({ reason: reasonText }),
  CLOSING_MEETING: meeting,
  /** By the auditee, about facts alone; silence is no consent to a grade. */
  COMMENT_FACTS: z.strictObject({ text: prose('Comment on facts'), finding: caseId('Finding').optional() }),
  NO_COMMENT: z.strictObject({ note: prose('Note').optional() }),
  ANSWER_COMMENT: z.strictObject({ comment: key, answer: prose('Answer') }),
  FINALISE: z.strictObject(report),
  EDIT_REPORT: z.strictObject(report),
  ISSUE: z.strictObject({ note: prose('Note').optional() }),
  /** Another version of an issued report, by the lead, on new evidence. */
  AMEND: z.strictObject({ ...report, reason: reasonText, evidence: evidenceList(0).default([]) }),
  ACKNOWLEDGE: z.strictObject({ note: prose('Note').optional() }),
  POSTPONE: z.strictObject({ window: period, reason: reasonText }),
  /** Before the audit is called off: into which planned audit of the programme, or which period of the cycle, each item goes. */
  REPLAN: z.strictObject({ items: z.array(replanning).min(1).max(400), reason: reasonText }),
} as const;

export type AuditCommand = keyof typeof auditBodies;
export type AuditBody<C extends AuditCommand> = z.output<(typeof auditBodies)[C]>;

interface Said {
  by: PersonId;
  at: Instant;
  reason: string;
}

export interface AuditItem {
  key: ItemKey;
  title: string;
  kind: UniverseKind;
}

/** As the audit programme manager has assigned it; who leads the audit now is the party `leadAuditor`. */
export interface Assignment {
  person: PersonId;
  role: TeamRole;
  items: ItemKey[];
}

/** As the team is now. */
export interface TeamMember extends Assignment {
  declared: { at: Instant; remark: string | null } | null;
  external: boolean;
}

/** A conflict that TOP_MGMT lets stand for a member, with what safeguards it. `because`: the conflict as it was shown. */
export interface IndependenceWaiver extends Said {
  person: PersonId;
  item: ItemKey;
  because: string[];
  safeguard: string;
  secondAuditor: PersonId;
}

/** `void`: recorded by somebody who was found in conflict; the item has no result by it. */
export interface AuditResult {
  item: ItemKey;
  result: ItemResult;
  method: (typeof samplingMethods)[number][];
  population: string | null;
  sample: string | null;
  /** Why not sampled, or a remark. */
  reason: string | null;
  evidence: string[];
  by: PersonId;
  at: Instant;
  void: { at: Instant; because: string } | null;
}

export interface SampleRequest {
  /** e.g. `s1`. */
  key: string;
  item: ItemKey;
  what: string;
  askedOf: PersonId;
  by: PersonId;
  at: Instant;
  due: LocalDate;
  answer: { by: PersonId; at: Instant; text: string; evidence: string[] } | null;
}

export interface AuditObstacle {
  text: string;
  items: ItemKey[];
  by: PersonId;
  at: Instant;
}

export interface AuditMeeting {
  heldOn: LocalDate;
  participants: PersonId[];
  note: string | null;
}

export interface FactComment {
  /** e.g. `c1`. */
  key: string;
  by: PersonId;
  at: Instant;
  text: string;
  finding: CaseId | null;
  answer: { by: PersonId; at: Instant; text: string } | null;
}

/** A conflict of a member that an auditee has stated. */
export interface TeamObjection {
  /** e.g. `o1`. */
  key: string;
  person: PersonId;
  statement: string;
  by: PersonId;
  at: Instant;
  decision: (Said & { verdict: 'UPHELD' | 'DISMISSED' }) | null;
}

export const notCoveredCauses = ['NOT_SAMPLED', 'TERMINATED', 'INDEPENDENCE'] as const;

export interface NotCovered {
  item: ItemKey;
  cause: (typeof notCoveredCauses)[number];
  reason: string;
}

/** A finding as the report states it. */
export interface ReportedFinding {
  case: CaseId;
  ref: string;
  number: number;
  item: ItemKey;
  requirement: string;
  statement: FindingStatement;
  grade: FindingGrade;
  units: UnitId[];
}

/** What is issued and frozen (rules §7 `issue`); its hash is the content hash of exactly this. */
export interface AuditReport {
  audit: { id: CaseId; ref: string; title: string; kind: AuditKind };
  version: number;
  programme: { ref: string; key: string } | null;
  objectives: string;
  scope: string;
  criteria: string[];
  method: AuditMethod;
  /** As carried out: from the opening to the closing meeting, or to the day on which it was ended. */
  dates: AuditWindow;
  units: UnitId[];
  sites: string[];
  team: TeamMember[];
  waivers: IndependenceWaiver[];
  meetings: { opening: AuditMeeting; closing: AuditMeeting | null };
  items: (AuditItem & { result: Omit<AuditResult, 'item' | 'void'> | null })[];
  findings: ReportedFinding[];
  conclusions: string;
  obstacles: AuditObstacle[];
  notCovered: NotCovered[];
  comments: FactComment[];
  distribution: PersonId[];
  /** Why there is another version; null in the first. */
  because: string | null;
  issuedBy: PersonId;
  issuedOn: LocalDate;
}

export interface IssuedReport {
  version: number;
  hash: string;
  issuedAt: Instant;
  because: string | null;
  content: AuditReport;
}

/** The document of an audit; the lead is the party `leadAuditor` as well. */
export interface AuditDocument {
  title: string;
  kind: AuditKind;
  reason: string | null;
  programme: { case: CaseId; ref: string; key: string } | null;
  criteria: string[];
  method: AuditMethod;
  items: AuditItem[];
  units: UnitId[];
  sites: string[];
  /** As first planned, and as it is now. */
  plannedWindow: AuditWindow;
  window: AuditWindow;
  postponements: (Said & { from: AuditWindow; to: AuditWindow })[];
  proposed: { lead: PersonId | null; auditors: PersonId[] };
  team: Assignment[];
  declarations: { person: PersonId; at: Instant; remark: string | null }[];
  waivers: IndependenceWaiver[];
  plan: AuditPlan | null;
  urgent: Said | null;
  agreements: { by: PersonId; at: Instant; shortNotice: boolean }[];
  objections: TeamObjection[];
  /** Other dates that an auditee has asked for. */
  datesAsked: (Said & { dates: AuditWindow })[];
  letStand: Said | null;
  meetings: { opening: AuditMeeting | null; closing: AuditMeeting | null };
  /** All that was recorded, oldest first; the last one of an item that is not void is its result. */
  results: AuditResult[];
  sampleRequests: SampleRequest[];
  /** Findings in the order in which they were begun; each is a case of its own, linked as `f<number>`. */
  findings: { number: number; item: ItemKey; by: PersonId; at: Instant }[];
  obstacles: AuditObstacle[];
  suspended: Said | null;
  terminated: Said | null;
  /** Last day on which the auditee comments on facts; null before the closing meeting. */
  factCheckUntil: LocalDate | null;
  comments: FactComment[];
  noComment: { by: PersonId; at: Instant }[];
  /** Who has said something about facts, or that there is nothing to say, since the last closing meeting. */
  spoken: PersonId[];
  conclusions: string | null;
  distribution: PersonId[];
  notCovered: NotCovered[];
  replan: Replanning[];
  reports: IssuedReport[];
  /** `missing`: nobody had acknowledged for them when TOP_MGMT was told (E3). */
  acknowledgements: { by: PersonId; at: Instant; version: number }[];
  acknowledgementMissing: { at: Instant; of: PersonId[] } | null;
}

/**
 * What other cases know of an audit. Found by the keys `programme`=its case, `item`=each item, and `person`=each member of the team.
 * `results`: `item=RESULT` of each item that has one (of an issued report: as issued); `notCovered`: items.
 */
export interface AuditAbout extends Record<string, string | string[] | null> {
  title: string;
  kind: AuditKind;
  programme: CaseId | null;
  key: string | null;
  units: string[];
  sites: string[];
  items: ItemKey[];
  from: LocalDate;
  until: LocalDate;
  lead: PersonId | null;
  team: string[];
  results: string[];
  notCovered: string[];
  issuedOn: LocalDate | null;
  version: string | null;
  hash: string | null;
}
