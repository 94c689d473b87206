import type { Reason } from '../../../contracts/reasons.ts';
import type { PersonId } from '../../../contracts/identity.ts';
import { personsOf } from '../draft.ts';
import type { Draft } from '../draft.ts';

/** Decisions without effect that are kept as notes (rules §4.3): those that come too late, and those made twice. */
export type Note = 'LATE_DECISION' | 'DUPLICATE_DECISION';

/** What is noted of a refused decision, or null. `names` are those in whose name it could have been made. */
export function noteOf(draft: Draft, reasons: readonly Reason[], names: readonly PersonId[]): Note | null {
  const { closedRound, round } = draft.file;
  if (round) return reasons.some(({ code }) => code === 'ALREADY_DECIDED') ? 'DUPLICATE_DECISION' : null;
  const seats = closedRound?.seats ?? [];
  return seats.some((seat) => seat.tiers.some((tier) => personsOf(draft, tier).some((person) => names.includes(person)))) ? 'LATE_DECISION' : null;
}
