import type { AuditItem } from '../../contracts/audit.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import type { FactQuery, Facts } from '../kernel/facts.ts';
import { itemsOf } from '../universe/items.ts';

/** Items of the audit universe that an audit names: what there is, and under which title it is known when the audit begins. */

interface Ground {
  facts: Facts;
  now: Instant;
}

const idsOf = (items: readonly ItemKey[], prefix: string) => items.flatMap((item) => (item.startsWith(`${prefix}:`) ? [item.slice(prefix.length + 1)] : []));

/** The part of it that lies in cases. */
export function universeNeeds(items: readonly ItemKey[]): FactQuery[] {
  const own = idsOf(items, 'own').map((value): FactQuery => ({ fact: 'byKey', process: 'control', key: 'control', value }));
  const suppliers = idsOf(items, 'supplier').filter((id) => UUID.test(id));
  return [...own, ...(suppliers.length > 0 ? [{ fact: 'cases' as const, ids: suppliers }] : [])];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const named = (id: unknown, title: unknown) => ({ id: String(id), title: String(title) });

function known({ facts, now }: Ground): ReadonlyMap<ItemKey, AuditItem> {
  const { directory, similar, cases } = facts;
  const isOpen = (process: string) => (each: CaseSummary) => each.process === process && each.settled === null;
  const all = itemsOf({
    ownControls: similar.filter(isOpen('control')).filter(({ about }) => about['own'] === 'yes').map(({ about }) => named(about['control'], about['title'])),
    suppliers: cases.filter(isOpen('supplier')).map(({ id, about }) => named(id, about['name'])),
    sites: directory.sites(now).map(({ id, name }) => named(id, name)),
    units: directory.units().filter(({ id }) => directory.isUnitActive(id, now)).map(({ id, name }) => named(id, name)),
    excluded: [],
  });
  return new Map(all.map(({ key, title, kind }) => [key, { key, title, kind }]));
}

export function unknownItems(ground: Ground, items: readonly ItemKey[]): ItemKey[] {
  const all = known(ground);
  return [...new Set(items)].filter((item) => !all.has(item));
}

export function itemsNamed(ground: Ground, items: readonly ItemKey[]): AuditItem[] {
  const all = known(ground);
  return [...new Set(items)].flatMap((item) => all.get(item) ?? []);
}
