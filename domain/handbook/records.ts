import type { ProcessName } from '../processes.ts';

/** What a process is for, which clauses and controls it serves, and which record it keeps (ISO/IEC 27001:2022 7.5; rules §16.2). */
export interface HandbookEntry {
  title: string;
  purpose: string;
  clauses: readonly string[];
  records: readonly string[];
}

export const handbook: Record<ProcessName, HandbookEntry> = {
  absence: {
    title: 'Absence',
    purpose: 'Somebody is away and another takes what comes in; clocks run on.',
    clauses: ['5.3'],
    records: ['who was away, when, and who stood in'],
  },
  acceptance: {
    title: 'Acceptance of a risk',
    purpose: 'One risk is accepted by who may, until a date; it ends by itself and is renewed on a fresh rating or treated.',
    clauses: ['6.1.3', '8.3'],
    records: ['who accepted which rating of which risk, until when and under which authority', 'how the acceptance ended'],
  },
  action: {
    title: 'Action',
    purpose: 'What somebody is to do by a date, proved by evidence and verified by another.',
    clauses: ['6.1.3', '8.3', '10.2'],
    records: ['what was done, with evidence', 'who verified it'],
  },
  asset: {
    title: 'Register of assets',
    purpose: 'What the organisation has to protect, with an owner and how much it matters.',
    clauses: ['A.5.9', 'A.5.12'],
    records: ['each asset with its owner, as it was on any day'],
  },
  audit: {
    title: 'Internal audit',
    purpose: 'Independent people look at samples of what the organisation does, against the standard and its own rules, and report what they find to management.',
    clauses: ['9.2.1', '9.2.2', 'A.5.35', 'A.5.36', 'A.8.34'],
    records: ['team with competence, declarations and waivers', 'plan, samples and result of every item', 'each version of the report, frozen with its hash', 'what was not covered, and why'],
  },
  auditorAccess: {
    title: 'Access of an auditor',
    purpose: 'An auditor reads what the audit is about, on the days of the audit, and nothing else; what was read is kept.',
    clauses: ['9.2.2', 'A.5.18', 'A.8.3', 'A.8.34'],
    records: ['who was given access to what, for which days and by whom', 'what was read with it (access log)'],
  },
  auditorRecord: {
    title: 'Record of an auditor',
    purpose: 'By which evidence somebody is competent to audit and until when, what was declared for each audit, and what was audited.',
    clauses: ['7.2', '9.2.2'],
    records: ['each competence with its evidence and its end', 'declarations of independence and audited items, audit by audit'],
  },
  breakGlass: {
    title: 'Break-glass',
    purpose: 'Named powers for some hours, granted by top management and reviewed afterwards, so that nobody needs more than that for good.',
    clauses: ['5.3', 'A.5.3', 'A.8.2'],
    records: ['who was granted what, why and by whom', 'every decision made under it and its review'],
  },
  businessProcess: {
    title: 'Register of business processes',
    purpose: 'What the organisation does that risks can hurt, with an owner.',
    clauses: ['4.1', '4.3', '6.1.2'],
    records: ['each business process with its owner, as it was on any day'],
  },
  assessment: {
    title: 'Risk assessment',
    purpose: 'Risks of a scope are identified, analysed and evaluated by the criteria, and confirmed by their owners.',
    clauses: ['6.1.2', '8.2', 'A.5.7', 'A.8.8'],
    records: ['results of the assessment with their comparison (8.2)', 'confirmation of every risk by its owner', 'why an assessment was not needed'],
  },
  assessmentSchedule: {
    title: 'Schedule of risk assessments',
    purpose: 'Assessments come at planned intervals that do not drift, however late one of them is.',
    clauses: ['8.2'],
    records: ['planned dates, and which assessment was completed when'],
  },
  configurationChange: {
    title: 'Change of the configuration',
    purpose: 'Ladders, intervals, limits, approval policies and calendars change under four eyes and from a date on.',
    clauses: ['6.3', '7.5.3'],
    records: ['what was changed, by whom, approved by whom, in force from when'],
  },
  contextRecord: {
    title: 'Context of the management system',
    purpose: 'Scope, internal and external issues with the decision on climate change, and interested parties: kept, and confirmed every year.',
    clauses: ['4.1', '4.2', '4.3'],
    records: ['each version with who confirmed it', 'whether climate change is a relevant issue, and why'],
  },
  control: {
    title: 'Controls',
    purpose: 'How far each control is, who owns it, and since when evidence shows that it works.',
    clauses: ['6.1.3', '8.3', 'Annex A'],
    records: ['status, mandates and verifications of each control', 'when a control was found not to be effective, and what followed'],
  },
  delegation: {
    title: 'Delegation',
    purpose: 'Somebody lets another decide in his or her name, for some days and within a scope.',
    clauses: ['5.3', 'A.5.2'],
    records: ['who could decide for whom, for what and when'],
  },
  departure: {
    title: 'Departure',
    purpose: 'A person leaves, a role ends, a unit is dissolved: everything that was held finds a new owner.',
    clauses: ['5.3', 'A.5.11', 'A.6.5'],
    records: ['every assignment that was found and who took it over'],
  },
  riskCriteria: {
    title: 'Risk criteria',
    purpose: 'Scales, levels, thresholds and authority by which risks are measured: approved by top management, one version in force.',
    clauses: ['6.1.2'],
    records: ['each version with who wrote and who approved it (6.1.2 a)'],
  },
  risk: {
    title: 'Risk',
    purpose: 'One entry of the risk register: its scenario, its owner, its ratings by the criteria, and what becomes of it.',
    clauses: ['6.1.2', '6.1.3', '8.2', '8.3'],
    records: ['every rating with its rationale, date and version of the criteria (8.2)', 'who owned it and what was decided'],
  },
  finding: {
    title: 'Finding of an audit',
    purpose: 'What an auditor has seen against a requirement: graded by the lead auditor alone, open to dispute, and a nonconformity in each unit as soon as the report is issued.',
    clauses: ['9.2.1', '9.2.2', '10.2'],
    records: ['each finding with requirement, evidence and gap, its grades and who has set them', 'disputes and appeals with their answers', 'what was decided on each opportunity for improvement'],
  },
  nonconformity: {
    title: 'Nonconformity and corrective action',
    purpose: 'A requirement was not met: react, find the cause, remove it, and prove that it is gone.',
    clauses: ['10.2', 'A.5.27', 'A.5.36'],
    records: ['nature of the nonconformity and the actions taken (10.2 f)', 'results of corrective action (10.2 g)'],
  },
  statementOfApplicability: {
    title: 'Statement of Applicability',
    purpose: 'Which controls are necessary, why, and whether they are implemented; why others of Annex A are not.',
    clauses: ['6.1.3'],
    records: ['each version with its rows, its approvals and what it changed'],
  },
  supplier: {
    title: 'Register of suppliers',
    purpose: 'Whom the organisation relies on, with the owner inside it.',
    clauses: ['A.5.19', 'A.5.20', 'A.5.22'],
    records: ['each supplier with its owner, as it was on any day'],
  },
  treatmentPlan: {
    title: 'Treatment plan',
    purpose: 'What is done with risks that need treatment: chosen, compared with Annex A, approved by their owners, carried out, and what remains rated by somebody else and accepted.',
    clauses: ['6.1.3', '8.3'],
    records: ['the plan in every version with the approval of each risk owner', 'what was carried out, with evidence', 'what remains of each risk'],
  },
};
