import type { AuditDocument } from '../../contracts/audit.ts';
import type { AuditWindow } from '../../contracts/audit-programme.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { SpanKey } from '../../contracts/configuration.ts';
import { localDate } from '../calendar/due.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { addWorkingDays } from '../calendar/working-calendar.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';

/** When what has to be done before an audit, and what may still be moved (rules §7 "Timers", `postpone`). */

type Sees = Pick<View<AuditDocument, never>, 'file' | 'doc' | 'facts' | 'now'>;

export function today({ file, now }: Pick<Sees, 'file' | 'now'>): LocalDate {
  return localDate(now, file.zone);
}

const days = (view: Sees, key: SpanKey) => Number.parseInt(inForce(view).value(key), 10);

/** First day of the audit as far as it is known. */
export function startOf({ doc }: Pick<Sees, 'doc'>): LocalDate {
  return doc.plan?.dates.from ?? doc.window.from;
}

/** So many working days before it begins; at short notice a few days from now, so that there is something to keep. */
export function beforeStart(key: 'audit.team' | 'audit.plan') {
  return (view: Sees): LocalDate => {
    const calendar = calendarOf(view);
    const wanted = addWorkingDays(startOf(view), -days(view, key), calendar);
    const least = addWorkingDays(localDate(view.file.enteredAt, view.file.zone), days(view, 'audit.shortNotice'), calendar);
    return wanted > least ? wanted : least;
  };
}

/** The first day on which an audit may begin whose plan is sent today, unless the auditee consents to less or it is urgent. */
export function earliestStart(view: Sees): LocalDate {
  return addWorkingDays(today(view), days(view, 'audit.plan'), calendarOf(view));
}

/** The latest first day that the programme manager may set alone, reckoned from when it was first planned, however often it is moved. */
export function latestPostponed(view: Sees, cycleEnd: LocalDate | null): LocalDate {
  const latest = datePlus(view.doc.plannedWindow.from, { days: days(view, 'audit.postponement') });
  return cycleEnd !== null && cycleEnd < latest ? cycleEnd : latest;
}

export function lastDayPlanned({ doc }: Pick<Sees, 'doc'>): LocalDate {
  return doc.plan?.dates.until ?? doc.window.until;
}

export function lies({ from, until }: AuditWindow, within: AuditWindow): boolean {
  return from >= within.from && until <= within.until;
}

/** Whether silence has come so far up that others were told: that step of the ladder, or a higher one. */
export function hasEscalated({ file }: { file: Pick<CaseFile<unknown>, 'deadlines'> }, deadline: string, step: 'E1' | 'E3'): boolean {
  const running = file.deadlines[deadline];
  return running?.metAt === null && running.steps.some((each) => each.firedAt !== null && each.step.startsWith('E') && each.step >= step);
}
