import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../contracts/errors.ts';
import type { CaseId, Instant, LocalDate } from '../../contracts/identity.ts';
import { linkTo } from '../mail/message.ts';
import { wordFor } from '../mail/words.ts';

/** What stands in a person's calendar: the audits that he or she may see, and what he or she is asked to do by when. */

/** One event of the calendar; `from` and `before` are days (the second after the last one), or one instant. */
export interface CalendarEntry {
  /** The same for the same thing whatever changes about it, so that a calendar moves it instead of showing it twice. */
  uid: string;
  summary: string;
  at: { from: LocalDate; before: LocalDate } | { instant: Instant };
  /** Not agreed yet. */
  tentative: boolean;
  url: string;
  changedAt: Instant;
}

export interface DatedAudit {
  /** Of the audit, or of the programme that plans it. */
  id: CaseId;
  ref: string;
  /** Of an audit that a programme plans; null: of one that has been opened. */
  key: string | null;
  title: string;
  state: string;
  from: LocalDate;
  /** Last day. */
  until: LocalDate;
  updatedAt: Instant;
}

export interface DatedTask {
  task: string;
  deadline: string | null;
  due: Instant | null;
  since: Instant;
  case: { id: CaseId; ref: string; process: string; title: string };
}

export interface Spoken {
  language: Language;
  publicUrl: string;
  /** Processes whose cases are called by names of people: a calendar lies with others, and shows the reference alone. */
  untitled: readonly string[];
}

/** States in which nobody has agreed to the dates yet. */
const unsettled = ['planned', 'scheduled', 'preparation', 'planSent'];

export function auditEntry({ id, ref, key, title, state, from, until, updatedAt }: DatedAudit, { language, publicUrl }: Spoken): CalendarEntry {
  const before = Temporal.PlainDate.from(until).add({ days: 1 }).toString();
  return {
    uid: key === null ? `${id}-audit` : `${id}-${key}`,
    summary: `${wordFor('process', 'audit', language)}: ${title} (${key === null ? ref : `${ref} ${key}`})`,
    at: { from, before },
    tentative: unsettled.includes(state),
    url: linkTo(publicUrl, ref),
    changedAt: updatedAt,
  };
}

/** What has no date stands in no calendar. */
export function taskEntries(tasks: readonly DatedTask[], { language, publicUrl, untitled }: Spoken): CalendarEntry[] {
  return tasks.flatMap(({ task, deadline, due, since, case: { id, ref, process, title } }) => {
    if (due === null) return [];
    const about = untitled.includes(process) ? wordFor('process', process, language) : title;
    return [{ uid: `${id}-${task}-${deadline ?? ''}`, summary: `${ref}: ${wordFor('task', task, language)} (${about})`, at: { instant: due }, tentative: false, url: linkTo(publicUrl, ref), changedAt: since }];
  });
}
