import type { Deadline, DeadlineStep, Extension, ExtensionOutcome } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import { atLocalTime, dueInstant, dueOnDate } from '../calendar/due.ts';
import { commonDeadline } from './common-deadlines.ts';
import type { DeadlinePolicy } from './definition.ts';
import { calendarOf, inForce, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { ladderSteps } from './ladder.ts';
import { isLegal, mayPause } from './pausing.ts';
import { metaOf } from './machine.ts';
import { names } from './names.ts';

/** Deadlines follow the states that name them: set on entering the first, met on leaving the last (design.md "Settled questions"). */
export function followDeadlines(draft: Draft): void {
  const named = names(metaOf(draft.definition, draft.file.state).deadline);
  for (const deadline of openDeadlines(draft)) if (!named.includes(deadline.name) && !commonDeadline(deadline.name)) meetDeadline(draft, deadline);
  for (const name of named) {
    const deadline = draft.file.deadlines[name];
    if (!isOpen(deadline)) setDeadline(draft, name);
    else if (deadlinePolicy(draft, name).anewIn?.includes(draft.file.state)) resetDeadline(draft, deadline);
  }
}

/** Deadlines not met yet. */
export function openDeadlines(draft: Pick<Draft, 'file'>): Deadline[] {
  return Object.values(draft.file.deadlines).filter(isOpen);
}

export function isOpen(deadline: Deadline | undefined): deadline is Deadline {
  return deadline !== undefined && deadline.metAt === null;
}

/** Not met, and its ladder does not rest. */
export function isTicking(deadline: Deadline): boolean {
  return isOpen(deadline) && deadline.pausedAt === undefined;
}

export function meetDeadline(draft: Draft, deadline: Deadline): void {
  deadline.metAt = draft.now;
  delete deadline.pausedAt;
  const { name, issue, due } = deadline;
  draft.happenings.push({ kind: 'deadlineMet', deadline: name, issue, due, late: draft.now > due });
  const asked = draft.file.extensions.find((each) => each.deadline === name && each.outcome === null);
  if (asked) endExtension(draft, asked, { verdict: 'FELL_AWAY', by: null });
}

/** A deadline of the kernel's own begins to run now. */
export function startDeadline(draft: Draft, name: string): void {
  draft.file.anchors[name] = draft.now;
  setDeadline(draft, name);
}

export function endDeadline(draft: Draft, name: string): void {
  const deadline = draft.file.deadlines[name];
  if (isOpen(deadline)) meetDeadline(draft, deadline);
}

/** The request for a later date is over, and with it the time for deciding it. */
export function endExtension(draft: Draft, asked: Extension, { days = 0, ...outcome }: Pick<ExtensionOutcome, 'verdict' | 'by'> & { days?: number }): void {
  asked.outcome = { ...outcome, at: draft.now, days };
  draft.happenings.push({ kind: 'extensionEnded', deadline: asked.deadline, verdict: outcome.verdict });
  endDeadline(draft, extensionOf(asked.deadline));
}

export const extensionOf = (deadline: string) => `extension:${deadline}`;

/** A decision gives the deadline another date: a new issue with a ladder of its own, what had fired stays on record. */
export function postpone(draft: Draft, deadline: Deadline, due: Instant): void {
  const { ladder, anchor, steps, earlierSteps = [], issue, plannedDue = deadline.due } = deadline;
  const rules = inForce(draft).ladder(ladder, draft.definition.name);
  const ahead = ladderSteps({ due, start: draft.now, anchor: anchor.at, ladder, rules, calendar: calendarOf(draft) });
  const fired = [...earlierSteps, ...steps.filter(({ firedAt }) => firedAt !== null)];
  Object.assign(deadline, { issue: issue + 1, due, plannedDue, earlierSteps: fired, steps: ahead.map(({ step, at }) => ({ step, at, firedAt: null })), workedOutAt: draft.now });
  delete deadline.ladderSince;
  if (deadline.pausedAt) deadline.pausedAt = draft.now;
}

/** Sets the deadline, or takes it up again where the same one comes back: the steps that have fired for its date stay fired. */
export function setDeadline(draft: Draft, name: string): void {
  const policy = deadlinePolicy(draft, name);
  if (policy.when?.(viewOf(draft)) === false) return;
  const anchor = anchorOf(draft, policy);
  const back = comesBack(policy, anchor, draft.file.deadlines[name]);
  const due = back ? dueAgain(draft, policy, back) : dueOf(draft, policy, anchor.at);
  if (due === null) return;
  if (back?.due === due) back.metAt = null;
  else renew(draft, { policy, name, anchor, due, originalDue: back?.originalDue ?? due });
  const { issue } = draft.file.deadlines[name]!;
  if (draft.file.hold && mayPause(viewOf(draft), draft.definition, draft.file.deadlines[name]!)) draft.file.deadlines[name]!.pausedAt = draft.now;
  draft.happenings.push({ kind: 'deadlineSet', deadline: name, issue, due, anchor: anchor.name, owner: policy.owner });
}

/** One met before that runs from the same instant; what runs from entering a state is another each time. */
function comesBack(policy: DeadlinePolicy<never>, anchor: Deadline['anchor'], earlier?: Deadline): Deadline | null {
  if (!earlier || earlier.metAt === null || policy.after === 'entered' || commonDeadline(earlier.name)) return null;
  return earlier.anchor.at === anchor.at ? earlier : null;
}

/** A date that a decision has moved is not taken back by the way round; a legal one knows no rework. */
function dueAgain(draft: Draft, policy: DeadlinePolicy<never>, back: Deadline): Instant | null {
  if (isLegal(viewOf(draft), draft.definition, back)) return back.due;
  const due = dueAfterRework(draft, policy, back.anchor.at);
  return due !== null && back.plannedDue && back.due > due ? back.due : due;
}

/**
 * The date asked for, or a few working days from now where that is later, and no more (rules §16.1 "rejected with rework"); never
 * beyond a date set from outside.
 */
function dueAfterRework(draft: Draft, policy: DeadlinePolicy<never>, anchor: Instant): Instant | null {
  const due = dueOf(draft, policy, anchor);
  const allowed = dueInstant({ anchor: draft.now, duration: inForce(draft).span('rework.allowance'), calendar: calendarOf(draft) });
  const limit = limitOf(draft, policy) ?? allowed;
  const extended = allowed < limit ? allowed : limit;
  return due !== null && extended > due ? extended : due;
}

/** Works out every open deadline anew after a decision that changes what it stands on (a regrade). */
export function resetDeadlines(draft: Draft): void {
  for (const deadline of openDeadlines(draft)) resetDeadline(draft, deadline);
}

/** Another date makes another deadline, with a ladder of its own; the same date changes nothing. */
function resetDeadline(draft: Draft, { name, issue, plannedDue, due: present }: Deadline): void {
  const policy = deadlinePolicy(draft, name);
  const due = dueOf(draft, policy, anchorOf(draft, policy).at);
  if (due === null || due === (plannedDue ?? present)) return;
  draft.happenings.push({ kind: 'deadlineDropped', deadline: name, issue });
  setDeadline(draft, name);
}

export function deadlinePolicy(draft: Draft, name: string): DeadlinePolicy<never> {
  const policy = commonDeadline(name) ?? draft.definition.policy.deadlines[name];
  if (!policy) throw new Error(`deadline "${name}" of ${draft.definition.name} is not defined`);
  return policy;
}

function anchorOf(draft: Draft, policy: DeadlinePolicy<never>): Deadline['anchor'] {
  const dated = policy.anchoredOn?.(viewOf(draft)) ?? null;
  if (dated) return { name: dated.name, at: atLocalTime(dated.on, '00:00', draft.file.zone) };
  return { name: policy.after, at: draft.file.anchors[policy.after] ?? draft.file.enteredAt };
}

/** By which configuration a due date is reckoned: how long it is, and which days count. */
export interface Reckoning {
  spans: Instant;
  days: Instant;
}

/** The due instant: from the duration or on a date; an external date that lies earlier wins (rules §8). */
export function dueOf(draft: Draft, policy: DeadlinePolicy<never>, anchor: Instant, { spans, days }: Reckoning = { spans: draft.now, days: draft.now }): Instant | null {
  const calendar = calendarOf({ ...draft, now: days });
  const view = { ...viewOf(draft), now: spans };
  const date = policy.onDate?.(view) ?? null;
  const candidates = [
    policy.at?.(view) ?? null,
    policy.duration ? dueInstant({ anchor, duration: policy.duration(view), calendar, roll: rollOf(policy) }) : null,
    date ? dueOnDate(date, calendar, rollOf(policy)) : null,
    limitOf(draft, policy, calendar),
  ].filter((each) => each !== null);
  return candidates.sort()[0] ?? null;
}

/** What a law sets is not rolled off a day off (rules §4.4). */
const rollOf = ({ ladder }: DeadlinePolicy<never>) => (ladder === 'legal' ? 'NONE' : 'FOLLOWING');

/** A date set from outside is not rolled off a day off: they decide when it ends. */
function limitOf(draft: Draft, policy: DeadlinePolicy<never>, calendar = calendarOf(draft)): Instant | null {
  const limit = policy.notAfter?.(viewOf(draft)) ?? null;
  return limit ? dueOnDate(limit, calendar, 'NONE') : null;
}

interface NewDeadline {
  policy: DeadlinePolicy<never>;
  name: string;
  anchor: Deadline['anchor'];
  due: Instant;
  originalDue: Instant;
}

function renew(draft: Draft, { policy, name, anchor, due, originalDue }: NewDeadline): void {
  const issue = (draft.file.deadlines[name]?.issue ?? 0) + 1;
  const rules = inForce(draft).ladder(policy.ladder, draft.definition.name);
  const since = wasDueBeforeTheRecord(draft, anchor.at, due) ? { ladderSince: draft.now } : {};
  const ladder = ladderSteps({ due: since.ladderSince ?? due, start: draft.now, anchor: anchor.at, ladder: policy.ladder, rules, calendar: calendarOf(draft) });
  const steps: DeadlineStep[] = ladder.map(({ step, at }) => ({ step, at, firedAt: null }));
  draft.file.deadlines[name] = { name, issue, anchor, due, originalDue, ladder: policy.ladder, owner: policy.owner, steps, setAt: draft.now, workedOutAt: draft.now, metAt: null, ...since };
}

/**
 * The case was recorded later than it happened, and what counts from then, or was set then, is late already: it is overdue, and the ladder
 * begins with the record instead of ending with it (rules §16.1 "backdated entry, migration, import").
 */
function wasDueBeforeTheRecord({ file, now }: Draft, anchor: Instant, due: Instant): boolean {
  return due < now && file.flags.includes('retrospective') && (anchor < file.openedAt || due < file.openedAt);
}
