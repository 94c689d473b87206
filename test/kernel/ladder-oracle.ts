import { Temporal } from 'temporal-polyfill';
import type { CaseFile, Deadline, LadderClass } from '../../contracts/case-file.ts';
import type { Happening } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { applied } from '../../domain/kernel/patch.ts';
import type { JournalEntry, StoredCase } from '../../simulation/memory-store.ts';

/**
 * What the ladders of a case should have done, worked out from its record by the words of rules §4.4 and §4.5 alone: each step fires once,
 * or the record says why it did not.
 */

/** How the record explains a step. */
export const fates = [
  'fired',
  'collapsed',
  'before assignment',
  'met before',
  'another date',
  'another calendar',
  'rested',
  'ahead',
] as const;
export type Fate = (typeof fates)[number];

export interface Verdict {
  problems: string[];
  fates: Fate[];
}

/** Working days before and after the due date; `due` is the due instant itself. */
const tables: Record<Exclude<LadderClass, 'legal'>, Record<string, number | 'due'>> = {
  standard: { R1: -7, R2: -1, E0: 'due', E1: 3, E2: 7, E3: 14 },
  critical: { R1: -3, R2: -1, E0: 'due', E1: 1, E2: 2, E3: 5 },
  reassignment: { R2: -1, E2: 'due', E3: 5 },
  expiry: { R1: -30, R2: -7 },
};
const order = ['R1', 'R2', 'R3', 'E0', 'E1', 'E2', 'E3', 'E4'];
const REPEATED_AFTER_DAYS = 30;

type Fired = Extract<Happening, { kind: 'stepFired' }>;

interface Step {
  step: string;
  at: Instant;
  fired: boolean;
}

interface Tracked {
  issue: number;
  due: Instant;
  isOpen: boolean;
  rests: boolean;
  steps: Step[];
}

export function judgeLadders(
  { journal }: StoredCase,
  { organisation, now }: { organisation: OrganisationFile; now: Instant },
): Verdict {
  const oracle = new Oracle(organisation);
  for (const entry of journal) oracle.read(entry);
  return oracle.conclude(now);
}

class Oracle {
  private readonly organisation: OrganisationFile;
  private readonly tracked = new Map<string, Tracked>();
  private readonly verdict: Verdict = { problems: [], fates: [] };
  private file: CaseFile | null = null;

  constructor(organisation: OrganisationFile) {
    this.organisation = organisation;
  }

  read(entry: JournalEntry): void {
    // Time goes first: whoever decides late does so behind what was told by then.
    if (entry.actor.person !== null)
      this.expectNothingDue(entry.at, `${entry.type} (entry ${entry.version})`);
    this.file = applied(this.file, entry.patch);
    for (const happening of entry.happenings) this.follow(happening, entry);
    for (const [name, each] of this.tracked) each.rests = this.file.deadlines[name]?.pausedAt !== undefined;
  }

  conclude(now: Instant): Verdict {
    this.expectNothingDue(now, 'the end');
    for (const { steps, isOpen, rests } of this.tracked.values())
      for (const { fired, at } of steps)
        if (!fired) this.verdict.fates.push(!isOpen ? 'met before' : rests && at <= now ? 'rested' : 'ahead');
    return this.verdict;
  }

  private expectNothingDue(at: Instant, before: string): void {
    for (const [name, each] of this.tracked) {
      if (!each.isOpen || each.rests) continue;
      for (const step of each.steps)
        if (!step.fired && step.at <= at)
          this.complain(`${step.step} of ${name}, due ${step.at}, did not fire before ${before} at ${at}`);
    }
  }

  private follow(happening: Happening, entry: JournalEntry): void {
    if (happening.kind === 'deadlineSet') this.set(happening, entry.at);
    else if (happening.kind === 'deadlineMet') this.of(happening.deadline).isOpen = false;
    else if (happening.kind === 'deadlineDropped') this.forget(happening.deadline);
    else if (happening.kind === 'deadlineExtended') this.extend(happening, entry.at);
    else if (happening.kind === 'deadlineShifted') this.move(happening, happening.to, 'rested');
    else if (happening.kind === 'timesChanged') this.move(happening, happening.due.to, 'another calendar');
    else if (happening.kind === 'stepFired') this.fire(happening, entry);
  }

  private set({ deadline, issue, due }: Extract<Happening, { kind: 'deadlineSet' }>, at: Instant): void {
    const known = this.tracked.get(deadline);
    if (known?.issue === issue) {
      if (known.due !== due) this.complain(`${deadline} came back with another date, as the same issue`);
      known.isOpen = true;
      return;
    }
    if (known) this.forget(deadline);
    this.tracked.set(deadline, {
      issue,
      due,
      isOpen: true,
      rests: false,
      steps: this.ladder(deadline, due, at),
    });
  }

  private extend(
    { deadline, issue, to }: Extract<Happening, { kind: 'deadlineExtended' }>,
    at: Instant,
  ): void {
    const { rests } = this.of(deadline);
    this.forget(deadline);
    this.tracked.set(deadline, { issue, due: to, isOpen: true, rests, steps: this.ladder(deadline, to, at) });
  }

  /** What had not fired has no date any more. */
  private forget(deadline: string): void {
    for (const { fired } of this.of(deadline).steps) if (!fired) this.verdict.fates.push('another date');
    this.tracked.delete(deadline);
  }

  private move(
    { deadline, steps }: Extract<Happening, { kind: 'deadlineShifted' | 'timesChanged' }>,
    due: Instant,
    fate: Fate,
  ): void {
    const tracked = this.of(deadline);
    tracked.due = due;
    for (const { step: name, from, to } of steps) {
      const step = tracked.steps.find((each) => each.step === name && !each.fired);
      if ((step?.at ?? null) !== from)
        this.complain(`${name} of ${deadline} is said to have been due ${from}, and was ${step?.at}`);
      this.verdict.fates.push(fate);
      if (step && to) step.at = to;
      else if (step) tracked.steps.splice(tracked.steps.indexOf(step), 1);
      else tracked.steps.push({ step: name, at: to!, fired: false });
    }
  }

  private fire({ deadline, step: name, scheduledFor, collapsed, told }: Fired, entry: JournalEntry): void {
    const { steps } = this.of(deadline);
    const what = `${name} of ${deadline} at ${entry.at}`;
    const [step, ...milder] = [name, ...collapsed].map((each) =>
      steps.find((one) => one.step === each && !one.fired),
    );
    if (!step || milder.includes(undefined))
      return this.complain(`${what} fired once more, or was never to fire`);
    if (step.at !== scheduledFor)
      this.complain(`${what} was due ${step.at}, and is said to have been ${scheduledFor}`);
    if (told.length === 0) this.complain(`${what} told nobody`);
    this.expectItsTurn(this.of(deadline), { step, milder: milder as Step[], what }, entry);
    for (const each of [step, ...(milder as Step[])]) each.fired = true;
    this.verdict.fates.push('fired', ...milder.map((): Fate => 'collapsed'));
    if (steps.some(({ fired, at }) => !fired && at <= entry.at))
      this.complain(`${what} was not the only one left to fire`);
    if (name === 'E3' || name === 'E4')
      steps.push({ step: 'E4', at: this.repeated(scheduledFor, entry.at), fired: false });
  }

  /** Not before its time unless the ISO has decided so, and with none of those it stands for more severe than itself. */
  private expectItsTurn(
    { isOpen, rests }: Tracked,
    { step, milder, what }: { step: Step; milder: Step[]; what: string },
    { at, type }: JournalEntry,
  ): void {
    if (step.at > at && type !== 'ACKNOWLEDGE_ESCALATION')
      this.complain(`${what} fired before its time, ${step.at}`);
    if (!isOpen || rests) this.complain(`${what} fired although the deadline ${rests ? 'rests' : 'is met'}`);
    const wrong = milder.filter(
      (each) => order.indexOf(each.step) > order.indexOf(step.step) || each.at > at,
    );
    if (wrong.length > 0)
      this.complain(`${what} swallowed what it may not: ${wrong.map((each) => each.step).join()}`);
  }

  /** Steps as the rules give them; reminders that lie before the task was given are dropped. */
  private ladder(deadline: string, due: Instant, givenAt: Instant): Step[] {
    const { ladder, anchor } = this.file!.deadlines[deadline]!;
    const steps =
      ladder === 'legal'
        ? legalSteps(due, anchor)
        : Object.entries(tables[ladder]).map(([step, days]) => ({
            step,
            at: this.instantOf(ladder, due, days),
            fired: false,
          }));
    const kept = steps.filter(({ step, at }) => !step.startsWith('R') || at > givenAt);
    this.verdict.fates.push(
      ...steps.filter((each) => !kept.includes(each)).map((): Fate => 'before assignment'),
    );
    return kept;
  }

  private instantOf(ladder: LadderClass, due: Instant, days: number | 'due'): Instant {
    if (days === 'due') return due;
    const date = this.localDate(due);
    return this.atNine(ladder === 'expiry' ? date.add({ days }) : this.workingDays(date, days));
  }

  private repeated(previous: Instant, now: Instant): Instant {
    let date = this.localDate(previous).add({ days: REPEATED_AFTER_DAYS });
    while (this.atNine(date) <= now) date = date.add({ days: REPEATED_AFTER_DAYS });
    return this.atNine(date);
  }

  private workingDays(from: Temporal.PlainDate, days: number): Temporal.PlainDate {
    const calendar = this.calendar();
    const isFree = (date: Temporal.PlainDate) =>
      calendar.weekend.includes(date.dayOfWeek) || date.toString() in calendar.holidays;
    let date = from;
    for (let left = Math.abs(days); left > 0; left -= isFree(date) ? 0 : 1)
      date = date.add({ days: Math.sign(days) });
    return date;
  }

  private calendar() {
    const { units, sites, calendars } = this.organisation;
    const unit = units.find(({ id }) => id === this.file!.unit);
    const site = sites.find(({ id }) => id === unit?.site) ?? sites[0]!;
    return calendars.find(({ id }) => id === site.calendar)!;
  }

  private localDate(at: Instant): Temporal.PlainDate {
    return Temporal.Instant.from(at).toZonedDateTimeISO(this.file!.zone).toPlainDate();
  }

  private atNine(date: Temporal.PlainDate): Instant {
    return date
      .toZonedDateTime({ timeZone: this.file!.zone, plainTime: '09:00' })
      .toInstant()
      .toString({ fractionalSecondDigits: 3 });
  }

  private of(deadline: string): Tracked {
    const found = this.tracked.get(deadline);
    if (!found) throw new Error(`the record tells of ${deadline} before it was set`);
    return found;
  }

  private complain(problem: string): void {
    this.verdict.problems.push(problem);
  }
}

/** Half and a quarter of the time there was, and two hours, before the due instant. */
function legalSteps(due: Instant, { at }: Deadline['anchor']): Step[] {
  const whole = Date.parse(due) - Date.parse(at);
  const instants = [whole / 2, whole / 4, 7_200_000].map((before) =>
    new Date(Date.parse(due) - Math.round(before)).toISOString(),
  );
  const reminders = [...new Set(instants)]
    .sort()
    .map((each, n) => ({ step: `R${n + 1}`, at: each, fired: false }));
  return [...reminders, { step: 'E3', at: due, fired: false }];
}
