import type { AuditBody, AuditCommand, AuditDocument } from '../../contracts/audit.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { CaseId, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { accessFor, endAccess } from './access.ts';
import { auditees, auditorsOf, leadOf, teamOf, undeclared } from './team.ts';
import { findingsOf } from './results.ts';
import { today } from './times.ts';

/** What follows by itself from an audit: what its findings, the programme and the records of its auditors learn, and who is told (rules §7, §14 L4). */

type Sees = View<AuditDocument, never>;
const bodyOf = <C extends AuditCommand>(view: Sees) => view.body as unknown as AuditBody<C>;

const inform = (subject: string, ...to: PrincipalKey[]): Follow => ({ follow: 'inform', subject, to });
const person = (id: PersonId): PrincipalKey => `person:${id}`;
const persons = (ids: readonly PersonId[]): PrincipalKey[] => [...new Set(ids)].map(person);
const command = (to: CaseId, name: string, body: Json): Follow => ({ kind: 'command', to, command: name, body });

const leadKeys = (view: Sees): PrincipalKey[] => persons([leadOf(view) ?? []].flat());

/** Findings in one of the states; one that is only being opened is a draft. */
function tellFindings(view: Sees, states: readonly string[], name: string, body: { [key: string]: Json }): Follow[] {
  const told = findingsOf(view).filter(({ found }) => (found === null ? states.includes('draft') : found.settled === null && states.includes(found.state)));
  return told.map(({ link }) => command(link.to, name, { audit: view.file.id, ...body }));
}

const present = (view: Sees): Follow[] => tellFindings(view, ['draft'], 'PRESENT', {});

/** Whoever has another lead grades under another name (SOD-07). */
function leadChanged(view: Sees): Follow[] {
  const lead = leadOf(view);
  if (lead === null) return [];
  const open = findingsOf(view).filter(({ found }) => found === null || found.settled === null);
  return [...open.map(({ link }) => command(link.to, 'LEAD_CHANGED', { lead })), inform('auditTeamNamed', ...persons(undeclared(view)))];
}

function draftFinding(view: Sees): Follow[] {
  const { file, doc, actor } = view;
  const { number } = doc.findings.at(-1)!;
  const body = bodyOf<'DRAFT_FINDING'>(view);
  const payload = { ...body, audit: file.id, auditRef: file.ref, number, leadAuditor: leadOf(view)!, author: askedPerson(actor)! };
  return [{ follow: 'open', process: 'finding', payload, link: 'finding', awaited: true, object: `${file.id}:${number}`, part: { key: `f${number}`, contentHash: '' } }];
}

/** Its record keeps what somebody has declared, and audited (rules §7 "Auditor record"). */
function tellRecord(view: Sees, of: PersonId, name: 'DECLARED' | 'AUDITED', { role, items }: { role: string; items: readonly ItemKey[] }): Follow[] {
  const isTheirs = ({ process, about }: CaseSummary) => process === 'auditorRecord' && about['person'] === of;
  const record = view.facts.similar.find(isTheirs);
  return record ? [command(record.id, name, { audit: view.file.id, auditRef: view.file.ref, role, items: [...items], on: today(view) })] : [];
}

function declared(view: Sees): Follow[] {
  const who = askedPerson(view.actor)!;
  const member = teamOf(view).find((each) => each.person === who);
  return member ? tellRecord(view, who, 'DECLARED', member) : [];
}

/** L4: what was found opens its nonconformities at once; the programme counts what was covered. */
function issue(view: Sees): Follow[] {
  const { doc } = view;
  const { version, content } = doc.reports.at(-1)!;
  const audited = auditorsOf(view).flatMap(({ person: who, role, items }) => tellRecord(view, who, 'AUDITED', { role, items }));
  return [
    ...tellFindings(view, ['confirmed'], 'ISSUE', { report: version }),
    ...tellProgramme(view, 'AUDIT_ISSUED', { on: content.issuedOn, results: content.items.map(({ key: item, result }) => ({ item, result: result?.result ?? 'NOT_SAMPLED' })) }),
    ...(version === 1 ? audited : []),
    inform(version === 1 ? 'auditReportIssued' : 'auditReportAmended', 'role:TOP_MGMT', 'role:AUDIT_PROGRAMME_MANAGER', 'role:ISO', ...persons([...auditees(view), ...doc.distribution])),
  ];
}

function tellProgramme({ file, doc }: Sees, name: string, body: { [key: string]: Json }): Follow[] {
  if (doc.programme === null) return [];
  return [command(doc.programme.case, name, { audit: file.id, ref: file.ref, key: doc.programme.key, ...body })];
}

function postponed(view: Sees): Follow[] {
  const { window, reason } = bodyOf<'POSTPONE'>(view);
  return [...tellProgramme(view, 'AUDIT_POSTPONED', { window, reason }), inform('auditPostponed', ...persons([...teamOf(view).map((each) => each.person), ...auditees(view)]))];
}

function calledOff(view: Sees): Follow[] {
  const { doc, file } = view;
  const reason = file.cancelRequest?.reason ?? 'The audit was called off';
  return [
    ...tellProgramme(view, 'AUDIT_CANCELLED', { replan: doc.replan as Json, reason }),
    ...endAccess(view),
    inform('cancelConfirmed', 'role:AUDIT_PROGRAMME_MANAGER', 'role:TOP_MGMT', ...persons([...teamOf(view).map((each) => each.person), ...auditees(view)])),
  ];
}

/** Nobody has said a word, and top management knows: the follow-up begins all the same (rules §18). */
const followUp = ({ doc }: Sees): Follow[] => (doc.acknowledgementMissing === null ? [] : [{ follow: 'flag', flag: 'acknowledgementMissing' }]);

export const auditBehaviours: Behaviours<AuditDocument> = {
  entering: {
    ready: (view) => accessFor(view as Sees, teamOf(view as Sees)),
    followUp: followUp as never,
    closed: (view) => [...endAccess(view as Sees), inform('auditClosed', 'role:AUDIT_PROGRAMME_MANAGER', 'role:ISO', 'role:TOP_MGMT')],
    cancelled: calledOff as never,
  },
  after: {
    ASSIGN_TEAM: (view) => [...accessFor(view, teamOf(view).filter(({ external }) => external)), inform('auditTeamNamed', ...persons(undeclared(view)))],
    DECLARE: declared,
    DECLINE: () => [inform('auditMemberDeclined', 'role:AUDIT_PROGRAMME_MANAGER', 'role:TOP_MGMT')],
    WAIVE: (view) => [inform('independenceWaived', 'role:AUDIT_PROGRAMME_MANAGER', person(bodyOf<'WAIVE'>(view).person), ...leadKeys(view))],
    REQUEST_SAMPLE: (view) => [inform('sampleRequested', person(bodyOf<'REQUEST_SAMPLE'>(view).askedOf))],
    ANSWER_SAMPLE: (view) => [inform('sampleAnswered', ...persons(view.doc.sampleRequests.filter(({ key }) => key === bodyOf<'ANSWER_SAMPLE'>(view).request).map(({ by }) => by)))],
    DRAFT_FINDING: draftFinding,
    REASSIGN_ITEM: (view) => takenOver(view, bodyOf<'REASSIGN_ITEM'>(view).to),
    REPERFORM: (view) => takenOver(view, bodyOf<'REPERFORM'>(view).to),
    CLOSING_MEETING: present,
    TERMINATE: present,
    COMMENT_FACTS: (view) => [inform('factsCommented', ...leadKeys(view))],
    FINALISE: (view) => tellFindings(view, ['presented', 'answered'], 'CONFIRM', {}),
    ISSUE: issue,
    AMEND: issue,
    POSTPONE: postponed,
    REASSIGN: leadChanged,
    CONFIRM_INTERIM: leadChanged,
    HOLDER_LEFT: leadChanged,
  },
};

function takenOver(view: Sees, to: PersonId): Follow[] {
  return [...accessFor(view, teamOf(view).filter((each) => each.person === to)), inform('auditTeamNamed', person(to))];
}
