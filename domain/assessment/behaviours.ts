import type { AssessmentBody, AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseId, PrincipalKey } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { localDate, plusDuration } from '../calendar/due.ts';
import type { Duration } from '../calendar/duration.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import { risksOf } from './included.ts';
import { accept, adopt, treat } from './consequences.ts';
import { isRiskOf } from '../scope/assessment-scope.ts';

/** What follows by itself from an assessment: which risks it works on, what becomes of them, who is told (rules §5, §14 L1). */

type Sees = View<AssessmentDocument, never>;

const inform = (subject: string, ...to: PrincipalKey[]): Follow => ({ follow: 'inform', subject, to });
const person = (id: string): PrincipalKey => `person:${id}`;
const command = (to: CaseId, name: string, body: Json): Follow => ({ kind: 'command', to, command: name, body });

/** Whom the risk is rated by, and by which version of the criteria. */
function inclusion({ file, doc }: Sees): { [key: string]: Json } {
  const { assessor, secondRater } = file.parties;
  return { assessment: file.id, assessmentRef: file.ref, assessor: assessor!, ...(secondRater && { secondRater }), ...(doc.criteria && { criteria: doc.criteria }) };
}

/** Links the risk, once, and asks it to take the assessor on. */
function include(view: Sees, { id, ref }: { id: CaseId; ref: string }): Follow[] {
  const linked = view.file.links.some(({ to, type }) => to === id && type === 'assesses');
  return [...(linked ? [] : [{ follow: 'link' as const, to: id, toRef: ref, type: 'assesses' }]), command(id, 'INCLUDE', inclusion(view))];
}

/** The risks that the scope names, and those that it worked on before it began anew. */
function afterStart(view: Sees): Follow[] {
  const { doc, facts } = view;
  const here = risksOf(view);
  const named = facts.cases.filter(({ id, process, settled }) => process === 'risk' && settled === null && doc.scope.risks.includes(id) && !here.some((each) => each.id === id));
  return [...here, ...named].flatMap((risk) => include(view, risk));
}

/** Assessor or second rater have changed: the risks learn of it. */
function tellRaters(view: Sees): Follow[] {
  if (view.file.parties['assessor'] === undefined) return [];
  return risksOf(view).filter(({ included }) => included).map(({ id }) => command(id, 'INCLUDE', inclusion(view)));
}

/** A risk that is found is a case of its own from the beginning. */
function openRisk(view: Sees): Follow[] {
  const { file } = view;
  const payload = { ...(view.body as unknown as { [key: string]: Json }), include: inclusion(view) };
  const n = file.links.filter(({ type, direction }) => type === 'assesses' && direction === 'child').length + 1;
  const part = { key: `r${n}`, contentHash: contentHash(payload) };
  return [{ follow: 'open', process: 'risk', payload, link: 'assesses', awaited: false, object: `${file.id}:risk:${file.version + 1}`, part }];
}

/** Those named, or all open ones of the scope that nobody else works on. */
function carryOver(view: Sees): Follow[] {
  const { doc, facts, now, file } = view;
  const { risks } = view.body as unknown as AssessmentBody<'CARRY_OVER'>;
  const ground = { directory: facts.directory, now };
  const out = new Set([...doc.excluded, ...doc.released].map(({ risk }) => risk));
  const free = facts.similar.filter(({ process, settled, about }) => process === 'risk' && settled === null && about['proposalIn'] == null);
  const wanted = risks ? facts.cases.filter(({ id }) => risks.includes(id)) : free.filter((each) => isRiskOf(doc.scope, each, ground) && !out.has(each.id));
  return wanted.filter(({ about }) => about['proposalIn'] !== file.id).flatMap((risk) => include(view, risk));
}

function exclude(view: Sees): Follow[] {
  const { risk } = view.body as unknown as AssessmentBody<'EXCLUDE_RISK'>;
  const known = [...view.facts.cases, ...view.facts.similar].find(({ id }) => id === risk);
  return known?.about['proposalIn'] === view.file.id ? [command(risk, 'EXCLUDE', { assessment: view.file.id })] : [];
}

/** A grave risk holds at once as it was confirmed, and is treated from now on (rules §18). */
function release(view: Sees): Follow[] {
  const { risk } = view.body as unknown as AssessmentBody<'RELEASE_FOR_TREATMENT'>;
  const { row } = view.doc.released.findLast((each) => each.risk === risk)!;
  return [adopt(view, row), ...treat(view, [row])];
}

/** What was confirmed holds from now on. */
function complete(view: Sees): Follow[] {
  const { risks } = view.doc.result!;
  const now = risks.filter(({ releasedEarly }) => !releasedEarly);
  const owners = [...new Set(risks.map(({ owner }) => owner))].map(person);
  return [...now.map((row) => adopt(view, row)), ...now.flatMap((row) => accept(view, row)), ...treat(view, now), ...planNext(view), inform('assessmentCompleted', 'role:ISO', 'role:TOP_MGMT', ...owners)];
}

/** The schedule learns of it; the first full assessment begins one (rules §5: the next one is planned from when this one was). */
function planNext(view: Sees): Follow[] {
  const { file, doc, facts, now } = view;
  const done = { assessment: file.id, assessmentRef: file.ref, on: localDate(now, file.zone) };
  const schedule = facts.similar.find(({ process, settled }) => process === 'assessmentSchedule' && settled === null);
  if (schedule) return [command(schedule.id, 'CYCLE_COMPLETED', done)];
  if (doc.kind !== 'FULL') return [];
  const interval = inForce(view).span('assessment.interval') as Exclude<Duration, { kind: 'CLOCK' }>;
  const next = plusDuration(localDate(file.openedAt, file.zone), interval, calendarOf(view));
  const payload = { scope: { all: true }, unit: file.unit, nextOn: next, completed: done };
  return [{ follow: 'open', process: 'assessmentSchedule', payload, link: 'schedule', awaited: false, object: `${file.id}:schedule` }];
}

/** Nothing was assessed: a risk that waited for it goes back to where it was (rules §18). */
function dismiss(view: Sees): Follow[] {
  const { file, doc, facts } = view;
  const waiting = facts.cases.filter(({ id, process, state }) => process === 'risk' && state === 'reassessmentDue' && doc.scope.risks.includes(id));
  return [...waiting.map(({ id }) => command(id, 'DISMISS_REASSESSMENT', { assessment: file.id })), inform('assessmentDismissed', 'role:ISO', 'role:TOP_MGMT')];
}

function callOff(view: Sees): Follow[] {
  const included = risksOf(view).filter((each) => each.included);
  return [...included.map(({ id }) => command(id, 'EXCLUDE', { assessment: view.file.id })), inform('cancelConfirmed', 'role:ISO', 'role:TOP_MGMT')];
}

const basisChanged = (view: Sees): Follow[] => [inform('assessmentBasisChanged', 'role:ISO', ...(view.file.parties['assessor'] ? [person(view.file.parties['assessor'])] : []))];

export const assessmentBehaviours: Behaviours<AssessmentDocument> = {
  entering: { completed: complete as never, dismissed: dismiss as never, cancelled: callOff as never },
  after: {
    START: afterStart,
    ADD_RISK: openRisk,
    CARRY_OVER: carryOver,
    EXCLUDE_RISK: exclude,
    RELEASE_FOR_TREATMENT: release,
    // A second person has to decide, though the state stays.
    NOT_NEEDED: ({ file }) => (file.state === 'triggered' ? [inform('notNeededProposed', 'isoDeputy', 'role:TOP_MGMT')] : []),
    SCOPE_CHANGED: basisChanged,
    CRITERIA_CHANGED: basisChanged,
    ADD_TRIGGER: () => [inform('triggerAttached', 'role:ISO')],
    REASSIGN: tellRaters,
    CONFIRM_INTERIM: tellRaters,
    HOLDER_LEFT: tellRaters,
  },
};
