import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { Directory } from '../directory/directory.ts';
import { configurationOf } from './in-directory.ts';

/** Working calendars of the sites: they come with the organisation, and changes of the configuration lie over them. */

/** Those that some site keeps then, as they were loaded. */
export function loadedCalendars(directory: Directory, now: Instant): WorkingCalendar[] {
  const units = ['', ...directory.units().map(({ id }) => id)];
  return [...new Map(units.map((unit) => directory.calendarOfUnit(unit, now)).map((each) => [each.id, each])).values()];
}

/** The same as they are in force. */
export function calendarsInForce(directory: Directory, now: Instant): WorkingCalendar[] {
  const inForce = configurationOf(directory).at(now);
  return loadedCalendars(directory, now).map((each) => inForce.calendar(each.id) ?? each);
}
