import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { Directory } from '../directory/directory.ts';
import { contentHash } from '../kernel/canonical.ts';
import { calendarsInForce, loadedCalendars } from './calendars.ts';

/**
 * A calendar that is in force moves deadlines when it changes, so that it changes under four eyes and not with the next import of people
 * (rules §16.6). Answers the ids of those that a file would change; new calendars may come with a file.
 */
export function changedCalendars(calendars: readonly WorkingCalendar[], { directory, now }: { directory: Directory; now: Instant }): string[] {
  const loaded = new Map(loadedCalendars(directory, now).map((each) => [each.id, each]));
  const inForce = new Map(calendarsInForce(directory, now).map((each) => [each.id, each]));
  const differs = (calendar: WorkingCalendar, other: WorkingCalendar) => daysOf(calendar) !== daysOf(other);
  return calendars
    .filter((each) => loaded.has(each.id) && differs(each, loaded.get(each.id)!) && differs(each, inForce.get(each.id)!))
    .map(({ id }) => id);
}

/** The days alone: the zone is that of the site, and where they come from moves nothing. */
function daysOf({ weekend, holidays, halfDays }: WorkingCalendar): string {
  return contentHash({ weekend, holidays, halfDays });
}
