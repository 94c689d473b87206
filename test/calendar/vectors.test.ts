import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { workingCalendarSchema } from '../../contracts/calendar.ts';
import { dueInstant, dueOnDate, localDate, localIso } from '../../domain/calendar/due.ts';
import { calendarMonths, clockHours } from '../../domain/calendar/duration.ts';
import { ladderSteps } from '../../domain/kernel/ladder.ts';
import { orgCalendar } from './org-calendar.ts';

const berlin = (instant: string): string => localIso(instant, 'Europe/Berlin');
const due72h = (anchor: string): string =>
  berlin(dueInstant({ anchor, duration: clockHours(72), calendar: orgCalendar }));

describe('time vectors (rules §16.5)', () => {
  const demoBerlin = workingCalendarSchema.parse(
    JSON.parse(readFileSync(new URL('../../demo/calendars/DE-BE.json', import.meta.url), 'utf8')),
  );

  it.each([
    ['the calendar of the vectors', orgCalendar],
    ['the demo calendar of Berlin', demoBerlin],
  ])('vector 1: the ladder for Tue 2026-12-29 leads around Christmas and New Year, in %s', (_, calendar) => {
    const due = dueOnDate('2026-12-29', calendar);
    const steps = ladderSteps({ due, start: '2026-11-02T09:00:00.000Z', ladder: 'standard', calendar });
    expect(steps.map(({ step, at }) => `${step} ${berlin(at)}`)).toEqual([
      'R1 2026-12-16T09:00:00+01:00',
      'R2 2026-12-28T09:00:00+01:00',
      'E0 2026-12-29T17:00:00+01:00',
      'E1 2027-01-05T09:00:00+01:00',
      'E2 2027-01-11T09:00:00+01:00',
      'E3 2027-01-20T09:00:00+01:00',
    ]);
  });

  it('vector 2: an internal due date on Sat 2026-12-26 rolls to Mon 2026-12-28', () => {
    expect(berlin(dueOnDate('2026-12-26', orgCalendar, 'FOLLOWING'))).toBe('2026-12-28T17:00:00+01:00');
  });

  it('vector 3: 72 h from Fri 2026-10-23 18:00 end an hour earlier by the clock when summer time ends', () => {
    expect(due72h('2026-10-23T16:00:00.000Z')).toBe('2026-10-26T17:00:00+01:00');
  });

  it('vector 4: 72 h from Fri 2027-03-26 18:00 end an hour later by the clock when summer time begins', () => {
    expect(due72h('2027-03-26T17:00:00.000Z')).toBe('2027-03-29T19:00:00+02:00');
  });

  it('vector 5: 72 h over Christmas end on Saturday 2026-12-26 at 16:30 and do not roll', () => {
    expect(due72h('2026-12-23T15:30:00.000Z')).toBe('2026-12-26T16:30:00+01:00');
  });

  it('vector 6: one month from 2027-01-31 is 2027-02-28, a Sunday, unless it rolls', () => {
    const span = { anchor: '2027-01-31T11:00:00.000Z', duration: calendarMonths(1), calendar: orgCalendar };
    expect(localDate(dueInstant({ ...span, roll: 'NONE' }), 'Europe/Berlin')).toBe('2027-02-28');
    expect(localDate(dueInstant(span), 'Europe/Berlin')).toBe('2027-03-01');
  });
});

describe('scenario 11 (rules §16.4)', () => {
  const finalReport = (submitted: string): string =>
    dueInstant({ anchor: submitted, duration: calendarMonths(1), calendar: orgCalendar, roll: 'NONE' });

  it('a final report is due a month after submission, so an earlier submission moves it earlier', () => {
    expect(berlin(finalReport('2027-01-28T10:00:00.000Z'))).toBe('2027-02-28T17:00:00+01:00');
    expect(berlin(finalReport('2027-01-27T10:00:00.000Z'))).toBe('2027-02-27T17:00:00+01:00');
  });
});
