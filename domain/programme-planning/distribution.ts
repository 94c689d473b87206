import type { PlannedAudit, ProgrammeYear } from '../../contracts/audit-programme.ts';
import type { ItemKey, UniverseItem, UniverseKind } from '../../contracts/universe.ts';
import type { Presence } from './presence.ts';
import { why } from './why-texts.ts';

/** Which item is audited in which years: rules §9 nos. 1 to 7. */

/** For each year that can still be planned, its items with the reasons. */
export type Assignment = Map<ProgrammeYear, Map<ItemKey, string[]>>;

export interface DistributionGround {
  universe: readonly UniverseItem[];
  /** Years in which something can still be planned, in their order. */
  years: readonly ProgrammeYear[];
  /** What is reached without any new plan. */
  reached: Presence;
  /** Items for which top management has signed a gap. */
  gaps: ReadonlySet<ItemKey>;
  /** Items whose audit was cancelled or that were not sampled: they come again, as early as may be. */
  reopened: ReadonlySet<ItemKey>;
}

const isControl = ({ kind }: UniverseItem) => kind === 'CONTROL' || kind === 'OWN_CONTROL';

export function distribute(ground: DistributionGround): Assignment {
  const assigned: Assignment = new Map(ground.years.map((year) => [year, new Map()]));
  if (ground.years.length === 0) return assigned;
  const items = ground.universe.filter(({ key }) => !ground.gaps.has(key));
  for (const item of items) for (const { because, refs } of item.weight.yearly) eachYear(assigned, ground, item, why(because, refs));
  const once = items.filter((item) => item.weight.yearly.length === 0 && !ground.reached.anywhere(item.key));
  reopen(assigned, ground, once);
  const rest = once.filter(({ key }) => !ground.reopened.has(key));
  for (const group of groups) fill(assigned, ground, rest.filter(group));
  coverThemes(assigned, ground, items.filter(isControl));
  return assigned;
}

const groups: ((item: UniverseItem) => boolean)[] = [isControl, ...(['SITE', 'UNIT', 'SUPPLIER'] as const satisfies UniverseKind[]).map((kind) => (item: UniverseItem) => item.kind === kind)];

function eachYear(assigned: Assignment, { years, reached }: DistributionGround, item: UniverseItem, reason: string): void {
  for (const year of years) if (!reached.has(item.key, year)) put(assigned, year, item.key, reason);
}

function put(assigned: Assignment, year: ProgrammeYear, item: ItemKey, reason: string): void {
  const items = assigned.get(year)!;
  items.set(item, [...(items.get(item) ?? []), reason]);
}

function reopen(assigned: Assignment, { years, reopened }: DistributionGround, once: readonly UniverseItem[]): void {
  for (const { key } of once) if (reopened.has(key)) put(assigned, years[0]!, key, why('REPLANNED'));
}

/** The heaviest first, so that no year gets many more than another. */
function fill(assigned: Assignment, ground: DistributionGround, items: readonly UniverseItem[]): void {
  const heaviestFirst = items.toSorted(byWeight);
  const isOfGroup = new Set(items.map(({ kind }) => kind));
  const loads = ground.years.map((year) => loadOf(assigned, ground, year, isOfGroup));
  let next = 0;
  quotas(loads, heaviestFirst.length).forEach((quota, n) => {
    for (const item of heaviestFirst.slice(next, next + quota)) put(assigned, ground.years[n]!, item.key, why('WEIGHT', [String(item.weight.total)]));
    next += quota;
  });
}

export function byWeight(one: UniverseItem, other: UniverseItem): number {
  return other.weight.total - one.weight.total || (one.key < other.key ? -1 : 1);
}

/** How many of those kinds the year has already. */
function loadOf(assigned: Assignment, { universe, reached }: DistributionGround, year: ProgrammeYear, kinds: ReadonlySet<UniverseKind>): number {
  return universe.filter(({ key, kind }) => kinds.has(kind) && (assigned.get(year)!.has(key) || reached.has(key, year))).length;
}

/** How many more each year takes, so that all have the same in the end as far as that is possible; earlier years take what is left over. */
export function quotas(loads: readonly number[], count: number): number[] {
  const given = loads.map(() => 0);
  for (let n = 0; n < count; n += 1) {
    const totals = loads.map((load, year) => load + given[year]!);
    given[totals.indexOf(Math.min(...totals))]! += 1;
  }
  return given;
}

/** Each year covers all four themes: by an exchange with another year, else by auditing something once more. */
function coverThemes(assigned: Assignment, ground: DistributionGround, controls: readonly UniverseItem[]): void {
  const themes = [...new Set(controls.flatMap(({ theme }) => theme ?? []))];
  for (const year of ground.years) {
    for (const theme of themes) {
      const there = controls.some((item) => item.theme === theme && (assigned.get(year)!.has(item.key) || ground.reached.has(item.key, year)));
      if (!there) coverTheme(assigned, ground, { year, theme, controls });
    }
  }
}

interface Missing {
  year: ProgrammeYear;
  theme: string;
  controls: readonly UniverseItem[];
}

function coverTheme(assigned: Assignment, ground: DistributionGround, missing: Missing): void {
  const { year, theme, controls } = missing;
  const donor = ground.years.filter((each) => each !== year).find((each) => movable(assigned, { ...missing, year: each }).length > 0 && ofTheme(assigned, ground, { ...missing, year: each }).length > 1);
  const given = donor === undefined ? undefined : movable(assigned, { ...missing, year: donor }).at(donor < year ? -1 : 0);
  if (given && donor !== undefined) {
    assigned.get(donor)!.delete(given.key);
    put(assigned, year, given.key, why('THEME', [theme]));
    giveBack(assigned, ground, { from: year, to: donor, missing });
  } else {
    const again = controls.filter((item) => item.theme === theme).toSorted(byWeight)[0]!;
    put(assigned, year, again.key, why('THEME', [theme]));
  }
}

/** Controls of the theme that the year audits. */
function ofTheme(assigned: Assignment, { reached }: DistributionGround, { year, theme, controls }: Missing): UniverseItem[] {
  return controls.filter((item) => item.theme === theme && (assigned.get(year)!.has(item.key) || reached.has(item.key, year)));
}

/** Those of them that are there by their weight alone, the heaviest first. */
function movable(assigned: Assignment, { year, theme, controls }: Missing): UniverseItem[] {
  return controls.filter((item) => item.theme === theme && isByWeight(assigned.get(year)!.get(item.key))).toSorted(byWeight);
}

function isByWeight(reasons: readonly string[] | undefined): boolean {
  return reasons?.length === 1 && reasons[0]!.startsWith('WEIGHT');
}

/** For what it got the year gives up something of a theme of which it has more than one. */
function giveBack(assigned: Assignment, ground: DistributionGround, { from, to, missing }: { from: ProgrammeYear; to: ProgrammeYear; missing: Missing }): void {
  const { controls, theme } = missing;
  const spare = controls
    .filter((item) => item.theme !== theme && isByWeight(assigned.get(from)!.get(item.key)) && ofTheme(assigned, ground, { year: from, theme: item.theme!, controls }).length > 1)
    .toSorted(byWeight)
    .at(to > from ? -1 : 0);
  if (!spare) return;
  assigned.get(from)!.delete(spare.key);
  put(assigned, to, spare.key, why('THEME', [spare.theme!]));
}

/** Items whose last audit was cancelled, or whose results all say "not sampled" (rules §9 nos. 7, 8). */
export function reopenedItems(audits: readonly PlannedAudit[], results: readonly { items: readonly { item: ItemKey; result: string }[] }[]): Set<ItemKey> {
  const cancelled = audits.filter(({ state }) => state === 'cancelled').flatMap(({ items }) => items);
  const unsampled = results.flatMap(({ items }) => items.filter(({ result }) => result === 'NOT_SAMPLED').map(({ item }) => item));
  return new Set([...cancelled, ...unsampled]);
}
