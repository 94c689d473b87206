import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../../contracts/identity.ts';
import type { LadderClass } from '../../contracts/case-file.ts';
import { ladderSteps, repeatedStep, type LadderStep } from '../kernel/ladder.ts';
import { atLocalTime, dueInstant, localDate, localIso, type RollRule } from './due.ts';
import { parseDuration, refuse, type Result } from './duration-text.ts';
import type { Duration } from './duration.ts';
import type { WorkingCalendar } from './working-calendar.ts';

/** The question behind `isms calendar due`, as people type it. */
export interface DueQuestion {
  /** An instant (`2026-10-23T16:00Z`, `2026-10-23T18:00+02:00`), a local time at the site (`2026-10-23T18:00`) or a date. */
  anchor: string;
  /** As `parseDuration` reads it. */
  duration: string;
  calendar: WorkingCalendar;
  /** FOLLOWING unless given, NONE in the legal class (rules §4.4). */
  roll?: RollRule;
  ladder?: LadderClass;
}

export type LocalLadderStep = LadderStep & { local: string };

/** A deadline worked out: every instant in UTC and as the clocks at the site show it. */
export interface DueExplanation {
  anchor: Instant;
  anchorLocal: string;
  duration: Duration;
  roll: RollRule;
  ladder: LadderClass;
  due: Instant;
  dueLocal: string;
  /** The ladder that a task given at the anchor would have, and the first E4. */
  steps: LocalLadderStep[];
  /** Years touched for which the calendar names no holiday: there only weekends were taken into account. */
  yearsWithoutHolidays: number[];
}

/** Works out a deadline and its ladder so that a person can check them against a paper calendar (rules §4.4, §4.5). */
export function explainDue(question: DueQuestion): Result<DueExplanation> {
  const parsed = parseDuration(question.duration);
  if (!parsed.ok) return parsed;
  const read = readAnchor(question, parsed.duration);
  if (!read.ok) return read;
  return { ok: true, ...workOut({ ...question, anchor: read.anchor, duration: parsed.duration }) };
}

type ReadQuestion = Omit<DueQuestion, 'duration'> & { anchor: Instant; duration: Duration };

function workOut(question: ReadQuestion): DueExplanation {
  const { anchor, duration, calendar, ladder = 'standard' } = question;
  const roll =
    duration.kind === 'CLOCK' ? 'NONE' : (question.roll ?? (ladder === 'legal' ? 'NONE' : 'FOLLOWING'));
  const due = dueInstant({ anchor, duration, calendar, roll });
  const steps = withRepetition(ladderSteps({ due, start: anchor, ladder, calendar }), calendar);
  const local = (instant: Instant): string => localIso(instant, calendar.zone);
  return {
    ...{ anchor, anchorLocal: local(anchor), duration, roll, ladder, due, dueLocal: local(due) },
    steps: steps.map((step) => ({ ...step, local: local(step.at) })),
    yearsWithoutHolidays: yearsWithoutHolidays([anchor, due, ...steps.map(({ at }) => at)], calendar),
  };
}

function withRepetition(steps: LadderStep[], calendar: WorkingCalendar): LadderStep[] {
  const last = steps.at(-1);
  return last ? [...steps, repeatedStep(last.at, calendar)] : steps;
}

function yearsWithoutHolidays(instants: Instant[], { zone, holidays }: WorkingCalendar): number[] {
  const covered = new Set(Object.keys(holidays).map((date) => date.slice(0, 4)));
  const years = new Set(instants.map((instant) => localDate(instant, zone).slice(0, 4)));
  return [...years].filter((year) => !covered.has(year)).map(Number);
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const WITH_OFFSET = /(Z|[+-]\d{2}:\d{2})$/;
const PLAUSIBLE_YEAR = /^(19|20|21)/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?$/;

function readAnchor({ anchor, calendar }: DueQuestion, { kind }: Duration): Result<{ anchor: Instant }> {
  const text = anchor.trim();
  if (!DATE.test(text) && !DATE_TIME.test(text)) {
    return refuse(
      'Write the start as a date or time, such as 2026-10-23, 2026-10-23T18:00 or 2026-10-23T16:00Z',
      anchor,
    );
  }
  if (DATE.test(text) && kind === 'CLOCK') {
    return refuse('Hours are counted from a time of day; add it, such as 2026-10-23T18:00', anchor);
  }
  const instant = PLAUSIBLE_YEAR.test(text) ? toInstant(text, calendar.zone) : undefined;
  return instant
    ? { ok: true, anchor: instant }
    : refuse('Give a date and time that exist, from 1900 to 2199', anchor);
}

/** Undefined where the date or time does not exist: Temporal throws on such text, whatever its shape. */
function toInstant(text: string, zone: string): Instant | undefined {
  try {
    if (DATE.test(text)) return atLocalTime(text, '00:00', zone);
    if (!WITH_OFFSET.test(text)) return atLocalTime(text.slice(0, 10), text.slice(11), zone);
    return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 });
  } catch {
    return undefined;
  }
}
