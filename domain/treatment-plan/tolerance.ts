import type { LocalDate } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { localDate } from '../calendar/due.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import type { View } from '../kernel/definition.ts';
import type { TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { caseOf, levelOf, treated } from './rules.ts';

/** How long a level may be tolerated, from today on (rules §6 "Validity caps"): while it is treated no longer than if it were accepted. */

type Seen = View<TreatmentPlanDocument, never>;

/** Last day for the risk as it is rated now; null where it has no level. */
export function latestFor(view: Seen, risk: string): LocalDate | null {
  const level = levelOf(view, risk);
  if (!level) return null;
  const criteria = criteriaOf(view.facts).at(view.now);
  const category = caseOf(view, risk)?.about['category'] as string | null | undefined;
  const duration = criteria.validity(level, criteria.isAcceptable(level, category ?? null));
  return duration.kind === 'CALENDAR' ? datePlus(localDate(view.now, view.file.zone), duration) : null;
}

/** A present level is tolerated longer, but not for ever. */
export function prolongingReasons(view: Seen, asked: { risk: string; until: LocalDate } | undefined): Reason[] {
  const latest = asked && latestFor(view, asked.risk);
  return asked && latest && asked.until > latest ? [reason('VALIDITY_TOO_LONG', { until: asked.until, latest })] : [];
}

/** To approve a plan tolerates the present levels until its target date (rules §18): it has to lie ahead. */
export function targetReasons(view: Seen): Reason[] {
  const targetDate = view.doc.content?.targetDate;
  const passed = targetDate !== undefined && targetDate < localDate(view.now, view.file.zone);
  return passed && treated(view.doc).length > 0 ? [reason('TARGET_DATE_PASSED', { targetDate })] : [];
}
