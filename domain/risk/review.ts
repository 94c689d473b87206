import type { LocalDate } from '../../contracts/identity.ts';
import type { Rating } from '../../contracts/risk.ts';
import { localDate, plusDuration } from '../calendar/due.ts';
import type { Duration } from '../calendar/duration.ts';
import type { WorkingCalendar } from '../calendar/working-calendar.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import { isOpen } from '../kernel/deadlines.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import type { Sees } from './rating.ts';

/**
 * When a risk is reviewed next (ISO/IEC 27001:2022 8.2 "planned intervals"; rules §5 "Timers", §18). It follows the plan, not the
 * day on which the last review was done: an interval cannot drift, however late reviews are.
 */
export interface Planning {
  planned: LocalDate | null;
  ratedOn: LocalDate;
  interval: Duration;
  /** A rating so long before the planned review counts as that review. */
  ahead: Duration;
  calendar: WorkingCalendar;
}

type Days = Exclude<Duration, { kind: 'CLOCK' }>;

export function nextReview({ planned, ratedOn, interval, ahead, calendar }: Planning): LocalDate {
  const after = (date: LocalDate, times = 1) => plusDuration(date, multiplied(interval, times), calendar);
  if (planned === null) return after(ratedOn);
  // One rating more in between moves nothing, unless the risk has become one that is reviewed sooner.
  if (plusDuration(ratedOn, ahead as Days, calendar) < planned) return [planned, after(ratedOn)].sort()[0]!;
  let times = 1;
  while (after(planned, times) <= ratedOn) times += 1;
  return after(planned, times);
}

function multiplied(interval: Duration, times: number): Days {
  if (interval.kind === 'CLOCK') throw new RangeError('a review is planned in days or months');
  if (interval.kind === 'WORKING') return { ...interval, days: interval.days * times };
  const { days = 0, months = 0 } = interval;
  return { kind: 'CALENDAR', days: days * times, months: months * times };
}

/** The same for this risk and a rating that holds from now on. */
export function reviewAfter(view: Sees, { level, on }: Pick<Rating, 'level' | 'on'>): LocalDate {
  const { facts, now, doc, file } = view;
  const interval = criteriaOf(facts).at(now).reviewInterval(level);
  const ahead = inForce(view).span('risk.reviewAhead');
  return nextReview({ planned: doc.reviewOn, ratedOn: on, interval, ahead, calendar: calendarOf({ file, facts, now }) });
}

/** Looked at again and found to be as it was: the next review is the one after today. */
export function reviewAfterDismissal(view: Sees): LocalDate | null {
  const { current } = view.doc.ratings;
  return current && reviewAfter(view, { level: current.level, on: localDate(view.now, view.file.zone) });
}

/** The day of the planned review has come. */
export function reviewIsDue({ file, now }: Sees): boolean {
  const review = file.deadlines['review'];
  return isOpen(review) && review.pausedAt === undefined && review.due <= now;
}
