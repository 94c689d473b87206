import { workingCalendarSchema, type WorkingCalendar } from '../../contracts/calendar.ts';

/** The calendar of the time vectors (rules §16.5). */
export const orgCalendar: WorkingCalendar = workingCalendarSchema.parse({
  id: 'org',
  zone: 'Europe/Berlin',
  holidays: {
    '2026-12-24': 'Christmas Eve',
    '2026-12-25': 'Christmas Day',
    '2026-12-31': "New Year's Eve",
    '2027-01-01': "New Year's Day",
  },
});

export function calendarIn(zone: string): WorkingCalendar {
  return { ...orgCalendar, zone };
}
