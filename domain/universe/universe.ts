import type { UniverseItem } from '../../contracts/universe.ts';
import { contentHash } from '../kernel/canonical.ts';
import { itemsOf } from './items.ts';
import type { Organised } from './items.ts';
import type { WeightGround } from './signals.ts';
import { weigher } from './weight.ts';

/** The audit universe as it is now, each item with its weight explained (ISO/IEC 27001:2022 9.2; rules §9). */

export type UniverseSources = Organised & WeightGround;

/** One item for each thing to be audited, in the order of the standard and then of the organisation; no key twice. */
export function universeOf(sources: UniverseSources): UniverseItem[] {
  const weigh = weigher(sources);
  return itemsOf(sources).map((item) => ({ ...item, weight: weigh(item) }));
}

/** Hash of what has to be audited: keys, titles and exclusions; weights move every day and say when, not what. */
export function universeHash(items: readonly UniverseItem[]): string {
  return contentHash(items.map(({ key, title, excluded }) => ({ key, title, excluded })));
}
