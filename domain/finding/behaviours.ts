import { isNonconformityGrade, nonconformityGrades } from '../../contracts/finding.ts';
import type { FindingDocument } from '../../contracts/finding.ts';
import type { PrincipalKey, UnitId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { dueInstant, localDate } from '../calendar/due.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { calendarOf, inForce, personsOf } from '../kernel/draft.ts';
import { sameIn } from './earlier.ts';
import { recipients, secondLevel } from './parties.ts';
import { isOwn, nonconformities } from './rules.ts';

/** What follows by itself from a finding (rules §7, §14 L4): its nonconformities, the actions beside them, and who is told. */

type Doc = FindingDocument;
type Seen = View<Doc, unknown>;

const inform = (subject: string, ...to: PrincipalKey[]): Follow => ({ follow: 'inform', subject, to });
const lead = ({ file }: Seen): PrincipalKey[] => (file.parties['leadAuditor'] ? [`person:${file.parties['leadAuditor']}`] : []);

const LONGEST = 4000;

/** L4: one nonconformity for each unit; where one is open from an earlier audit, that one takes it up. */
function raise(view: Seen): Follow[] {
  return [...view.doc.units.map((unit) => raiseIn(view, unit)), inform('findingRaised', ...recipients(view), 'role:ISO')];
}

function raiseIn({ file, doc }: Seen, unit: UnitId): Follow {
  const { audit, title, requirement, statement, recipient } = doc;
  const grade = nonconformityGrades[doc.grade as keyof typeof nonconformityGrades];
  const same = sameIn(doc, unit);
  const payload = {
    ...{ title, requirement, unit, grade, recipient, source: 'INTERNAL_AUDIT', leadAuditor: file.parties['leadAuditor']! },
    statement: [statement.requirement, statement.evidence, statement.gap].join('\n\n').slice(0, LONGEST),
    detectedOn: localDate(file.openedAt, file.zone),
    evidence: file.evidence.map(({ sha256 }) => sha256).slice(0, 50),
    finding: { id: file.id, ref: file.ref },
    audit: { id: audit.id, ref: audit.ref },
    ...(same && { sameAs: same.id }),
  };
  return { follow: 'open', process: 'nonconformity', payload: payload as Json, link: 'nonconformity', awaited: true, object: `${file.id}:${unit}:${doc.grades.length}` };
}

/** The nonconformities follow the grade (SOD-07); one that an earlier audit has opened is never graded down, nor taken back, by a later one. */
function followGrade(view: Seen): Follow[] {
  const { doc, file } = view;
  if (doc.issued === null) return [];
  const running = nonconformities(view).filter(({ settled }) => settled === null);
  const own = running.filter(({ about }) => isOwn(view, about));
  const reason = doc.appeal?.decision?.reason ?? doc.grades.at(-1)!.reason;
  const told = { reason: `${file.ref}: ${reason}`.slice(0, LONGEST) };
  const isGone = file.state === 'withdrawn' || !isNonconformityGrade(doc.grade);
  if (isGone) return own.map(({ id }) => ({ kind: 'command', to: id, command: 'WITHDRAW', body: told }));
  const grade = nonconformityGrades[doc.grade as keyof typeof nonconformityGrades];
  const others = running.filter((each) => each.about['grade'] !== grade && (own.includes(each) || grade === 'major'));
  return others.map(({ id }) => ({ kind: 'command', to: id, command: 'REGRADE', body: { ...told, grade } }));
}

/** An action of that kind, owned by somebody, due after that span. */
function act(view: Seen, action: { kind: 'IMPROVEMENT' | 'INCIDENT'; title: string; description: string; owner: string | undefined; span: 'finding.improvement' | 'finding.urgent' }): Follow {
  const { file, now } = view;
  const { kind, title, description, owner, span } = action;
  const due = localDate(dueInstant({ anchor: now, duration: inForce(view).span(span), calendar: calendarOf(view) }), file.zone);
  const payload = { title: `${title} (${file.ref})`.slice(0, 200), description, kind, unit: file.unit, due, ...(owner && { owner }) };
  return { follow: 'open', process: 'action', payload, link: kind === 'INCIDENT' ? 'urgentIncident' : 'improvement', awaited: false, object: `${file.id}:${kind}` };
}

/** What cannot wait: the ISO knows at once, and an incident begins where the lead says so (rules §7 "Edge cases"). */
function alarm(view: Seen): Follow[] {
  const { exposure, incident } = view.doc.urgent!;
  const officer = personsOf(view, ['role:ISO'])[0] ?? personsOf(view, ['isoDeputy'])[0];
  const opened = incident ? [act(view, { kind: 'INCIDENT', title: 'Exposure found by an audit', description: exposure, owner: officer, span: 'finding.urgent' })] : [];
  return [inform('findingUrgent', 'role:ISO', 'isoDeputy'), ...opened];
}

function improve(view: Seen): Follow[] {
  const { ofi, title, statement } = view.doc;
  if (ofi?.decision !== 'ACCEPTED') return [];
  const owner = ofi.owner ?? personsOf(view, recipients(view))[0];
  return [act(view, { kind: 'IMPROVEMENT', title, description: statement.gap, owner, span: 'finding.improvement' })];
}

/** Where it upholds the grade, nothing follows for the cases. */
function decided(view: Seen): Follow[] {
  const { verdict, from, to } = view.doc.appeal!.decision!;
  const follows = verdict === 'WITHDRAWN' || from !== to ? followGrade(view) : [];
  return [...follows, inform('findingAppealDecided', ...recipients(view), ...lead(view), 'role:AUDIT_PROGRAMME_MANAGER')];
}

export const findingBehaviours: Behaviours<Doc> = {
  entering: {
    presented: (view) => [inform('findingPresented', ...recipients(view))],
    ncRaised: raise,
    ofiLogged: (view) => [inform('findingImprovement', ...recipients(view))],
  },
  after: {
    MARK_URGENT: alarm,
    APPEAL: (view) => [inform('findingAppealed', ...secondLevel(view), ...lead(view))],
    ANSWER_DISPUTE: (view) => [inform('findingAnswered', ...recipients(view))],
    DECIDE_APPEAL: decided,
    REGRADE: (view) => [...followGrade(view), inform('findingRegraded', ...recipients(view), 'role:ISO', 'role:AUDIT_PROGRAMME_MANAGER')],
    WITHDRAW: (view) => [inform('findingWithdrawn', ...recipients(view))],
    DECIDE_OFI: improve,
  },
};
