import type { ItemKey, UniverseItem, UniverseKind } from '../../contracts/universe.ts';
import { universePrefixes } from '../../contracts/universe.ts';
import { itemsOfRequirement as auditedItems } from '../framework/audited-items.ts';
import { annexAControls, clauses } from '../framework/framework.ts';

/** What has to be audited: 30 clauses, all controls of Annex A, own controls, sites, units, critical suppliers (rules §9). */

export interface Named {
  id: string;
  title: string;
}

/** The part of the universe that differs from organisation to organisation. `excluded`: ids of controls that are not applicable. */
export interface Organised {
  ownControls: readonly Named[];
  sites: readonly Named[];
  units: readonly Named[];
  suppliers: readonly Named[];
  excluded: readonly string[];
}

export type BareItem = Omit<UniverseItem, 'weight'>;

export function keyOf(kind: UniverseKind, id: string): ItemKey {
  return `${universePrefixes[kind]}:${id}`;
}

const assessable = clauses.filter((each) => each.assessable);

/** Clause 9.2: the audit programme itself, which nobody who runs it audits (rules §18). */
export const programmeClauses: readonly ItemKey[] = assessable.filter(({ id }) => id.startsWith('9.2.')).map(({ id }) => keyOf('CLAUSE', id));

export function itemsOf({ ownControls, sites, units, suppliers, excluded }: Organised): BareItem[] {
  const out = new Set(excluded);
  const plain = (kind: UniverseKind, { id, title }: Named, theme: string | null = null): BareItem => ({ key: keyOf(kind, id), kind, id, title, theme, excluded: out.has(id) && theme !== null });
  const all = [
    ...assessable.map((each) => plain('CLAUSE', each)),
    ...annexAControls.map((each) => plain('CONTROL', each, each.theme)),
    ...ownControls.map((each) => ({ ...plain('OWN_CONTROL', each), excluded: out.has(each.id) })),
    ...sites.map((each) => plain('SITE', each)),
    ...units.map((each) => plain('UNIT', each)),
    ...suppliers.map((each) => plain('SUPPLIER', each)),
  ];
  return [...new Map(all.map((each) => [each.key, each])).values()];
}

/** Items that a requirement is about: a clause with all below it, a control, an own control; none for a rule that is no item. */
export function itemsOfRequirement(requirement: string, ownControls: readonly Named[]): ItemKey[] {
  const own = new Map(ownControls.map(({ id }) => [keyOf('OWN_CONTROL', id).toLowerCase(), keyOf('OWN_CONTROL', id)]));
  return auditedItems(requirement).flatMap((key) => (key.startsWith(`${universePrefixes.OWN_CONTROL}:`) ? (own.get(key.toLowerCase()) ?? []) : key));
}
