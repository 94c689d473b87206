import { Temporal } from 'temporal-polyfill';
import type { LadderClass, LadderStepName } from '../../contracts/case-file.ts';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import type { LadderRule } from '../../contracts/ladder.ts';
import { atLocalTime, dueInstant, localDate } from '../calendar/due.ts';
import { durationOf } from '../calendar/duration-text.ts';
import type { Duration } from '../calendar/duration.ts';
import { addWorkingDays, type WorkingCalendar } from '../calendar/working-calendar.ts';
import { defaults } from '../configuration/defaults.ts';

/** Escalation ladders (rules §4.5), their steps set by the configuration. A step informs; it never moves a case. */

/** From the mildest to the most severe: reminders before the due instant, E0 at it, escalations after it, E4 repeated. */
const STEP_NAMES: readonly LadderStepName[] = ['R1', 'R2', 'R3', 'E0', 'E1', 'E2', 'E3', 'E4'];

/** Whom a step tells, relative to the deadline's owner; who that is gets looked up when the step fires. */
export type LadderRecipient = 'owner' | 'substitute' | 'lineManager' | 'iso' | 'topManagement';

/** One step of a deadline. `digest`: may go into a collected message; `acknowledgeWithin`: its recipient owes an acknowledgement by then. */
export interface LadderStep {
  step: LadderStepName;
  at: Instant;
  recipients: LadderRecipient[];
  digest?: boolean;
  acknowledgeWithin?: Duration;
}

/** Time of day at the site at which steps counted in days fire. */
const FIRING_TIME = '09:00';
/** What a ladder is computed from. */
export interface LadderInput {
  due: Instant;
  /** When the owner got the task; reminders at or before it are dropped, since the assignment itself notified (rules §4.4). */
  start: Instant;
  /** When the deadline began to run, for the shares of the legal class; `start` where it is not given. */
  anchor?: Instant;
  ladder: LadderClass;
  /** The steps of that class as they are in force for the process; the defaults where they are not given. */
  rules?: readonly LadderRule[];
  calendar: WorkingCalendar;
}

/** All steps of a deadline but the repeated E4, strictly in order of time and of name. */
export function ladderSteps(input: LadderInput): LadderStep[] {
  const dueDate = localDate(input.due, input.calendar.zone);
  const { rules = defaults[`ladder.${input.ladder}`].value } = input;
  const steps = rules.map((rule) => toStep(rule, { ...input, dueDate }));
  const reminders = inOrderOfTime(steps.filter(isReminder)).filter(({ at }) => at > input.start);
  return [...reminders, ...steps.filter((step) => !isReminder(step))];
}

/** When E4 comes next: so many days after E3 or the E4 before it, at 09:00 at the site, until somebody decides (rules §4.5). */
export function nextE4(previous: Instant, calendar: WorkingCalendar, interval = defaults['ladder.repeat'].value): Instant {
  const due = dueInstant({ anchor: previous, duration: durationOf(interval), calendar, roll: 'NONE' });
  return atLocalTime(localDate(due, calendar.zone), FIRING_TIME, calendar.zone);
}

/** The next E4 as a step, ready to fire. */
export function repeatedStep(previous: Instant, calendar: WorkingCalendar, interval?: string): LadderStep {
  return { step: 'E4', at: nextE4(previous, calendar, interval), recipients: ['topManagement'] };
}

/** Of several steps reached at once (backdated case, downtime) only the highest fires (rules §4.4); none for none. */
export function collapse(stepsDue: LadderStep[]): LadderStep | undefined {
  return stepsDue.reduce<LadderStep | undefined>(
    (highest, step) => (highest && severity(highest.step) > severity(step.step) ? highest : step),
    undefined,
  );
}

/** How severe a step is among all of them. */
export function severity(step: LadderStepName): number {
  return STEP_NAMES.indexOf(step);
}

function isReminder({ step }: LadderStep): boolean {
  return step.startsWith('R');
}

/**
 * In a short legal span "two hours before" comes before, or together with, "a quarter of the span before": reminders keep their
 * instants, take their names in order of time, and two at one instant are one.
 */
function inOrderOfTime(reminders: LadderStep[]): LadderStep[] {
  const instants = [...new Set(reminders.map(({ at }) => at))].sort();
  return instants.flatMap((at, n) => (reminders[n] ? [{ ...reminders[n], at }] : []));
}

type DatedInput = LadderInput & { dueDate: LocalDate };

function toStep({ when, acknowledgeWithin, ...rule }: LadderRule, input: DatedInput): LadderStep {
  const owed = acknowledgeWithin && { acknowledgeWithin: durationOf(acknowledgeWithin) };
  return { ...rule, ...owed, recipients: [...rule.recipients], at: instantOf(when, input) };
}

function instantOf(when: LadderRule['when'], { due, dueDate, start, anchor = start, calendar }: DatedInput): Instant {
  if (when === 'due') return due;
  if ('workingDays' in when) {
    return atLocalTime(addWorkingDays(dueDate, when.workingDays, calendar), FIRING_TIME, calendar.zone);
  }
  if ('calendarDays' in when) return atLocalTime(Temporal.PlainDate.from(dueDate).add({ days: when.calendarDays }).toString(), FIRING_TIME, calendar.zone);
  if ('hoursBefore' in when) return before(due, when.hoursBefore * 3_600_000);
  return before(due, ((Date.parse(due) - Date.parse(anchor)) * when.percentBefore) / 100);
}

function before(due: Instant, milliseconds: number): Instant {
  const instant = Temporal.Instant.from(due).subtract({ milliseconds: Math.round(milliseconds) });
  return instant.toString({ fractionalSecondDigits: 3 });
}
