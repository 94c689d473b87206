import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { ICalEventData } from 'ical-generator';
import type { Language } from '../../contracts/errors.ts';
import type { CalendarEntry } from '../../domain/exchange/calendar-entries.ts';

export interface IcalHead {
  name: string;
  /** Part of every UID, so that those of two installations differ. */
  host: string;
  language: Language;
}

const ASK_AGAIN_SECONDS = 3600;

/** The calendar as programs subscribe to it (RFC 5545). It says nothing of when it was made, so that the same content is the same file. */
export function icalOf(entries: readonly CalendarEntry[], { name, host, language }: IcalHead): string {
  const calendar = ical({ name, ttl: ASK_AGAIN_SECONDS, prodId: { company: 'isms-engine', product: 'isms-engine', language: language.toUpperCase() } });
  for (const entry of entries) calendar.createEvent(eventOf(entry, host));
  return calendar.toString();
}

/** Nothing blocks anybody's time: a due date is no appointment, and an audit is one for some of its hours only. */
function eventOf({ uid, summary, at, tentative, url, changedAt }: CalendarEntry, host: string): ICalEventData {
  const when = 'instant' in at ? { start: new Date(at.instant) } : { start: at.from, end: at.before, allDay: true };
  const status = tentative ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED;
  return { ...when, id: `${uid}@${host}`, summary: summary.replaceAll(/\s+/g, ' '), url, status, transparency: ICalEventTransparency.TRANSPARENT, stamp: changedAt, lastModified: changedAt };
}
