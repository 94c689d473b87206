import type { AuditDocument } from '../../contracts/audit.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { Conflict, ConflictsOf } from '../../contracts/independence.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import { conflictReason, independence, lookbackOf } from '../independence/independence.ts';
import { findingsOf, isLeftUncovered, resultOf } from './results.ts';
import { auditorsOfItem, leadOf, teamOf } from './team.ts';
import type { Sees } from './team.ts';

/**
 * Who may audit what (rules §3.2 SOD-01, SOD-02; ISO/IEC 27001:2022 9.2.2): asked anew at assignment, at the opening meeting, at each result and at
 * issue. HARD for who leads, who answers for all items; for a member as far as top management has waived nothing.
 */

/** What somebody does in this audit makes nobody less independent of what it is about. */
export function conflictsOf({ facts, now, file }: Pick<Sees, 'facts' | 'now' | 'file'>): ConflictsOf {
  const { directory, tenures, deeds } = facts;
  return independence({ directory, tenures, deeds, now, lookback: lookbackOf({ facts, now }), except: [file.id] });
}

function isWaived({ waivers }: Pick<AuditDocument, 'waivers'>, { person, item, because }: Conflict): boolean {
  return waivers.some((each) => each.person === person && each.item === item && each.because.includes(because));
}

/** What stands against somebody auditing an item; asked once for many of them. */
export function barring(view: Sees): (person: PersonId, item: ItemKey, leads?: boolean) => Conflict[] {
  const ask = conflictsOf(view);
  return (person, item, leads = leadOf(view) === person) => ask(person, item).filter((each) => leads || !each.waivable || !isWaived(view.doc, each));
}

/** For who leads nothing is waived. */
export function reasonsOf(conflicts: readonly Conflict[], leads = false): Reason[] {
  return conflicts.map((each) => conflictReason({ ...each, waivable: each.waivable && !leads }));
}

export function barrierReasons(view: Sees, person: PersonId, items: readonly ItemKey[], leads = leadOf(view) === person): Reason[] {
  const bars = barring(view);
  return reasonsOf(items.flatMap((item) => bars(person, item, leads)), leads);
}

/** Who leads answers for the report, and the ISO has no part in one (SOD-02). */
export function isoLeads({ facts, now }: Pick<Sees, 'facts' | 'now'>, lead: PersonId | null): Reason[] {
  if (lead === null || !facts.directory.holdsRole(lead, 'ISO', now)) return [];
  return [reason('SOD_BLOCKED', { rule: 'SOD-02', person: lead, because: 'iso', waivable: false })];
}

/** The lead over everything, everybody else over what is theirs. */
export function teamBarriers(view: Sees): Reason[] {
  const all = view.doc.items.map(({ key }) => key).filter((key) => !isLeftUncovered(view.doc, key));
  const each = teamOf(view).flatMap(({ person, role, items }) => barrierReasons(view, person, role === 'LEAD_AUDITOR' ? all : items));
  return [...isoLeads(view, leadOf(view)), ...each];
}

/** Who has said what the report would say about the item: who recorded its result, and who drafted its findings. */
export function voicesOn(view: Sees, item: ItemKey): PersonId[] {
  const by = resultOf(view.doc, item)?.by;
  const numbers = findingsOf(view).filter((each) => each.item === item).map(({ number }) => number);
  const authors = view.doc.findings.filter(({ number }) => numbers.includes(number)).map((each) => each.by);
  return [...new Set([...(by === undefined ? [] : [by]), ...authors])];
}

/** Items on which somebody in conflict has had a say, or is to have one: they are audited again, or reported as not covered. */
export function itemsInConflict(view: Sees): ItemKey[] {
  const bars = barring(view);
  const inConflict = (item: ItemKey) => [...voicesOn(view, item), ...auditorsOfItem(view, item)].some((person) => bars(person, item).length > 0);
  return view.doc.items.map(({ key }) => key).filter((key) => !isLeftUncovered(view.doc, key) && inConflict(key));
}

/** What of it a report would stand on. */
export function voiceReasons(view: Sees): Reason[] {
  return view.doc.items
    .filter(({ key }) => !isLeftUncovered(view.doc, key))
    .flatMap(({ key }) => voicesOn(view, key).flatMap((person) => barrierReasons(view, person, [key])));
}
