import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addWorkingDays, countWorkingDays, isWorkingDay } from '../../domain/calendar/working-calendar.ts';
import { orgCalendar } from './org-calendar.ts';
import { propertyRuns } from '../support/property-runs.ts';

const anyDate = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyWorkingDate = anyDate.filter((date) => isWorkingDay(date, orgCalendar));
const anyCount = fc.integer({ min: -60, max: 60 });

describe('a working day', () => {
  it('is neither on the weekend nor a holiday', () => {
    expect(isWorkingDay('2026-12-23', orgCalendar)).toBe(true);
    expect(isWorkingDay('2026-12-24', orgCalendar)).toBe(false);
    expect(isWorkingDay('2026-12-26', orgCalendar)).toBe(false);
  });

  it('may be a half day', () => {
    const calendar = { ...orgCalendar, halfDays: { '2026-12-23': 'Company party' } };
    expect(isWorkingDay('2026-12-23', calendar)).toBe(true);
    expect(addWorkingDays('2026-12-22', 1, calendar)).toBe('2026-12-23');
  });

  it('follows the weekend of the site, such as Friday and Saturday', () => {
    const calendar = { ...orgCalendar, weekend: [5, 6] };
    expect(addWorkingDays('2026-11-26', 1, calendar)).toBe('2026-11-29');
  });

  it('follows an edited calendar at once', () => {
    expect(addWorkingDays('2026-11-24', 1, orgCalendar)).toBe('2026-11-25');
    const edited = { ...orgCalendar, holidays: { '2026-11-25': 'Works outing' } };
    expect(addWorkingDays('2026-11-24', 1, edited)).toBe('2026-11-26');
  });
});

describe('adding working days', () => {
  it('counts back across Christmas', () => {
    expect(addWorkingDays('2027-01-04', -1, orgCalendar)).toBe('2026-12-30');
    expect(addWorkingDays('2027-01-04', -3, orgCalendar)).toBe('2026-12-28');
    expect(addWorkingDays('2027-01-04', -4, orgCalendar)).toBe('2026-12-23');
  });

  it('starts with the next working day when the first is a day off', () => {
    expect(addWorkingDays('2026-12-26', 1, orgCalendar)).toBe('2026-12-28');
    expect(addWorkingDays('2026-12-26', -1, orgCalendar)).toBe('2026-12-23');
  });

  it('of none changes nothing, not even on a day off', () => {
    expect(addWorkingDays('2026-12-26', 0, orgCalendar)).toBe('2026-12-26');
  });

  it('passes the leap day', () => {
    expect(addWorkingDays('2028-02-28', 1, orgCalendar)).toBe('2028-02-29');
    expect(addWorkingDays('2028-03-01', -1, orgCalendar)).toBe('2028-02-29');
  });

  it('rejects a date that does not exist', () => {
    expect(() => addWorkingDays('2027-02-29', 1, orgCalendar)).toThrow(RangeError);
  });

  it('and taking them away again leads back to any working day', () => {
    fc.assert(
      fc.property(anyWorkingDate, anyCount, (date, n) => {
        expect(addWorkingDays(addWorkingDays(date, n, orgCalendar), -n, orgCalendar)).toBe(date);
      }),
      propertyRuns(),
    );
  });

  it('always ends on a working day', () => {
    fc.assert(
      fc.property(anyDate, anyCount.filter(Boolean), (date, n) => {
        expect(isWorkingDay(addWorkingDays(date, n, orgCalendar), orgCalendar)).toBe(true);
      }),
      propertyRuns(),
    );
  });
});

describe('counting working days', () => {
  it('leaves out the first day and includes the last', () => {
    expect(countWorkingDays('2026-12-29', '2027-01-05', orgCalendar)).toBe(3);
    expect(countWorkingDays('2027-01-05', '2026-12-29', orgCalendar)).toBe(-3);
    expect(countWorkingDays('2026-12-29', '2026-12-29', orgCalendar)).toBe(0);
    expect(countWorkingDays('2026-12-24', '2026-12-26', orgCalendar)).toBe(0);
  });

  it('is the inverse of adding them', () => {
    fc.assert(
      fc.property(anyDate, anyCount, (date, n) => {
        expect(countWorkingDays(date, addWorkingDays(date, n, orgCalendar), orgCalendar)).toBe(
          n === 0 ? 0 : n,
        );
      }),
      propertyRuns(),
    );
  });
});
