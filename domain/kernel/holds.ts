import type { Deadline, DeadlineStep } from '../../contracts/case-file.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import type { MovedStep } from '../../contracts/entry.ts';
import type { Instant, LocalDate, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { atLocalTime, dueOnDate, endOfWindow, localDate, localIso } from '../calendar/due.ts';
import { addWorkingDays, countWorkingDays } from '../calendar/working-calendar.ts';
import { endDeadline, openDeadlines, startDeadline } from './deadlines.ts';
import { askedPerson, calendarOf, inForce, personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { ownersOf } from './escalation.ts';
import { daysHeld, lastDayWithinTotal } from './hold-limit.ts';
import { tell } from './notices.ts';
import { partyOf, standInsOf } from './parties.ts';
import { mayPause } from './pausing.ts';

/**
 * A case on hold (rules §4.2): the ladders of its own deadlines rest, and when it goes on they move by the working days for which they
 * rested. Legal clocks and dates of an outside body go on (docs/decisions/2026-11-24-hold-moves-by-working-days.md).
 */

export const HOLD_REVIEW = 'hold:review';

type Held = CommonBody<'HOLD'>;

export function holdReasons(draft: Draft, body: Held | undefined): Reason[] {
  if (draft.file.hold) return [reason('ALREADY_DONE', { what: 'hold' })];
  return mayHoldReasons(draft, body);
}

export function prolongReasons(draft: Draft, body: Held | undefined): Reason[] {
  return draft.file.hold ? mayHoldReasons(draft, body) : [reason('NOT_ON_HOLD', {})];
}

export function resumeReasons({ file }: Draft): Reason[] {
  return file.hold ? [] : [reason('NOT_ON_HOLD', {})];
}

function mayHoldReasons(draft: Draft, body: Held | undefined): Reason[] {
  const own = ownHoldReasons(draft);
  return own.length > 0 || !body ? own : reviewReasons(draft, body);
}

/** Nobody puts on hold what he owes himself (SOD-06), nor does who stands in for him (SOD-12). */
function ownHoldReasons(draft: Draft): Reason[] {
  const { person, onBehalfOf } = draft.actor;
  const owners = whoOwes(draft);
  if (person === null) return [];
  if (owners.includes(person)) return [reason('SOD_BLOCKED', { rule: 'SOD-06', person, because: 'owner', waivable: false })];
  if (!owners.includes(onBehalfOf ?? '') && !standInsOf(draft, owners).includes(person)) return [];
  return [reason('SOD_BLOCKED', { rule: 'SOD-12', person, because: 'delegator', waivable: false, underlying: 'SOD-06' })];
}

function whoOwes(draft: Draft): PersonId[] {
  const { owner } = draft.definition.policy.list(draft.file);
  const owing = pausable(draft).flatMap((each) => ownersOf(draft, each));
  return [...new Set([...owing, ...(owner ? [owner] : [])])];
}

function pausable(draft: Draft): Deadline[] {
  return openDeadlines(draft).filter((each) => mayPause(viewOf(draft), draft.definition, each));
}

function reviewReasons(draft: Draft, { reviewOn }: Held): Reason[] {
  const end = endOfWindow({ anchor: draft.now, duration: inForce(draft).span('hold.longest'), calendar: calendarOf(draft) });
  const latest = localDate(end, draft.file.zone);
  return reviewOn > latest ? [reason('PERIOD_TOO_LONG', { until: reviewOn, latest })] : totalReasons(draft, reviewOn);
}

/** All its holds together: longer than that only TOP_MGMT decides, and not who asked for it (SOD-06). */
function totalReasons(draft: Draft, reviewOn: LocalDate): Reason[] {
  const latest = lastDayWithinTotal(draft);
  if (reviewOn <= latest) return [];
  const decider = askedPerson(draft.actor) ?? '';
  if (!personsOf(draft, ['role:TOP_MGMT']).includes(decider)) return [reason('HOLD_LIMIT', { latest, longest: inForce(draft).value('hold.total') })];
  const asked = draft.file.hold?.asked ?? [];
  const [own] = [draft.actor.person, decider].filter((each): each is PersonId => each !== null && asked.includes(each));
  return own === undefined ? [] : [reason('SOD_BLOCKED', { rule: 'SOD-06', person: own, because: 'askedForHold', waivable: false })];
}

export function putOnHold(draft: Draft, { reason: because, reviewOn }: Held): null {
  const { person, onBehalfOf = person } = draft.actor;
  draft.file.hold = { reason: because, by: person!, since: draft.now, reviewOn, asked: [...new Set([person!, onBehalfOf!])] };
  const paused = pausable(draft);
  for (const each of paused) each.pausedAt = draft.now;
  draft.happenings.push({ kind: 'held', reviewOn, paused: paused.map(({ name }) => name) });
  startDeadline(draft, HOLD_REVIEW);
  tellOwners(draft, paused, 'held');
  return null;
}

export function prolongHold(draft: Draft, { reason: because, reviewOn }: Held): null {
  const { since, asked } = draft.file.hold!;
  draft.file.hold = { reason: because, by: draft.actor.person!, since, reviewOn, asked };
  endDeadline(draft, HOLD_REVIEW);
  const paused = openDeadlines(draft).filter(({ pausedAt }) => pausedAt !== undefined);
  draft.happenings.push({ kind: 'held', reviewOn, paused: paused.map(({ name }) => name) });
  startDeadline(draft, HOLD_REVIEW);
  return null;
}

export function resume(draft: Draft): null {
  const { since } = draft.file.hold!;
  const rested = openDeadlines(draft).filter(({ pausedAt }) => pausedAt !== undefined);
  endHold(draft);
  draft.happenings.push({ kind: 'resumed', since, resumed: rested.map(({ name }) => name) });
  for (const each of rested) shift(draft, each);
  tellOwners(draft, rested, 'resumed');
  return null;
}

/** With the end of the case there is nothing left to look at again. */
export function endHold(draft: Draft): void {
  draft.file.heldDays = daysHeld(draft);
  draft.file.hold = null;
  endDeadline(draft, HOLD_REVIEW);
}

function tellOwners(draft: Draft, deadlines: readonly Deadline[], subject: 'held' | 'resumed'): void {
  const told = deadlines.flatMap((each) => personsOf(draft, partyOf(draft, each.owner))).filter((each) => each !== draft.actor.person);
  tell(draft, told, { kind: 'information', cause: `hold:${subject}`, data: { subject } });
}

/** By so many working days as it rested: what was late already stays late, and what lies ahead of it comes later. */
function shift(draft: Draft, deadline: Deadline): void {
  const { pausedAt, name, issue, due, steps } = deadline;
  delete deadline.pausedAt;
  const calendar = calendarOf(draft);
  const workingDays = countWorkingDays(localDate(pausedAt!, calendar.zone), localDate(draft.now, calendar.zone), calendar);
  if (workingDays === 0) return;
  const later = (at: Instant) => (at === due && due > pausedAt! ? shiftedDue(draft, due, workingDays) : shiftedInstant(draft, at, workingDays));
  const moved = steps.map((each) => shiftedStep(each, later));
  const to = due > pausedAt! ? later(due) : due;
  draft.happenings.push({ kind: 'deadlineShifted', deadline: name, issue, from: due, to, workingDays, steps: movedSteps(steps, moved) });
  const since = deadline.ladderSince && { ladderSince: shiftedInstant(draft, deadline.ladderSince, workingDays) };
  Object.assign(deadline, { due: to, steps: moved, plannedDue: deadline.plannedDue ?? due, ...since });
}

function shiftedDue(draft: Draft, due: Instant, workingDays: number): Instant {
  const calendar = calendarOf(draft);
  return dueOnDate(addWorkingDays(localDate(due, calendar.zone), workingDays, calendar), calendar);
}

/** The same time of day, so many working days later. */
function shiftedInstant(draft: Draft, at: Instant, workingDays: number): Instant {
  const calendar = calendarOf(draft);
  const time = localIso(at, calendar.zone).slice(11, 19);
  return atLocalTime(addWorkingDays(localDate(at, calendar.zone), workingDays, calendar), time, calendar.zone);
}

/** Fired ones stay; an acknowledgement that is still owed has its time left. */
function shiftedStep(step: DeadlineStep, later: (at: Instant) => Instant): DeadlineStep {
  if (step.firedAt === null) return { ...step, at: later(step.at) };
  const owed = step.acknowledgeBy !== undefined && !step.acknowledgedAt && !step.unansweredAt;
  return owed ? { ...step, acknowledgeBy: later(step.acknowledgeBy!) } : step;
}

function movedSteps(before: readonly DeadlineStep[], after: readonly DeadlineStep[]): MovedStep[] {
  return before.flatMap(({ step, at, firedAt }, n) => (firedAt === null ? [{ step, from: at, to: after[n]!.at }] : []));
}
