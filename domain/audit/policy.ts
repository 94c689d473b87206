import type { AuditAbout, AuditDocument } from '../../contracts/audit.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import { line } from '../../contracts/fields.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { independenceNeeds } from '../independence/independence.ts';
import type { DeadlinePolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import type { FactQuery } from '../kernel/facts.ts';
import { auditCommands } from './commands.ts';
import { itemsInConflict } from './independence.ts';
import { auditParties, pendingAuditees, pendingReceivers } from './parties.ts';
import { openItems } from './results.ts';
import { auditorsOfItem, leadOf, undeclared } from './team.ts';
import type { Sees } from './team.ts';
import { leadReasons } from './team-rules.ts';
import { beforeStart, hasEscalated, lastDayPlanned, startOf } from './times.ts';

/** Who, by when: rules §7 "Timers" and §18 "Audit". */

type Doc = AuditDocument;
type Any = View<Doc>;
const sees = (view: Any) => view as unknown as Sees;

const span = (name: 'agreement' | 'suspension' | 'factCheck' | 'report' | 'acknowledgement') => (view: Any) => inForce(view).span(`audit.${name}`);

const openRequests = ({ doc }: Any) => doc.sampleRequests.filter(({ answer }) => answer === null);

/** Somebody is needed for an item: its auditors are gone, or one of them is in conflict. */
function needsAuditor(view: Any): boolean {
  const isHere = (person: PersonId) => view.facts.directory.isActive(person, view.now);
  const deserted = openItems(view.doc).some((item) => !auditorsOfItem(sees(view), item).some(isHere));
  return deserted || itemsInConflict(sees(view)).length > 0;
}

const isComplete = (view: Any) => leadOf(view) !== null && view.doc.items.every(({ key }) => auditorsOfItem(sees(view), key).length > 0);

/** Led, complete and declared by everybody who judges anything. */
const isDeclared = (view: Any) => isComplete(view) && undeclared(sees(view)).length === 0;

/** Top management was told and nobody has said a word: it is recorded, and what was found is followed up (rules §18). */
const isUnacknowledged = (view: Any) => pendingReceivers(view).length > 0 && hasEscalated(view, 'reportAcknowledgement', 'E3');

const onDate = (date: DeadlinePolicy<Doc>['onDate'], owner: string): DeadlinePolicy<Doc> => ({ after: 'entered', onDate: date!, ladder: 'standard', owner });

function persons({ team, results, findings, waivers }: Doc, parties: Record<string, PersonId>): PersonId[] {
  const all = [...team.map(({ person }) => person), ...results.map(({ by }) => by), ...findings.map(({ by }) => by), ...waivers.map(({ secondAuditor }) => secondAuditor), ...Object.values(parties)];
  return [...new Set(all)].sort();
}

/** What one has to know of somebody to let him audit: history, and record. */
function knowing(people: PersonId[], since: Instant): FactQuery[] {
  const records = people.map((value): FactQuery => ({ fact: 'byKey', process: 'auditorRecord', key: 'auditor', value }));
  return people.length === 0 ? [] : [...records, ...independenceNeeds(people, since)];
}

function standingNeeds({ document, parties, settled, openedAt }: CaseFile<Doc>): FactQuery[] {
  if (settled !== null) return [];
  const programme: FactQuery[] = document.programme ? [{ fact: 'cases', ids: [document.programme.case] }] : [];
  return [...programme, ...knowing(persons(document, parties), openedAt)];
}

interface Named {
  team?: { person: PersonId }[];
  person?: PersonId;
  secondAuditor?: PersonId;
  to?: PersonId;
}

/** Whoever is named for a part in the audit. */
function needs({ openedAt }: CaseFile<Doc>, command: string, body: Named): FactQuery[] {
  if (!['ASSIGN_TEAM', 'WAIVE', 'REASSIGN', 'REASSIGN_ITEM', 'REPERFORM'].includes(command)) return [];
  const named = [...(body.team ?? []).map(({ person }) => person), body.person, body.secondAuditor, body.to];
  return knowing([...new Set(named.filter((each) => each !== undefined))].sort(), openedAt);
}

export const auditPolicy: Policy<Doc> = {
  parties: auditParties,
  reassign: { leadAuditor: { by: ['judges', 'topManagement'], fit: (view, to) => leadReasons(sees(view), to) } },
  commands: auditCommands as unknown as Policy<Doc>['commands'],
  tasks: {
    assignTeam: { for: 'auditProgrammeManager', when: (view) => !isComplete(view) },
    declare: { for: 'undeclared', when: (view) => undeclared(sees(view)).length > 0 },
    preparePlan: { for: 'leadOrProgrammeManager' },
    decideObjection: { for: 'judges', when: ({ doc }) => doc.objections.some(({ decision }) => decision === null) },
    agree: { for: 'pendingAuditees' },
    letPlanStand: { for: 'judges', when: (view) => view.doc.urgent !== null || hasEscalated(view, 'agreement', 'E1') },
    openAudit: { for: 'leadOrProgrammeManager' },
    recordResults: { for: 'recorders', when: ({ doc }) => openItems(doc).length > 0 },
    closeFieldwork: { for: 'leadOrProgrammeManager', when: ({ doc }) => openItems(doc).length === 0 },
    answerSample: { for: 'sampleProviders', deadline: 'sample', when: (view) => openRequests(view).length > 0 },
    replaceAuditor: { for: 'auditProgrammeManager', when: needsAuditor },
    resumeOrTerminate: { for: 'leadOrProgrammeManager' },
    commentFacts: { for: 'pendingAuditees', deadline: 'factCheck', when: (view) => pendingAuditees(view).length > 0 && view.now < (view.file.deadlines['factCheck']?.due ?? '') },
    finalise: { for: 'leadOrProgrammeManager', deadline: 'report' },
    issueReport: { for: 'leadOrProgrammeManager' },
    acknowledgeReport: { for: 'receivers', when: (view) => pendingReceivers(view).length > 0 },
  },
  deadlines: {
    team: onDate(beforeStart('audit.team'), 'auditProgrammeManager'),
    auditPlan: onDate(beforeStart('audit.plan'), 'leadOrProgrammeManager'),
    agreement: { after: 'entered', duration: span('agreement'), ladder: 'standard', owner: 'pendingAuditees' },
    openingMeeting: onDate(startOf, 'leadOrProgrammeManager'),
    fieldwork: onDate(lastDayPlanned, 'leadOrProgrammeManager'),
    sample: { after: 'entered', onDate: (view) => openRequests(view).map(({ due }) => due).toSorted()[0] ?? null, when: (view) => openRequests(view).length > 0, ladder: 'standard', owner: 'sampleProviders' },
    suspension: { after: 'entered', duration: span('suspension'), ladder: 'standard', owner: 'leadOrProgrammeManager' },
    // Silence closes it and is no consent: nothing is late then.
    factCheck: { after: 'fieldworkEnded', duration: span('factCheck'), ladder: 'expiry', owner: 'pendingAuditees' },
    report: { after: 'fieldworkEnded', duration: span('report'), ladder: 'standard', owner: 'leadOrProgrammeManager' },
    reportAcknowledgement: { after: 'issued', duration: span('acknowledgement'), ladder: 'standard', owner: 'receivers' },
  },
  cancel: { by: ['auditProgrammeManager', 'topManagement'], confirmedBy: ['topManagement', 'auditProgrammeManager', 'witness'], oneOf: 'topManagement' },
  windows: {},
  rounds: {},
  levels: { TEAM_DECLARED: isDeclared, ACKNOWLEDGEMENT_MISSING: isUnacknowledged },
  // Who has not said a word, as it is on record when the follow-up begins without them.
  freezes: { followUp: (view) => withMissing(view) },
  // What an audit has found is corrected by who leads it (SOD-02).
  recordKeepers: ['leadAuditor'],
  correctable: { title: { value: line('Title'), by: ['auditProgrammeManager'] } },
  standingNeeds,
  needs: needs as Policy<Doc>['needs'],
  keys: ({ document, settled }) => [
    ...(settled === null ? [{ key: 'audit', value: 'open' }] : []),
    ...(document.programme ? [{ key: 'programme', value: document.programme.case }] : []),
    ...(document.reports.length > 0 ? [{ key: 'audit', value: 'issued' }] : []),
    ...document.team.map(({ person }) => ({ key: 'person', value: person })),
  ],
  seenByHeadsOf: ({ document }) => document.units,
  reviewInput: 'd3',
  // Who audits something reads what earlier audits have said of it.
  auditedAs: ({ document }) => ['clause:9.2.1', 'clause:9.2.2', ...document.items.map(({ key }) => key)],
  list: ({ document, parties }) => ({ title: document.title, owner: parties['leadAuditor'] ?? null, grade: document.kind }),
  about,
};

function withMissing(view: Any): Doc {
  const pending = pendingReceivers(view);
  if (pending.length === 0) return view.doc;
  const of = pending.flatMap((each) => view.facts.directory.resolve(each, view.now));
  return { ...view.doc, acknowledgementMissing: { at: view.now, of } };
}

function about({ document: doc, parties }: CaseFile<Doc>): AuditAbout {
  const { from, until } = doc.plan?.dates ?? doc.window;
  return {
    ...{ title: doc.title, kind: doc.kind, programme: doc.programme?.case ?? null, key: doc.programme?.key ?? null, units: doc.units, sites: doc.sites },
    ...{ items: doc.items.map(({ key }) => key), from, until, lead: parties['leadAuditor'] ?? null, team: doc.team.map(({ person, role }) => `${person}=${role}`) },
    ...reportAbout(doc),
  };
}

/** Results are told once they are issued: nothing counts as audited before (rules §9 no. 8). */
function reportAbout({ reports }: Doc): Pick<AuditAbout, 'results' | 'notCovered' | 'issuedOn' | 'version' | 'hash'> {
  const last = reports.at(-1);
  if (!last) return { results: [], notCovered: [], issuedOn: null, version: null, hash: null };
  const { items, notCovered, issuedOn } = last.content;
  return {
    results: items.map(({ key, result }) => `${key}=${result?.result ?? 'NOT_SAMPLED'}`),
    notCovered: notCovered.map(({ item }) => item),
    ...{ issuedOn, version: String(last.version), hash: last.hash },
  };
}
