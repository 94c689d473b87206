import type { Round, RoundDecision } from '../../../contracts/case-file.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import { viewOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { eventsOf, move } from '../machine.ts';
import { seatOf } from './seats.ts';

/** A decision whose consequence is blocked is refused when it is made (design.md "Settled questions"). */

/** The round as it would be after this decision of the actor. */
export function withMine(draft: Draft, said: { verdict: RoundDecision['verdict']; final?: boolean }): Round {
  const round = draft.file.round!;
  const mine = seatOf(draft, round, draft.actor)?.name;
  const decision = { verdict: said.verdict, ...(said.final && { final: true }) } as RoundDecision;
  return { ...round, seats: round.seats.map((seat) => (seat.name === mine ? { ...seat, decision } : seat)) };
}

/** What the guards say against what the end of the round would lead to, where the machine knows it. */
export function consequenceReasons(draft: Draft, event: string): Reason[] {
  const { definition, file } = draft;
  if (!eventsOf(definition, file.state).includes(event)) return [];
  const result = move(definition, file.state, event, viewOf(draft));
  return result.moved ? [] : result.reasons;
}
