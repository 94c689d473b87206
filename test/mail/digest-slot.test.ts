import { describe, expect, it } from 'vitest';
import { digestSlot, slotAfter } from '../../domain/mail/digest-slot.ts';
import type { WorkingCalendar } from '../../domain/calendar/working-calendar.ts';

const berlin: WorkingCalendar = {
  ...{ id: 'b', zone: 'Europe/Berlin', weekend: [6, 7], halfDays: {} },
  holidays: { '2026-12-25': 'Christmas', '2026-10-26': 'a holiday of the house' },
};
const newYork: WorkingCalendar = { ...berlin, zone: 'America/New_York', holidays: {} };

/** The digests of a span, one after another. */
function slotsBetween(way: 'daily' | 'weekly', calendar: WorkingCalendar, [from, until]: [string, string]) {
  const slots = [];
  for (
    let slot = slotAfter({ way, calendar }, from);
    slot.at < until;
    slot = slotAfter({ way, calendar }, slot.at)
  )
    slots.push(slot);
  return slots;
}

describe('the daily digest', () => {
  it('goes at 08:00 of the reader’s site, once on each side of the October clock change', () => {
    const slots = slotsBetween('daily', newYork, ['2026-10-29T00:00:00.000Z', '2026-11-04T00:00:00.000Z']);
    expect(slots).toEqual([
      { day: '2026-10-29', at: '2026-10-29T12:00:00.000Z' },
      { day: '2026-10-30', at: '2026-10-30T12:00:00.000Z' },
      { day: '2026-11-02', at: '2026-11-02T13:00:00.000Z' },
      { day: '2026-11-03', at: '2026-11-03T13:00:00.000Z' },
    ]);
  });

  it('leaves out weekends and holidays, also where a holiday follows the clock change', () => {
    const slots = slotsBetween('daily', berlin, ['2026-10-22T12:00:00.000Z', '2026-10-28T00:00:00.000Z']);
    expect(slots).toEqual([
      { day: '2026-10-23', at: '2026-10-23T06:00:00.000Z' },
      { day: '2026-10-27', at: '2026-10-27T07:00:00.000Z' },
    ]);
  });

  it('takes what came a moment before, and leaves what came at its very instant to the next', () => {
    const at = '2026-11-03T07:00:00.000Z';
    expect(slotAfter({ way: 'daily', calendar: berlin }, '2026-11-03T06:59:59.999Z').at).toBe(at);
    expect(slotAfter({ way: 'daily', calendar: berlin }, at).day).toBe('2026-11-04');
  });

  it('gathers what was missed while nobody worked into one', () => {
    const now = '2026-11-12T10:00:00.000Z';
    const of = (at: string) => digestSlot({ way: 'daily', calendar: berlin, at, now }).day;
    expect(
      ['2026-11-02T10:00:00.000Z', '2026-11-09T10:00:00.000Z', '2026-11-12T06:00:00.000Z'].map(of),
    ).toEqual(['2026-11-12', '2026-11-12', '2026-11-12']);
    expect(of('2026-11-12T09:00:00.000Z')).toBe('2026-11-13');
  });
});

describe('the weekly digest', () => {
  it('goes on the first working day of the week', () => {
    const slots = slotsBetween('weekly', berlin, ['2026-10-16T00:00:00.000Z', '2026-11-07T00:00:00.000Z']);
    expect(slots.map(({ day }) => day)).toEqual(['2026-10-19', '2026-10-27', '2026-11-02']);
  });

  it('is left out in a week without a working day, and nothing is lost by that', () => {
    const holidays = Object.fromEntries(
      ['21', '22', '23', '24', '25'].map((day) => [`2026-12-${day}`, 'closed']),
    );
    const closed = { ...berlin, holidays };
    const slot = slotAfter({ way: 'weekly', calendar: closed }, '2026-12-16T00:00:00.000Z');
    expect(slot.day).toBe('2026-12-28');
  });

  it('comes to an end even where a calendar has no working day', () => {
    const never = { ...berlin, weekend: [1, 2, 3, 4, 5, 6, 7] };
    expect(slotAfter({ way: 'daily', calendar: never }, '2026-12-16T00:00:00.000Z').day).toBe('2026-12-17');
  });
});
