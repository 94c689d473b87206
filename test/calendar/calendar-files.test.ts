import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { workingCalendarSchema } from '../../contracts/calendar.ts';
import { precomputeCalendar } from '../../bin/public-holidays.ts';

describe('a working calendar', () => {
  const least = { id: 'site', zone: 'Europe/Berlin' };

  it('works Monday to Friday without holidays unless told otherwise', () => {
    expect(workingCalendarSchema.parse(least)).toEqual({
      ...least,
      weekend: [6, 7],
      holidays: {},
      halfDays: {},
    });
  });

  it.each([
    ['a zone that does not exist', { zone: 'Europe/Munich' }, ['zone']],
    ['an offset for a zone', { zone: '+01:00' }, ['zone']],
    ['a date that does not exist', { holidays: { '2027-02-29': 'Leap day' } }, ['holidays', '2027-02-29']],
    ['a day off without a reason', { holidays: { '2028-02-29': ' ' } }, ['holidays', '2028-02-29']],
    ['a week without a working day', { weekend: [1, 2, 3, 4, 5, 6, 7] }, ['weekend']],
    ['a weekday twice', { weekend: [6, 6] }, ['weekend']],
    ['an eighth weekday', { weekend: [8] }, ['weekend', 0]],
    [
      'a holiday that is a half day too',
      { holidays: { '2027-12-24': 'Christmas Eve' }, halfDays: { '2027-12-24': 'Christmas Eve' } },
      ['halfDays', '2027-12-24'],
    ],
    ['an unknown field', { vacations: {} }, []],
  ])('with %s is refused, and the place is named', (_, wrong, path) => {
    expect(workingCalendarSchema.safeParse({ ...least, ...wrong }).error?.issues).toMatchObject([{ path }]);
  });
});

describe.each(['BE', 'BY'])('the demo calendar DE-%s', (state) => {
  const file = new URL(`../../demo/calendars/DE-${state}.json`, import.meta.url);
  const calendar = workingCalendarSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

  it('is what `isms calendar make` computes', () => {
    const companyDays = ['12-24', '12-31'].map((day) => ({ day, name: 'Company day off' }));
    const germany = { country: 'DE', region: state, companyDays };
    expect(precomputeCalendar({ ...germany, firstYear: 2024, lastYear: 2036 })).toEqual(calendar);
  });

  it('knows the holidays of its state, and the company days by their reason', () => {
    expect(calendar.holidays['2027-01-06']).toBe(state === 'BY' ? 'Epiphany' : undefined);
    expect(calendar.holidays['2027-03-08']).toBe(state === 'BE' ? "International Women's Day" : undefined);
    expect(calendar.holidays['2036-12-31']).toBe('Company day off');
    expect(calendar.holidays['2027-02-08']).toBeUndefined();
  });
});

describe('a calendar made for a region', () => {
  it('gives each day of a longer holiday a date of its own', () => {
    const years = { firstYear: 2027, lastYear: 2027 };
    const { holidays } = precomputeCalendar({ country: 'AE', ...years });
    const feast = Object.keys(holidays).filter((date) => holidays[date]?.includes('al-Adha'));
    expect(feast).toEqual(['2027-05-16', '2027-05-17', '2027-05-18']);
  });

  it('refuses a country it knows nothing about instead of writing an empty calendar', () => {
    const years = { firstYear: 2027, lastYear: 2027 };
    expect(() => precomputeCalendar({ country: 'XX', zone: 'UTC', ...years })).toThrow('No public holidays');
  });
});
