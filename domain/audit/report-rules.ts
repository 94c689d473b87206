import type { AuditBody } from '../../contracts/audit.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { localDate } from '../calendar/due.ts';
import { isoLeads, barrierReasons, voiceReasons } from './independence.ts';
import { pendingAuditees } from './parties.ts';
import { findingsOf, isLeftUncovered, openItems } from './results.ts';
import { leadOf, undeclared } from './team.ts';
import type { Sees } from './team.ts';

/** What a report has to stand on before it is finalised and issued (rules §7 FACT_CHECK, REPORTING). */

const list = <T extends string>(found: T[], as: (found: T[]) => Reason): Reason[] => (found.length > 0 ? [as(found)] : []);

const nameOf = (each: ReturnType<typeof findingsOf>[number]) => each.found?.ref ?? `f${each.number}`;

/** Comments are answered, the auditee has had his time, and every finding has its grade. */
export function readyReasons(view: Sees<AuditBody<'FINALISE'>>): Reason[] {
  const sees = view as unknown as Sees;
  const { doc, file, now } = sees;
  const due = file.deadlines['factCheck']?.due ?? '';
  const runs = file.state === 'factCheck' && now < due && pendingAuditees(sees as never).length > 0;
  const unready = findingsOf(sees).filter(({ found }) => found === null || (found.settled === null && found.state !== 'confirmed' && found.about['ready'] !== 'yes'));
  return [
    ...list(doc.comments.filter(({ answer }) => answer === null).map(({ key }) => key), (comments) => reason('COMMENTS_UNANSWERED', { comments })),
    ...(runs ? [reason('FACT_CHECK_RUNNING', { until: localDate(due, file.zone), waitingFor: pendingAuditees(sees as never) })] : []),
    ...list(unready.map(nameOf), (findings) => reason('FINDINGS_NOT_READY', { findings })),
  ];
}

/** Whoever has a say in it is independent, now: who leads, who recorded, who drafted (SOD-01, SOD-02). */
function independenceReasons(view: Sees): Reason[] {
  const lead = leadOf(view);
  const all = view.doc.items.map(({ key }) => key).filter((key) => !isLeftUncovered(view.doc, key));
  const own = lead === null ? [] : [...isoLeads(view, lead), ...barrierReasons(view, lead, all, true)];
  return [...own, ...voiceReasons(view)];
}

function standingReasons(view: Sees): Reason[] {
  const lead = leadOf(view);
  const missing = view.doc.terminated === null ? openItems(view.doc) : [];
  return [
    ...(lead !== null && undeclared(view).includes(lead) ? [reason('NOT_DECLARED', { persons: [lead] })] : []),
    ...(view.doc.conclusions === null ? [reason('NOT_FINALISED', {})] : []),
    ...list(missing, (items) => reason('ITEMS_WITHOUT_RESULT', { items })),
  ];
}

export function issueReasons(view: Sees<AuditBody<'ISSUE'>>): Reason[] {
  const sees = view as unknown as Sees;
  const all = findingsOf(sees);
  const open = all.filter(({ found }) => found === null || (found.settled === null && found.state !== 'confirmed'));
  const fallen = all.filter(({ item }) => isLeftUncovered(sees.doc, item));
  return [
    ...standingReasons(sees),
    ...list(open.map(nameOf), (findings) => reason('FINDINGS_NOT_READY', { findings })),
    ...list(fallen.map(nameOf), (findings) => reason('FINDINGS_WITHOUT_INDEPENDENCE', { findings })),
    ...independenceReasons(sees),
  ];
}

/** A new version is issued like the first one. */
export function amendReasons(view: Sees<AuditBody<'AMEND'>>): Reason[] {
  return independenceReasons(view as unknown as Sees);
}
