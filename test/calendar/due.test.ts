import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atLocalTime,
  dueInstant,
  dueOnDate,
  endOfWindow,
  localDate,
  localIso,
} from '../../domain/calendar/due.ts';
import {
  calendarDays,
  calendarMonths,
  clockHours,
  workingDays,
  type Duration,
} from '../../domain/calendar/duration.ts';
import { isWorkingDay } from '../../domain/calendar/working-calendar.ts';
import { calendarIn, orgCalendar } from './org-calendar.ts';
import { propertyRuns } from '../support/property-runs.ts';

const BERLIN = 'Europe/Berlin';
const due = (anchor: string, duration: Duration): string =>
  localIso(dueInstant({ anchor, duration, calendar: orgCalendar }), BERLIN);
const windowEnd = (anchor: string, duration: Duration): string =>
  localIso(endOfWindow({ anchor, duration, calendar: orgCalendar }), BERLIN);

const anyInstant = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyDateDuration = fc.oneof(
  fc.integer({ min: 0, max: 400 }).map(calendarDays),
  fc.integer({ min: 0, max: 36 }).map(calendarMonths),
  fc.integer({ min: 0, max: 60 }).map(workingDays),
);
const anyZone = fc.constantFrom(BERLIN, 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland', 'UTC');

describe('a deadline in days', () => {
  it('is due at 17:00 at the site, whatever the time of its anchor', () => {
    expect(due('2026-11-24T22:30:00.000Z', workingDays(3))).toBe('2026-11-27T17:00:00+01:00');
    expect(due('2026-11-24T23:30:00.000Z', workingDays(3))).toBe('2026-11-30T17:00:00+01:00');
  });

  it('takes the date of its anchor from the clocks of the site', () => {
    const anchor = '2026-11-24T20:00:00.000Z';
    const auckland = dueInstant({
      anchor,
      duration: calendarDays(1),
      calendar: calendarIn('Pacific/Auckland'),
    });
    expect(localIso(auckland, 'Pacific/Auckland')).toBe('2026-11-26T17:00:00+13:00');
  });

  it('counts from the following working days when its anchor is on a day off', () => {
    expect(due('2026-11-28T10:00:00.000Z', workingDays(1))).toBe('2026-11-30T17:00:00+01:00');
  });

  it.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2027-03-31', 1, '2027-04-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2027-01-30', 1, '2027-02-28'],
  ])('clamps at the end of a month: %s plus %i months is %s', (from, months, to) => {
    const span = { anchor: `${from}T12:00:00.000Z`, duration: calendarMonths(months), calendar: orgCalendar };
    expect(localDate(dueInstant({ ...span, roll: 'NONE' }), BERLIN)).toBe(to);
  });

  it('adds years, then months, then days', () => {
    const duration: Duration = { kind: 'CALENDAR', years: 1, months: 1, days: 1 };
    expect(windowEnd('2027-01-31T12:00:00.000Z', duration)).toBe('2028-03-01T13:00:00+01:00');
  });

  it('rolls as its rule says', () => {
    expect(localDate(dueOnDate('2026-12-26', orgCalendar), BERLIN)).toBe('2026-12-28');
    expect(localDate(dueOnDate('2026-12-26', orgCalendar, 'PRECEDING'), BERLIN)).toBe('2026-12-23');
    expect(localDate(dueOnDate('2026-12-26', orgCalendar, 'NONE'), BERLIN)).toBe('2026-12-26');
    expect(localDate(dueOnDate('2026-12-28', orgCalendar, 'PRECEDING'), BERLIN)).toBe('2026-12-28');
  });

  it('falls on a working day at 17:00, in any zone, unless nothing rolls', () => {
    fc.assert(
      fc.property(anyInstant, anyDateDuration, anyZone, (anchor, duration, zone) => {
        const instant = dueInstant({ anchor, duration, calendar: calendarIn(zone) });
        expect(localIso(instant, zone)).toContain('T17:00:00');
        expect(isWorkingDay(localDate(instant, zone), orgCalendar)).toBe(true);
      }),
      propertyRuns(),
    );
  });
});

describe('a deadline in hours', () => {
  it('is exactly so much elapsed time later, whatever calendar, zone and roll rule', () => {
    const anyHours = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(anyInstant, anyHours, anyZone, (anchor, hours, zone) => {
        const span = { anchor, duration: clockHours(hours), calendar: calendarIn(zone) };
        const instant = dueInstant({ ...span, roll: 'FOLLOWING' });
        expect(Date.parse(instant) - Date.parse(anchor)).toBe(hours * 3_600_000);
        expect(endOfWindow(span)).toBe(instant);
      }),
      propertyRuns(),
    );
  });

  it('takes whole hours only', () => {
    expect(() => clockHours(1.5)).toThrow('whole number');
  });
});

describe('a window', () => {
  it('ends at the same time of day at the site across both changes of the clocks', () => {
    expect(windowEnd('2027-01-15T08:30:00.000Z', calendarDays(90))).toBe('2027-04-15T09:30:00+02:00');
    expect(windowEnd('2027-09-15T07:30:00.000Z', calendarDays(90))).toBe('2027-12-14T09:30:00+01:00');
  });

  it('does not roll off a day off', () => {
    expect(windowEnd('2026-12-19T10:15:00.000Z', calendarDays(7))).toBe('2026-12-26T11:15:00+01:00');
  });

  it('may be counted in working days', () => {
    expect(windowEnd('2026-12-29T10:15:00.000Z', workingDays(3))).toBe('2027-01-05T11:15:00+01:00');
  });

  it('keeps the fraction of a second of its anchor', () => {
    expect(
      endOfWindow({ anchor: '2027-01-15T08:30:00.123Z', duration: calendarDays(1), calendar: orgCalendar }),
    ).toBe('2027-01-16T08:30:00.123Z');
  });
});

describe('local time', () => {
  it('that is skipped in spring comes after the gap', () => {
    expect(localIso(atLocalTime('2027-03-28', '02:30', BERLIN), BERLIN)).toBe('2027-03-28T03:30:00+02:00');
  });

  it('that comes twice in autumn is the first of the two', () => {
    expect(localIso(atLocalTime('2026-10-25', '02:30', BERLIN), BERLIN)).toBe('2026-10-25T02:30:00+02:00');
  });

  it('shows both of the two with their offsets', () => {
    expect(localIso('2026-10-25T00:30:00.000Z', BERLIN)).toBe('2026-10-25T02:30:00+02:00');
    expect(localIso('2026-10-25T01:30:00.000Z', BERLIN)).toBe('2026-10-25T02:30:00+01:00');
  });

  it('is written with a fraction of a second only where there is one', () => {
    expect(localIso('2026-12-29T16:00:00.000Z', BERLIN)).toBe('2026-12-29T17:00:00+01:00');
    expect(localIso('2026-12-29T16:00:00.250Z', BERLIN)).toBe('2026-12-29T17:00:00.25+01:00');
  });

  it('becomes an instant written as Date writes it', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (instant, zone) => {
        const written = atLocalTime(localDate(instant, zone), '09:00', zone);
        expect(written).toBe(new Date(written).toISOString());
      }),
      propertyRuns(),
    );
  });
});
