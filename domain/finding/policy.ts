import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import { line } from '../../contracts/fields.ts';
import { findingBodies as bodies } from '../../contracts/finding.ts';
import type { FindingBody, FindingCommand, FindingDocument } from '../../contracts/finding.ts';
import { requirementUnit } from '../../contracts/nonconformity.ts';
import { itemsOfRequirement } from '../framework/audited-items.ts';
import type { CommandPolicy, DeadlinePolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { awaitsOthers } from '../kernel/links.ts';
import { earlierNeeds } from './earlier.ts';
import { isAtSecondLevel } from './guards.ts';
import { findingParties } from './parties.ts';
import * as record from './records.ts';
import * as rules from './rules.ts';

/** Who, by when, under which rule: rules §7 "Finding", §18 "Audit", SOD-02, SOD-07. */

type Doc = FindingDocument;
type Sees = View<Doc, never>;
type Commands = { [C in FindingCommand]: CommandPolicy<Doc, FindingBody<C>> };

/** Who might want to grade; all but the lead auditor are refused by SOD-07, and that is on record. */
const graders = ['leadAuditor', 'author', 'iso', 'isoDeputy', 'auditProgrammeManager', 'topManagement'];
const asLead = { by: graders, inPerson: true, involves: 'gradedFinding', rules: (view: View<Doc, unknown>) => rules.onlyAsLead(view as Sees) } as const;

const commands: Commands = {
  AMEND: { by: ['author', 'leadAuditor'], body: bodies.AMEND, involves: 'authoredFinding', record: record.amended, evidence: ({ evidence = [] }) => evidence },
  GRADE: { ...asLead, body: bodies.GRADE, record: record.graded },
  NOT_THE_SAME: { ...asLead, body: bodies.NOT_THE_SAME, record: record.notTheSame },
  MARK_URGENT: { by: ['leadAuditor', 'author'], body: bodies.MARK_URGENT, record: record.urgent, anchors: ['urgent'], sets: ['urgent'], flags: () => ['urgent'] },
  TAKE_NOTE: { by: ['iso', 'isoDeputy', 'topManagement'], body: bodies.TAKE_NOTE, record: record.noted, meets: ['urgent'] },
  DISPUTE: { by: ['recipient'], body: bodies.DISPUTE, record: record.disputed, evidence: ({ evidence }) => evidence },
  ANSWER_DISPUTE: { ...asLead, body: bodies.ANSWER_DISPUTE, record: record.disputeAnswered },
  APPEAL: { by: ['recipient'], body: bodies.APPEAL, record: record.appealed, evidence: ({ evidence }) => evidence, anchors: ['appealed'], sets: ['ruling'] },
  DECIDE_APPEAL: {
    by: ['auditProgrammeManager', 'topManagement', 'witness'],
    inPerson: true,
    body: bodies.DECIDE_APPEAL,
    involves: 'ruledOnFinding',
    rules: (view) => rules.decidesAppeal(view as Sees),
    record: record.ruledOn,
    meets: ['ruling'],
  },
  REGRADE: { ...asLead, body: bodies.REGRADE, rules: (view) => rules.regrades(view as Sees), record: record.regraded, evidence: ({ evidence }) => evidence },
  DECIDE_OFI: { by: ['recipient', 'iso', 'isoDeputy'], body: bodies.DECIDE_OFI, record: record.improvementDecided },
  PRESENT: { by: ['system'], body: bodies.PRESENT },
  CONFIRM: { by: ['system'], body: bodies.CONFIRM },
  ISSUE: { by: ['system'], body: bodies.ISSUE, record: record.issued },
  LEAD_CHANGED: { by: ['system'], body: bodies.LEAD_CHANGED, names: ({ body }) => ({ leadAuditor: body.lead }) },
};

const isToBeNoted = ({ doc }: View<Doc>) => doc.urgent !== null && doc.urgent.noted === null;
const isAppealed = ({ doc }: View<Doc>) => isAtSecondLevel(doc);

const deadlines: Record<string, DeadlinePolicy<Doc>> = {
  urgent: { after: 'urgent', duration: (view) => inForce(view).span('finding.urgent'), when: isToBeNoted, ladder: 'critical', owner: 'officer' },
  disputeAnswer: { after: 'entered', duration: (view) => inForce(view).span('finding.disputeAnswer'), ladder: 'standard', owner: 'leadAuditor' },
  ruling: { after: 'appealed', duration: (view) => inForce(view).span('finding.ruling'), when: isAppealed, ladder: 'standard', owner: 'secondLevel' },
  ofiDecision: { after: 'entered', duration: (view) => inForce(view).span('finding.ofiDecision'), ladder: 'standard', owner: 'recipient' },
};

export const findingPolicy: Policy<Doc> = {
  parties: findingParties,
  reassign: { leadAuditor: { by: ['auditProgrammeManager', 'topManagement'], fit: (view, to) => rules.leadReasons(view as Sees, to) } },
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: {
    completeFinding: { for: 'author' },
    gradeFinding: { for: 'leadAuditor', when: ({ doc }) => doc.grade === null },
    considerFinding: { for: 'recipient' },
    considerAnswer: { for: 'recipient', when: ({ doc }) => doc.appeal === null },
    answerDispute: { for: 'leadAuditor', deadline: 'disputeAnswer' },
    decideAppeal: { for: 'secondLevel', deadline: 'ruling', when: isAppealed },
    takeNote: { for: 'officer', deadline: 'urgent', when: isToBeNoted },
    decideOfi: { for: 'recipientOrIso', deadline: 'ofiDecision' },
    seeToNonconformities: { for: 'leadAuditor', when: ({ file, facts }) => !awaitsOthers(file, facts.cases) },
  },
  deadlines,
  // What an audit has found is not the ISO's to write (SOD-02, SOD-07).
  recordKeepers: ['leadAuditor'],
  correctable: { title: { value: line('Title'), by: ['leadAuditor', 'author'] } },
  withdraw: { by: graders, inPerson: true, rules: (view) => rules.onlyAsLead(view as Sees) },
  windows: {},
  rounds: {},
  needs: (file, command, body) => needs(file, command, body as Partial<FindingBody<'AMEND'>>),
  keys: ({ document: { audit, item, requirement, units } }) => [
    { key: 'audit', value: audit.id },
    { key: 'item', value: item },
    ...units.map((unit) => requirementUnit(requirement, unit)),
  ],
  seenByHeadsOf: ({ document }) => document.units,
  auditedAs: ({ document: { item, requirement } }) => [...new Set(['clause:9.2.2', item, ...itemsOfRequirement(requirement)])],
  reviewInput: 'd3',
  list: ({ document: { number, title, grade }, parties }) => ({ title: `${number}. ${title}`.slice(0, 200), owner: parties['leadAuditor'] ?? null, grade }),
  about,
};

/** What was found before in the same place is looked up when the place changes, and when the report is issued. */
function needs({ document }: CaseFile<Doc>, command: string, { requirement = document.requirement, units = document.units }: Partial<FindingBody<'AMEND'>>) {
  return command === 'AMEND' || command === 'ISSUE' ? earlierNeeds({ requirement, units }) : [];
}

const yes = (holds: boolean) => (holds ? 'yes' : 'no');

/** Whether the audit may confirm it: it has a grade, and no dispute waits for the lead. */
function isReady({ state, document: { grade } }: CaseFile<Doc>): boolean {
  return ['presented', 'answered', 'confirmed'].includes(state) && grade !== null;
}

function about(file: CaseFile<Doc>): CaseSummary['about'] {
  const { document: doc, parties, unit } = file;
  return {
    ...{ title: doc.title, audit: doc.audit.id, auditRef: doc.audit.ref, number: String(doc.number), item: doc.item, requirement: doc.requirement },
    ...{ grade: doc.grade, proposed: doc.proposed, units: doc.units, recipient: doc.recipient, unit, owner: parties['leadAuditor'] ?? null },
    ...{ urgent: yes(doc.urgent !== null), report: doc.issued ? String(doc.issued.report) : null, appealed: yes(isAtSecondLevel(doc)), ready: yes(isReady(file)) },
    statement: JSON.stringify(doc.statement),
  };
}
