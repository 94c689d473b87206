import type { UniverseKind, universePrefixes } from '../../contracts/universe.ts';

/** One item of the universe by its key, such as `control:A.8.13` (contracts/universe.ts). */
export interface Item {
  kind: (typeof universePrefixes)[UniverseKind];
  id: string;
}

export function itemOf(key: string): Item {
  const [kind = '', ...rest] = key.split(':');
  return { kind: kind as Item['kind'], id: rest.join(':') };
}
