import { Temporal } from 'temporal-polyfill';
import { programmeYears } from '../../contracts/audit-programme.ts';
import type { AuditWindow, ProgrammeYear } from '../../contracts/audit-programme.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { yearStart } from '../universe/matrix.ts';

/** When audits can take place: so many windows a year, the last of them weeks before an outside audit (rules §9 "year rhythm"). */

/** The last audit of a year ends so many weeks before an outside audit that comes late enough in it. */
const WEEKS_BEFORE_OUTSIDE = 8;
/** An outside audit so soon in a year leaves no time for the whole round: the clauses come before it in the first audit, if that is possible. */
const SOON_DAYS = 116;
const DAYS_AHEAD_OF_SOON = 7;
/** From a Monday to the Friday of the week after. */
const WINDOW_DAYS = 12;

export interface SlotGround {
  cycle: AuditWindow;
  certification: readonly LocalDate[];
  perYear: number;
  /** No audit can be prepared for a day before that. */
  earliest: LocalDate;
}

/** `n` of how many were meant for the year, so that the rhythm stays when the first ones have passed. */
export interface Slot {
  n: number;
  window: AuditWindow;
}

export interface YearSlots {
  year: ProgrammeYear;
  slots: Slot[];
  /** An outside audit comes soon: the clauses are audited in the first slot that ends by then. */
  clausesBy: LocalDate | null;
}

/** Years in which something can still be planned, in their order. */
export function slotsOf(ground: SlotGround): YearSlots[] {
  return programmeYears.map((year) => slotsOfYear(ground, year)).filter(({ slots }) => slots.length > 0);
}

function slotsOfYear(ground: SlotGround, year: ProgrammeYear): YearSlots {
  const start = yearStart(ground.cycle.from, year);
  const end = datePlus(yearStart(ground.cycle.from, year + 1), { days: -1 });
  const last = lastDay(ground.certification, start, end);
  const meant = evenly(start, last, ground.perYear);
  const clausesBy = soon(ground.certification, start);
  const moved = clausesBy === null ? meant : firstBy(meant, clausesBy, later(start, ground.earliest));
  const possible = moved.filter(({ window }) => window.from >= ground.earliest);
  return { year, clausesBy, slots: possible.length > 0 ? possible : rest(ground, start, end) };
}

/** The day by which the round of the year is over. */
function lastDay(certification: readonly LocalDate[], start: LocalDate, end: LocalDate): LocalDate {
  const outside = certification.filter((day) => day >= datePlus(start, { days: SOON_DAYS })).map((day) => datePlus(day, { days: -7 * WEEKS_BEFORE_OUTSIDE }));
  return [end, ...outside].sort()[0]!;
}

function soon(certification: readonly LocalDate[], start: LocalDate): LocalDate | null {
  const found = certification.filter((day) => day >= start && day < datePlus(start, { days: SOON_DAYS })).sort()[0];
  return found === undefined ? null : datePlus(found, { days: -DAYS_AHEAD_OF_SOON });
}

/** Windows at the ends of equal parts, on whole weeks. */
function evenly(start: LocalDate, end: LocalDate, count: number): Slot[] {
  const days = daysBetween(start, end) + 1;
  return Array.from({ length: count }, (_, n) => ({ n, window: endingBy(datePlus(start, { days: Math.floor(((n + 1) * days) / count) - 1 }), start) }));
}

/** Ends on the last Friday by then. */
function endingBy(day: LocalDate, notBefore: LocalDate): AuditWindow {
  const weekday = Temporal.PlainDate.from(day).dayOfWeek;
  const until = datePlus(day, { days: -((weekday + 2) % 7) });
  const from = datePlus(until, { days: 1 - WINDOW_DAYS });
  return until < notBefore ? { from: notBefore, until: day } : { from: later(from, notBefore), until };
}

/** The first audit is brought forward, where there is time for it. */
function firstBy(slots: readonly Slot[], day: LocalDate, notBefore: LocalDate): Slot[] {
  const [first, ...others] = slots;
  if (first === undefined || first.window.until <= day || notBefore > day) return [...slots];
  return [{ n: first.n, window: endingBy(day, notBefore) }, ...others];
}

/** The usual windows of the year have passed; what is left of it is one. */
function rest({ earliest }: SlotGround, start: LocalDate, end: LocalDate): Slot[] {
  if (earliest < start || datePlus(earliest, { days: 5 }) > end) return [];
  const until = datePlus(earliest, { days: WINDOW_DAYS - 1 });
  return [{ n: 0, window: { from: earliest, until: until < end ? until : end } }];
}

export function daysBetween(from: LocalDate, until: LocalDate): number {
  return Temporal.PlainDate.from(from).until(until).days;
}

function later(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}
