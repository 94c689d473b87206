import type { Reason } from '../../contracts/reasons.ts';

/** How a command ended; recorded with it, so that asking again answers the same. */
export type CommandOutcome =
  | { outcome: 'ACCEPTED'; version: number; revision: number }
  | { outcome: 'REFUSED'; reasons: Reason[]; revision: number };
