import type { Replanning } from '../../contracts/audit.ts';
import type { AuditProgrammeAbout, PlannedAudit } from '../../contracts/audit-programme.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Sees } from './team.ts';

/** What the programme behind an audit says: its cycle, and which other audits it has (rules §9 no. 7). */

type Ground = Pick<Sees, 'doc' | 'facts'>;

export function programmeOf({ doc, facts }: Ground): AuditProgrammeAbout | null {
  const found = facts.cases.find(({ id }) => id === doc.programme?.case);
  return found?.process === 'auditProgramme' ? (found.about as AuditProgrammeAbout) : null;
}

function othersIn(view: Ground): string[] {
  const about = programmeOf(view);
  const audits = about ? (JSON.parse(about.audits) as Pick<PlannedAudit, 'key' | 'state'>[]) : [];
  return audits.filter(({ key, state }) => state === 'planned' && key !== view.doc.programme?.key).map(({ key }) => key);
}

/** Each item goes into another audit that is still planned, or into a period that ends with the cycle at the latest. */
export function replanReasons(view: Ground, items: readonly Replanning[]): Reason[] {
  const known = othersIn(view);
  const until = programmeOf(view)?.until ?? null;
  const unknown = items.flatMap(({ into }) => (into !== undefined && !known.includes(into) ? [into] : []));
  const reversed = items.flatMap(({ window }) => (window && window.until < window.from ? [reason('PERIOD_REVERSED', window)] : []));
  const late = items.filter(({ window }) => window && until !== null && window.until > until).map(({ item }) => item);
  return [
    ...(unknown.length > 0 ? [reason('NO_SUCH_PLANNED_AUDIT', { audits: [...new Set(unknown)], known })] : []),
    ...reversed,
    ...(late.length > 0 && until !== null ? [reason('OUTSIDE_CYCLE', { items: late, until })] : []),
  ];
}
