import type { Deadline, DeadlineStep } from '../../contracts/case-file.ts';
import type { Happening, MovedStep } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import { dueOnDate, localDate, rollDate } from '../calendar/due.ts';
import { deadlinePolicy, dueOf, openDeadlines } from './deadlines.ts';
import { calendarOf, inForce, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { ladderSteps, repeatedStep, severity } from './ladder.ts';
import { isLegal } from './pausing.ts';

/**
 * Another calendar or ladder is in force (rules §4.4, §16.1 "holiday table edited"): what lies ahead is worked out anew, what has
 * fired stays and fires no second time, and a legal clock is never touched. How long a deadline is stays what it was when it was set.
 */

type Anew = Pick<Deadline, 'due' | 'steps'>;
export type TimesChanged = Extract<Happening, { kind: 'timesChanged' }>;

/** What would become of the open deadlines of the case; nothing is changed. A preview asks the same (rules §16.6). */
export function movedTimes(draft: Draft): TimesChanged[] {
  return openDeadlines(draft).flatMap((deadline) => difference(draft, deadline, workedOutAnew(draft, deadline)) ?? []);
}

/** Carries it out. A legal clock keeps the ladder by which it began as well: its steps tell whom they were to tell. */
export function changeTimes(draft: Draft): null {
  draft.happenings.push(...movedTimes(draft));
  const changing = openDeadlines(draft).filter((each) => !isLegal(viewOf(draft), draft.definition, each));
  for (const deadline of changing) Object.assign(deadline, workedOutAnew(draft, deadline), { workedOutAt: draft.now });
  return null;
}

function workedOutAnew(draft: Draft, deadline: Deadline): Anew {
  if (isLegal(viewOf(draft), draft.definition, deadline)) return deadline;
  const due = dueAnew(draft, deadline);
  return { due, steps: stepsAnew(draft, { ...deadline, due }) };
}

/** How far the deadline has got: a ladder that rests no further than where it stopped. */
function reachedAt({ now }: Draft, { pausedAt }: Pick<Deadline, 'pausedAt'>): Instant {
  return pausedAt ?? now;
}

/** A date that has passed stays, and none is moved into the past. */
function dueAnew(draft: Draft, deadline: Deadline): Instant {
  const { name, anchor, due, setAt, workedOutAt } = deadline;
  if (due <= reachedAt(draft, deadline)) return due;
  const policy = deadlinePolicy(draft, name);
  const asSet = dueOf(draft, policy, anchor.at, { spans: setAt, days: workedOutAt });
  const anew = asSet === due ? dueOf(draft, policy, anchor.at, { spans: setAt, days: draft.now }) : offDaysOff(draft, due);
  return anew !== null && anew > reachedAt(draft, deadline) ? anew : due;
}

/** One that somebody has moved since is only taken off what has become a day off. */
function offDaysOff(draft: Draft, due: Instant): Instant {
  const calendar = calendarOf(draft);
  const date = localDate(due, calendar.zone);
  return rollDate(date, calendar, 'FOLLOWING') === date ? due : dueOnDate(date, calendar);
}

/** True for what has fired, and for what has come due by then: a preview looks at an instant to come. */
function hasPassed(reached: Instant, { firedAt, at }: DeadlineStep): boolean {
  return firedAt !== null || at <= reached;
}

/** Fired ones as they are; of the others those that are more severe than what has fired; E4 as long after the last as it is now. */
function stepsAnew(draft: Draft, deadline: Deadline): DeadlineStep[] {
  const { due, ladderSince = due, anchor, ladder, steps } = deadline;
  const reached = reachedAt(draft, deadline);
  const passed = steps.filter((step) => hasPassed(reached, step));
  const highest = Math.max(-1, ...passed.map(({ step }) => severity(step)));
  const rules = inForce(draft).ladder(ladder, draft.definition.name);
  const ahead = ladderSteps({ due: ladderSince, start: reached, anchor: anchor.at, ladder, rules, calendar: calendarOf(draft) });
  const later = ahead.filter(({ step }) => severity(step) > highest).map(({ step, at }) => ({ step, at, firedAt: null }));
  return [...passed, ...later, ...repetitionAnew(draft, steps, reached)];
}

function repetitionAnew(draft: Draft, steps: readonly DeadlineStep[], reached: Instant): DeadlineStep[] {
  const last = steps.findLast((each) => hasPassed(reached, each) && ['E3', 'E4'].includes(each.step));
  const waits = steps.some((each) => each.step === 'E4' && !hasPassed(reached, each));
  if (!last || !waits) return [];
  const interval = inForce(draft).value('ladder.repeat');
  let next = repeatedStep(last.at, calendarOf(draft), interval);
  while (next.at <= reached) next = repeatedStep(next.at, calendarOf(draft), interval);
  return [{ step: next.step, at: next.at, firedAt: null }];
}

function difference(draft: Draft, deadline: Deadline, anew: Anew): TimesChanged | null {
  const { name, issue, due, steps } = deadline;
  const passed = steps.filter((step) => hasPassed(reachedAt(draft, deadline), step));
  const ahead = (all: readonly DeadlineStep[]) => new Map(all.filter((step) => !passed.includes(step)).map(({ step, at }) => [step, at]));
  const moved = movedSteps(ahead(steps), ahead(anew.steps));
  if (due === anew.due && moved.length === 0) return null;
  return { kind: 'timesChanged', deadline: name, issue, due: { from: due, to: anew.due }, steps: moved };
}

type Instants = ReadonlyMap<DeadlineStep['step'], Instant>;

function movedSteps(from: Instants, to: Instants): MovedStep[] {
  const named = [...new Set([...from.keys(), ...to.keys()])].sort((a, b) => severity(a) - severity(b));
  return named.map((step) => ({ step, from: from.get(step) ?? null, to: to.get(step) ?? null })).filter((each) => each.from !== each.to);
}
