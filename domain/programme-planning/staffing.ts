import type { LocalDate, PersonId } from '../../contracts/identity.ts';
import type { ItemKey } from '../../contracts/universe.ts';

/** Who could audit what (rules §9 no. 10): conflicts are known while planning, not when the audit begins. */
export interface Staff {
  leads: readonly PersonId[];
  auditors: readonly PersonId[];
  /** SOD-01 as far as it is known now: whether the person was part of the item within the lookback on that day. */
  conflicted: (person: PersonId, item: ItemKey, on: LocalDate) => boolean;
}

/** Items of those that nobody may audit on that day. */
export function unstaffable(staff: Staff, items: readonly ItemKey[], on: LocalDate): ItemKey[] {
  const everybody = [...new Set([...staff.leads, ...staff.auditors])];
  return items.filter((item) => everybody.every((person) => staff.conflicted(person, item, on)));
}

/** A lead who is free of conflicts, the one with the fewest audits first, and who is needed beside him so that every item has somebody. */
export function proposeTeam(staff: Staff, { items, on, busy }: { items: readonly ItemKey[]; on: LocalDate; busy: ReadonlyMap<PersonId, number> }): { lead: PersonId | null; auditors: PersonId[] } {
  const least = (people: readonly PersonId[]) => people.toSorted((a, b) => (busy.get(a) ?? 0) - (busy.get(b) ?? 0) || (a < b ? -1 : 1));
  const lead = least(staff.leads).find((person) => items.every((item) => !staff.conflicted(person, item, on))) ?? null;
  const open = new Set(lead === null ? items : []);
  const auditors: PersonId[] = [];
  for (const person of least(staff.auditors)) {
    const free = [...open].filter((item) => !staff.conflicted(person, item, on));
    if (free.length === 0) continue;
    auditors.push(person);
    for (const item of free) open.delete(item);
  }
  return { lead, auditors };
}
