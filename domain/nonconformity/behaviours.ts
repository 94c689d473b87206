import type { ActionKind } from '../../contracts/action.ts';
import type { CorrectiveActionPlan, NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { Link } from '../../contracts/case-file.ts';
import { dueInstant, localDate } from '../calendar/due.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';

/** What follows by itself from a nonconformity (rules §8 "Links", §14): actions, links to other processes, and who is told. */
type Sees = View<NonconformityDocument>;
type PlannedAction = CorrectiveActionPlan['actions'][number];

const inform = (subject: string, ...to: (PrincipalKey | undefined)[]): Follow => ({ follow: 'inform', subject, to: to.filter((each) => each !== undefined) });
const person = (id: string | undefined): PrincipalKey | undefined => (id === undefined ? undefined : `person:${id}`);
const reporter = ({ file }: Sees) => (file.openedBy === 'SYSTEM' ? undefined : person(file.openedBy));

/** A process that does not run yet is stood in for by an action of its kind: a link never ends nowhere (rules, introduction). */
function standIn(view: Sees, kind: ActionKind, title: string): Follow {
  const { file, facts, now } = view;
  const duration = inForce(view).span('nonconformity.followUp');
  const due = localDate(dueInstant({ anchor: now, duration, calendar: calendarOf(view) }), file.zone);
  const owner = facts.directory.holders(kind === 'EXTRA_AUDIT' ? 'AUDIT_PROGRAMME_MANAGER' : 'ISO', now)[0];
  const payload = { title: `${title} (${file.ref})`, kind, unit: file.unit, due, ...(owner && { owner }) };
  return { follow: 'open', process: 'action', payload, link: kind, awaited: false, object: `${file.id}:${kind}` };
}

/** L5: the risks behind it are looked at; where an assessment runs that covers the unit, it is attached there (rules §5 "Triggers"). */
function assessRisks({ file, doc }: Sees, reason: string): Follow {
  const trigger = { kind: 'NONCONFORMITY', ref: file.ref, reason: `${reason} (${file.ref}: ${doc.title})`, ...(doc.grade === 'major' && { gravity: 'MAJOR' }) };
  const payload = { trigger, scope: { units: [file.unit] }, unit: file.unit, proposed: 'PARTIAL' };
  return { follow: 'open', process: 'assessment', payload, link: 'riskAssessment', awaited: false, object: `${file.id}:riskAssessment` };
}

/** L5: always for a major, and for a repeat, which also asks for an extra audit (rules §8 "Repeat NC"). */
function afterAcceptance(view: Sees): Follow[] {
  const { doc, file } = view;
  const repeat = doc.predecessor;
  return [
    inform('accepted', reporter(view), person(file.parties['ncOwner'])),
    ...(doc.grade === 'major' || repeat ? [assessRisks(view, 'Reassess the risks behind the nonconformity')] : []),
    ...(repeat ? afterRepeat(view) : []),
  ];
}

function afterRepeat(view: Sees): Follow[] {
  const { id, ref } = view.doc.predecessor!;
  return [
    { follow: 'link', to: id, toRef: ref, type: 'repeats' },
    standIn(view, 'EXTRA_AUDIT', 'Consider an extra audit of the repeated nonconformity'),
    inform('repeat', 'role:ISO', 'role:AUDIT_PROGRAMME_MANAGER'),
  ];
}

/** L5, L6: a cause that lies in an unassessed risk, a document or a process goes where that is dealt with. */
function afterCause(view: Sees): Follow[] {
  const categories = view.doc.causeAnalysis!.causes.map(({ category }) => category);
  const alreadyLinked = view.file.links.some(({ type }) => type === 'repeats');
  return [
    ...(categories.includes('UNASSESSED_RISK') ? [assessRisks(view, 'Assess the risk that was missed')] : []),
    ...(categories.includes('DOCUMENT') ? [standIn(view, 'DOCUMENT_CHANGE', 'Correct the document that caused the nonconformity')] : []),
    ...(categories.includes('PROCESS') ? [standIn(view, 'ISMS_CHANGE', 'Correct the process that caused the nonconformity')] : []),
    ...(view.doc.predecessor && !alreadyLinked ? afterRepeat(view) : []),
  ];
}

/** The plan's actions start; those a new plan has dropped or changed are called off. */
function dispatchActions({ doc, file, facts }: Sees): Follow[] {
  const live = file.links.filter((link) => link.type === 'correctiveAction' && link.attempt === file.attempt && link.awaited);
  const wanted = doc.plan!.actions.map((action) => ({ action, hash: hashOf(action, doc) }));
  const kept = (link: Link) => wanted.some(({ action, hash }) => action.key === link.key && hash === link.contentHash) && !isCancelled(link);
  const isCancelled = (link: Link) => facts.cases.some(({ id, settled }) => id === link.to && settled === 'cancelled');
  const running = (link: Link) => facts.cases.some(({ id, settled }) => id === link.to && settled === null);
  return [
    ...live.filter((link) => !kept(link) && running(link)).map((link) => callOff(link)),
    ...wanted.filter(({ action, hash }) => !live.some((link) => link.key === action.key && link.contentHash === hash && !isCancelled(link))).map(({ action, hash }) => start(file, doc, action, hash)),
  ];
}

/** The same action to be done once more is another one: its redo round is part of what it is. */
function hashOf(action: PlannedAction, { redo }: NonconformityDocument): string {
  return contentHash({ action, redo: redo[action.key] ?? null });
}

function callOff({ to }: Link, reason = 'Replaced by a newer version of the corrective action plan'): Follow {
  return { kind: 'command', to, command: 'CALL_OFF', body: { reason } };
}

/** What was to be done for a case that is called off is not done any more. */
function afterCancelling(view: Sees): Follow[] {
  const { file, facts } = view;
  const running = file.links.filter((link) => link.type === 'correctiveAction' && facts.cases.some(({ id, settled }) => id === link.to && settled === null));
  return [
    ...running.map((link) => callOff(link, 'The nonconformity was called off')),
    inform('cancelConfirmed', reporter(view), person(file.parties['ncOwner']), 'role:ISO'),
  ];
}

function start(file: Sees['file'], doc: NonconformityDocument, action: PlannedAction, hash: string): Follow {
  const { title, description, owner, due, causes, expectedEvidence, key } = action;
  const payload = {
    ...{ title, owner, kind: 'CORRECTIVE' as const, unit: file.unit, covers: causes, due: doc.redo[key]?.due ?? due },
    ...(description && { description }),
    ...(expectedEvidence && { expectedEvidence }),
    ...(file.parties['ncOwner'] && { parentOwner: file.parties['ncOwner'] }),
  };
  return { follow: 'open', process: 'action', payload, link: 'correctiveAction', awaited: true, object: `${file.id}:${file.attempt}:${doc.planVersion}:${key}:${hash}`, part: { key, contentHash: hash } };
}

/** Findings of later audits that it has taken up wait for it; the one that opened it hears of its end anyway. */
const tellLaterFindings = ({ doc }: Sees): Follow[] => (doc.foundAgain ?? []).map(({ id }) => ({ kind: 'nudge', to: id }));

/** L7: the second attempt is told to TOP_MGMT; the third is an item of the management review and a risk of its own. */
function afterIneffective(view: Sees): Follow[] {
  if (view.file.attempt === 2) return [inform('ineffective', 'role:TOP_MGMT', 'role:ISO')];
  return [
    inform('ineffective', 'role:TOP_MGMT', 'role:ISO'),
    { follow: 'flag', flag: 'managementReviewItem' },
    standIn(view, 'MANAGEMENT_REVIEW_ITEM', 'Put the corrective action that fails again before the management review'),
    assessRisks(view, 'Enter the risk that remains'),
  ];
}

export const nonconformityBehaviours: Behaviours<NonconformityDocument> = {
  entering: { implementing: dispatchActions, cancelled: afterCancelling, closed: tellLaterFindings, withdrawn: tellLaterFindings },
  after: {
    ACCEPT: afterAcceptance,
    UPHOLD_APPEAL: afterAcceptance,
    FOUND_AGAIN: (view) => [inform('foundAgain', person(view.file.parties['ncOwner']), person(view.file.parties['finder']), 'role:ISO')],
    REJECT_NOT_NC: (view) => [inform('rejected', reporter(view))],
    DISMISS_APPEAL: (view) => [inform('appealDismissed', reporter(view))],
    MARK_DUPLICATE: (view) => [
      { kind: 'command', to: view.doc.duplicateOf!, command: 'COUNT_OCCURRENCE', body: { from: view.file.id, fromRef: view.file.ref } },
      { follow: 'link', to: view.doc.duplicateOf!, toRef: view.facts.cases.find(({ id }) => id === view.doc.duplicateOf)!.ref, type: 'duplicateOf' },
      inform('duplicate', reporter(view)),
    ],
    SUBMIT_CAUSE: afterCause,
    RECURRENCE: ({ file }) => [inform('recurrence', person(file.parties['ncOwner']), person(file.parties['verifier']), 'role:ISO')],
    INEFFECTIVE: afterIneffective,
    EFFECTIVE: (view) => [inform('closed', reporter(view), person(view.file.parties['ncOwner']), 'role:ISO')],
    WITHDRAW: ({ file }) => [inform('withdrawn', person(file.parties['ncOwner']), 'role:ISO')],
    // Actions ask the owner of their parent; they learn who that is now.
    REASSIGN: ({ file, facts }) => file.links.filter((link) => facts.cases.some(({ id, settled }) => id === link.to && settled === null)).map(({ to }) => ({ kind: 'nudge' as const, to })),
  },
};
