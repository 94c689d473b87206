import { Temporal } from 'temporal-polyfill';
import type { LadderClass, LadderStepName } from '../../contracts/case-file.ts';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import { atLocalTime, localDate } from '../calendar/due.ts';
import { workingDays, type Duration } from '../calendar/duration.ts';
import { addWorkingDays, type WorkingCalendar } from '../calendar/working-calendar.ts';

/** The default escalation ladder and its compressed classes (rules §4.5). A step informs; it never moves a case. */

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

/** When a step fires: at the due instant, working days from it at 09:00, or a share of the span or hours before it. */
type When = 'due' | { workingDays: number } | { calendarDays: number } | { percentBefore: number } | { hoursBefore: number };
type StepRule = Omit<LadderStep, 'at'> & { when: When };

/** Time of day at the site at which steps counted in days fire. */
const FIRING_TIME = '09:00';
const E4_INTERVAL_DAYS = 30;
const ACKNOWLEDGE_E1 = workingDays(2);

/** The six steps of the standard and critical classes, in working days from the due date. */
function dayLadder([r1, r2, e1, e2, e3]: [number, number, number, number, number]): StepRule[] {
  return [
    { step: 'R1', when: { workingDays: r1 }, recipients: ['owner'], digest: true },
    { step: 'R2', when: { workingDays: r2 }, recipients: ['owner'] },
    { step: 'E0', when: 'due', recipients: ['owner', 'substitute'] },
    { step: 'E1', when: { workingDays: e1 }, recipients: ['lineManager'], acknowledgeWithin: ACKNOWLEDGE_E1 },
    { step: 'E2', when: { workingDays: e2 }, recipients: ['iso'] },
    { step: 'E3', when: { workingDays: e3 }, recipients: ['topManagement'], digest: true },
  ];
}

/**
 * Rules §4.5 and §16.1. The legal class runs on elapsed time day and night and tells top management at the due instant itself. What
 * expires by itself only reminds: nothing is late then.
 */
const LADDERS: Record<LadderClass, StepRule[]> = {
  standard: dayLadder([-7, -1, 3, 7, 14]),
  critical: dayLadder([-3, -1, 1, 2, 5]),
  legal: [
    { step: 'R1', when: { percentBefore: 50 }, recipients: ['owner'] },
    { step: 'R2', when: { percentBefore: 25 }, recipients: ['owner'] },
    { step: 'R3', when: { hoursBefore: 2 }, recipients: ['owner'] },
    { step: 'E3', when: 'due', recipients: ['owner', 'iso', 'topManagement'] },
  ],
  expiry: [
    { step: 'R1', when: { calendarDays: -30 }, recipients: ['owner'], digest: true },
    { step: 'R2', when: { calendarDays: -7 }, recipients: ['owner'] },
  ],
  // Rules §3.3 "reassign ≤ 5 wd, else ISO, else TOP_MGMT"; the further five working days are [D].
  reassignment: [
    { step: 'R2', when: { workingDays: -1 }, recipients: ['owner'] },
    { step: 'E2', when: 'due', recipients: ['owner', 'iso'] },
    { step: 'E3', when: { workingDays: 5 }, recipients: ['topManagement'] },
  ],
};

/** What a ladder is computed from. */
export interface LadderInput {
  due: Instant;
  /** When the owner got the task; reminders at or before it are dropped, since the assignment itself notified (rules §4.4). */
  start: Instant;
  /** When the deadline began to run, for the shares of the legal class; `start` where it is not given. */
  anchor?: Instant;
  ladder: LadderClass;
  calendar: WorkingCalendar;
}

/** All steps of a deadline but the repeated E4, strictly in order of time and of name. */
export function ladderSteps(input: LadderInput): LadderStep[] {
  const dueDate = localDate(input.due, input.calendar.zone);
  const steps = LADDERS[input.ladder].map((rule) => toStep(rule, { ...input, dueDate }));
  const reminders = inOrderOfTime(steps.filter(isReminder)).filter(({ at }) => at > input.start);
  return [...reminders, ...steps.filter((step) => !isReminder(step))];
}

/** When E4 comes next: 30 calendar days after E3 or the E4 before it, at 09:00 at the site, until somebody decides (rules §4.5). */
export function nextE4(previous: Instant, calendar: WorkingCalendar): Instant {
  const date = Temporal.PlainDate.from(localDate(previous, calendar.zone)).add({ days: E4_INTERVAL_DAYS });
  return atLocalTime(date.toString(), FIRING_TIME, calendar.zone);
}

/** The next E4 as a step, ready to fire. */
export function repeatedStep(previous: Instant, calendar: WorkingCalendar): LadderStep {
  return { step: 'E4', at: nextE4(previous, calendar), recipients: ['topManagement'] };
}

/** Of several steps reached at once (backdated case, downtime) only the highest fires (rules §4.4); none for none. */
export function collapse(stepsDue: LadderStep[]): LadderStep | undefined {
  return stepsDue.reduce<LadderStep | undefined>(
    (highest, step) => (highest && severity(highest.step) > severity(step.step) ? highest : step),
    undefined,
  );
}

function severity(step: LadderStepName): number {
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

function toStep({ when, ...rule }: StepRule, input: DatedInput): LadderStep {
  return { ...rule, recipients: [...rule.recipients], at: instantOf(when, input) };
}

function instantOf(when: When, { due, dueDate, start, anchor = start, calendar }: DatedInput): Instant {
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
