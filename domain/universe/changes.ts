import type { UniverseItem } from '../../contracts/universe.ts';

/** What has changed in the universe since it was pinned (rules §9 no. 9). */
export interface UniverseChange {
  kind: 'ITEM_ADDED' | 'ITEM_GONE' | 'ITEM_CHANGED';
  item: string;
  /** Of the case behind it, where one is. */
  ref: string | null;
}

/** Items that came, went, or have another reason to be audited each year or not at all any more. A weight alone changes nothing. */
export function universeChanges(pinned: readonly UniverseItem[], now: readonly UniverseItem[]): UniverseChange[] {
  const before = new Map(pinned.map((item) => [item.key, item]));
  const after = new Map(now.map((item) => [item.key, item]));
  const added = now.filter(({ key }) => !before.has(key)).map(({ key }) => ({ kind: 'ITEM_ADDED' as const, item: key, ref: null }));
  const gone = pinned.filter(({ key }) => !after.has(key)).map(({ key }) => ({ kind: 'ITEM_GONE' as const, item: key, ref: null }));
  const changed = now.flatMap((item) => {
    const was = before.get(item.key);
    const refs = was ? newReasons(was, item) : [];
    return was && (was.excluded !== item.excluded || refs.length > 0) ? [{ kind: 'ITEM_CHANGED' as const, item: item.key, ref: refs[0] ?? null }] : [];
  });
  return [...added, ...gone, ...changed];
}

/** Cases for which it is audited each year now, where nothing asked for that before. */
function newReasons(was: UniverseItem, item: UniverseItem): string[] {
  return was.weight.yearly.length > 0 ? [] : item.weight.yearly.flatMap(({ refs }) => refs);
}
