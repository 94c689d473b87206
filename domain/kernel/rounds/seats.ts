import type { Round, RoundSeat } from '../../../contracts/case-file.ts';
import type { Actor } from '../../../contracts/entry.ts';
import type { PersonId, PrincipalKey } from '../../../contracts/identity.ts';
import { askedPerson, personsOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { modes } from './modes.ts';

/** Who sits where in a round, by the directory as it is now. */
type Ground = Pick<Draft, 'facts' | 'now'>;

/** First tier in which somebody is eligible; nobody sits on two seats, and nobody who is barred sits at all. */
export function eligible(ground: Ground, round: Round, seat: RoundSeat): PersonId[] {
  const barred = barredFrom(round);
  const tiers = seat.tiers.map((tier) => personsOf(ground, tier).filter((person) => !barred.includes(person)));
  return tiers.find((tier) => tier.length > 0) ?? [];
}

/** The principals of that tier, or null where nobody may take the seat. */
export function tierOf(ground: Ground, round: Round, seat: RoundSeat): PrincipalKey[] | null {
  const persons = eligible(ground, round, seat);
  return seat.tiers.find((tier) => personsOf(ground, tier).some((person) => persons.includes(person))) ?? null;
}

/** Seats that may decide now: all that are open, or the one whose turn it is (`modes.ts`). */
export function seatsInTurn(ground: Ground, round: Round): RoundSeat[] {
  return modes[round.mode].inTurn(round, staffed(ground, round));
}

/** Seats that somebody has to be found for. */
export function wantingSeats(ground: Ground, round: Round): RoundSeat[] {
  return modes[round.mode].wanting(round, staffed(ground, round));
}

function staffed(ground: Ground, round: Round): (seat: RoundSeat) => boolean {
  return (seat) => eligible(ground, round, seat).length > 0;
}

/** Persons who can decide now: whom an approval that is late reminds. */
export function approversOf(ground: Ground, round: Round | null): PersonId[] {
  return round ? [...new Set(seatsInTurn(ground, round).flatMap((seat) => eligible(ground, round, seat)))] : [];
}

/** Persons who cannot take a further seat: barred by rule, recused, or seated already, be it that another decided in their name. */
export function barredFrom(round: Round): PersonId[] {
  return [...round.never, ...round.recusals.map(({ by }) => by), ...seated(round)];
}

export function seated({ seats }: Round): PersonId[] {
  return seats.flatMap(({ decision }) => (decision ? [decision.by, ...(decision.onBehalfOf ? [decision.onBehalfOf] : [])] : []));
}

/** The seat that the actor can fill now: the own one, or that of the person in whose name he or she acts. */
export function seatOf(ground: Ground, round: Round, actor: Actor): RoundSeat | undefined {
  const person = askedPerson(actor) ?? '';
  return seatsInTurn(ground, round).find((seat) => eligible(ground, round, seat).includes(person) && mayFill(ground, seat, actor));
}

/** Whether the seat falls to the person at all; in the name of another only under what that person lends. */
export function mayFill({ facts, now }: Ground, { tiers }: RoundSeat, actor: Actor): boolean {
  const { directory } = facts;
  const person = askedPerson(actor) ?? '';
  const lent = actor.onBehalfOf === undefined ? null : directory.lentKeysOf(actor.onBehalfOf, now);
  return tiers.flat().some((key) => directory.resolve(key, now).includes(person) && (lent === null || lent.includes(key)));
}

/** An open seat that the person may take though it is not its turn. */
export function ownSeat(ground: Ground, round: Round, person: PersonId): RoundSeat | undefined {
  return round.seats.find((seat) => seat.decision === null && eligible(ground, round, seat).includes(person));
}
