import type { AssessmentScheduleDocument, OpenAssessmentSchedule } from '../../contracts/assessment-schedule.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import { localDate, plusDuration } from '../calendar/due.ts';
import { calendarMonths } from '../calendar/duration.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import { scopeOf } from '../scope/assessment-scope.ts';

/** Planned dates follow one another (rules §5: planned date + 12 months, not late completion + 12). */

type Doc = AssessmentScheduleDocument;
type Sees = View<Doc, never>;
/** What is already known when a schedule is opened. */
type Ground = Pick<Sees, 'facts' | 'now'>;

export function opened({ scope, months, nextOn, completed }: OpenAssessmentSchedule): Doc {
  const done = completed ? [{ assessment: completed.assessment, ref: completed.assessmentRef, on: completed.on }] : [];
  return { scope: scopeOf(scope), months: months ?? null, nextOn, planned: [], completed: done };
}

export function intervalOf(ground: Ground, months: number | null): number {
  return months ?? Number.parseInt(inForce(ground).value('assessment.interval'), 10);
}

function after(date: LocalDate, months: number, { file, facts, now }: Pick<Sees, 'file' | 'facts' | 'now'>): LocalDate {
  return plusDuration(date, calendarMonths(months) as Extract<ReturnType<typeof calendarMonths>, { kind: 'CALENDAR' }>, calendarOf({ file, facts, now }));
}

/** The planned date has come: it is kept, and the next one counts from it. */
export function due(view: Sees): Doc {
  const { doc } = view;
  return { ...doc, planned: [...doc.planned, doc.nextOn], nextOn: after(doc.nextOn, intervalOf(view, doc.months), view) };
}

/** The latest day on which the next assessment may be planned: an interval after the last planned date, or after the schedule began. */
export function latest(view: Sees, months: number): LocalDate {
  const { doc, file } = view;
  return after(doc.planned.at(-1) ?? localDate(file.openedAt, file.zone), months, view);
}
