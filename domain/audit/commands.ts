import { auditBodies as bodies } from '../../contracts/audit.ts';
import type { AuditBody, AuditCommand, AuditDocument } from '../../contracts/audit.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { CommandPolicy } from '../kernel/definition.ts';
import * as fieldwork from './fieldwork-records.ts';
import * as record from './records.ts';
import * as rules from './rules.ts';
import { leadOf } from './team.ts';

/** Who may send which command, under which rule, and what it writes: rules §7 and §18. Read it beside `machine.ts`. */

type Doc = AuditDocument;
type Commands = { [C in AuditCommand]: CommandPolicy<Doc, AuditBody<C>> };

const manager = ['auditProgrammeManager', 'topManagement'];
const managerOrLead = ['auditProgrammeManager', 'leadAuditor', 'topManagement'];
/** The report is the lead's alone, whom nobody stands in for: the ISO has no part in it (SOD-02), and learns which rule says so. */
const reporting = { by: ['leadAuditor'], inPerson: true, barred: { iso: 'SOD-02', isoDeputy: 'SOD-02' } } as const;

const leaderOf = ({ team }: AuditBody<'ASSIGN_TEAM'>): PersonId => team.find(({ role }) => role === 'LEAD_AUDITOR')!.person;

const beforehand: Pick<Commands, 'ASSIGN_TEAM' | 'DECLARE' | 'DECLINE' | 'WAIVE' | 'SUBMIT_PLAN' | 'CHANGE_PLAN' | 'AGREE' | 'REQUEST_CHANGE' | 'DECIDE_OBJECTION' | 'LET_PLAN_STAND' | 'DECLARE_URGENT' | 'POSTPONE' | 'REPLAN'> = {
  ASSIGN_TEAM: { by: manager, body: bodies.ASSIGN_TEAM, record: record.assigned, names: ({ body }) => ({ leadAuditor: leaderOf(body) }) },
  DECLARE: { by: ['undeclared'], body: bodies.DECLARE, inPerson: true, involves: 'declaredIndependence', record: record.declared },
  DECLINE: {
    by: ['team'],
    body: bodies.DECLINE,
    record: record.declined,
    names: ({ file, actor }): Record<string, PersonId | null> => (leadOf({ file }) === askedPerson(actor) ? { leadAuditor: null } : {}),
  },
  WAIVE: { by: ['topManagement'], body: bodies.WAIVE, record: record.waived },
  SUBMIT_PLAN: { by: ['leadAuditor'], inPerson: true, body: bodies.SUBMIT_PLAN, record: record.planned },
  CHANGE_PLAN: { by: ['leadAuditor'], body: bodies.CHANGE_PLAN },
  AGREE: { by: ['pendingAuditees'], body: bodies.AGREE, record: record.agreed },
  REQUEST_CHANGE: { by: ['auditee'], body: bodies.REQUEST_CHANGE, record: record.changeAsked },
  DECIDE_OBJECTION: { by: ['judges'], body: bodies.DECIDE_OBJECTION, rules: rules.decidesOnHimself, record: record.objectionDecided },
  LET_PLAN_STAND: { by: ['judges'], body: bodies.LET_PLAN_STAND, record: record.letStand },
  DECLARE_URGENT: { by: manager, body: bodies.DECLARE_URGENT, record: record.urgent },
  POSTPONE: { by: manager, body: bodies.POSTPONE, record: record.postponed },
  REPLAN: { by: manager, body: bodies.REPLAN, record: record.replanned },
};

const meanwhile: Pick<Commands, 'OPENING_MEETING' | 'RECORD_RESULT' | 'REQUEST_SAMPLE' | 'ANSWER_SAMPLE' | 'DRAFT_FINDING' | 'REASSIGN_ITEM' | 'REPERFORM' | 'LEAVE_UNCOVERED' | 'OBSTACLE' | 'SUSPEND' | 'RESUME_FIELDWORK' | 'TERMINATE' | 'CLOSING_MEETING'> = {
  OPENING_MEETING: { by: ['leadAuditor'], inPerson: true, body: bodies.OPENING_MEETING, record: fieldwork.begun },
  RECORD_RESULT: { by: ['auditors'], inPerson: true, body: bodies.RECORD_RESULT, involves: 'audited', rules: rules.auditsItem, record: fieldwork.recorded, evidence: ({ evidence }) => evidence },
  REQUEST_SAMPLE: { by: ['auditors'], body: bodies.REQUEST_SAMPLE, record: fieldwork.sampleAsked, sets: ['sample'] },
  ANSWER_SAMPLE: { by: ['sampleProviders', 'auditee'], body: bodies.ANSWER_SAMPLE, rules: rules.answersOwnRequest, record: fieldwork.sampleAnswered, sets: ['sample'], evidence: ({ evidence }) => evidence },
  DRAFT_FINDING: { by: ['auditors'], inPerson: true, body: bodies.DRAFT_FINDING, involves: 'audited', rules: rules.auditsItem, record: fieldwork.drafted, evidence: ({ evidence }) => evidence },
  REASSIGN_ITEM: { by: managerOrLead, body: bodies.REASSIGN_ITEM, record: fieldwork.itemReassigned },
  REPERFORM: { by: managerOrLead, body: bodies.REPERFORM, record: fieldwork.doneAgain },
  LEAVE_UNCOVERED: { by: ['judges', 'leadAuditor'], body: bodies.LEAVE_UNCOVERED, record: fieldwork.leftUncovered },
  OBSTACLE: { by: ['auditors', 'auditProgrammeManager'], body: bodies.OBSTACLE, record: fieldwork.hindered },
  SUSPEND: { by: ['leadAuditor', 'auditProgrammeManager'], body: bodies.SUSPEND, record: fieldwork.suspended },
  RESUME_FIELDWORK: { by: managerOrLead, body: bodies.RESUME_FIELDWORK, record: fieldwork.resumed },
  TERMINATE: { by: ['leadAuditor', 'judges'], body: bodies.TERMINATE, record: fieldwork.terminated, anchors: ['fieldworkEnded'] },
  CLOSING_MEETING: { by: ['leadAuditor'], inPerson: true, body: bodies.CLOSING_MEETING, record: fieldwork.closed, anchors: ['fieldworkEnded'] },
};

const afterwards: Pick<Commands, 'COMMENT_FACTS' | 'NO_COMMENT' | 'ANSWER_COMMENT' | 'FINALISE' | 'EDIT_REPORT' | 'ISSUE' | 'AMEND' | 'ACKNOWLEDGE'> = {
  COMMENT_FACTS: { by: ['auditee'], body: bodies.COMMENT_FACTS, record: fieldwork.commented },
  NO_COMMENT: { by: ['pendingAuditees'], body: bodies.NO_COMMENT, record: fieldwork.withoutComment },
  ANSWER_COMMENT: { ...reporting, body: bodies.ANSWER_COMMENT, record: fieldwork.commentAnswered },
  FINALISE: { ...reporting, body: bodies.FINALISE, record: fieldwork.concluded },
  EDIT_REPORT: { ...reporting, body: bodies.EDIT_REPORT, record: fieldwork.concluded },
  ISSUE: { ...reporting, body: bodies.ISSUE, involves: 'issuedReport', record: fieldwork.issued, anchors: ['issued'] },
  AMEND: { ...reporting, body: bodies.AMEND, involves: 'issuedReport', record: fieldwork.amended, anchors: ['issued'], sets: ['reportAcknowledgement'], evidence: ({ evidence }) => evidence },
  ACKNOWLEDGE: { by: ['receivers'], body: bodies.ACKNOWLEDGE, record: fieldwork.acknowledged },
};

export const auditCommands: Commands = { ...beforehand, ...meanwhile, ...afterwards };
