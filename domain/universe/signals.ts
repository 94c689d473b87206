import type { Level } from '../../contracts/criteria.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { ItemKey } from '../../contracts/universe.ts';

/** Something that makes an item of the universe weigh more (rules §9 nos. 3, 4); `ref` is the case that says so. */
export type Signal = { item: ItemKey; ref: string } & (
  | { kind: 'RISK'; level: Level }
  /** `open`: not corrected yet. */
  | { kind: 'NONCONFORMITY'; on: LocalDate; open: boolean }
  | { kind: 'CHANGE' | 'INCIDENT'; on: LocalDate }
  | { kind: 'LEGAL' | 'EXCEPTION' }
);

/** How far back anybody looks, in months: the rest are [D] of rules §9. */
export interface Lookback {
  nonconformity: number;
  change: number;
}

/** What a weight is worked out from. `audited`: days on which an item was audited with a result other than "not sampled". */
export interface WeightGround {
  today: LocalDate;
  lookback: Lookback;
  signals: readonly Signal[];
  audited: readonly { item: ItemKey; on: LocalDate }[];
}
