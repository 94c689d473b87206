import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import { atLocalTime } from '../calendar/due.ts';

/** First and last day on which something holds, both inclusive; open where absent. */
export interface Days {
  from?: LocalDate;
  until?: LocalDate;
}

/** Half-open span of instants; a missing bound is open. */
export interface Span {
  starts?: Instant;
  ends?: Instant;
}

/** Often written for "no end". The instant after it would have five digits in its year and no longer compare as a string. */
export const NO_END: LocalDate = '9999-12-31';

export function dayAfter(date: LocalDate): LocalDate {
  return Temporal.PlainDate.from(date).add({ days: 1 }).toString();
}

/** The instants of the days `from`..`until` in `zone`. Throws RangeError for an unknown zone. */
export function spanOfDays({ from, until = NO_END }: Days, zone: string): Span {
  return {
    starts: from === undefined ? undefined : atLocalTime(from, '00:00', zone),
    ends: until === NO_END ? undefined : atLocalTime(dayAfter(until), '00:00', zone),
  };
}

export function covers({ starts, ends }: Span, at: Instant): boolean {
  return (starts === undefined || starts <= at) && (ends === undefined || at < ends);
}
