import type { Round } from '../../../contracts/case-file.ts';
import type { Actor } from '../../../contracts/entry.ts';
import type { PersonId } from '../../../contracts/identity.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import { throughDelegation } from '../../access/on-behalf.ts';
import { familyOf, segregationReasons } from '../../access/segregation.ts';
import { askedPerson } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { roundPolicy } from './deciders.ts';
import { mayFill, ownSeat, seatOf, seated, seatsInTurn } from './seats.ts';

/** Why this person may not decide on any seat now. */
export function roundReasons(draft: Draft): Reason[] {
  const { round } = draft.file;
  const { actor } = draft;
  const { person, onBehalfOf } = actor;
  if (!round || person === null) return [reason('ROUND_CLOSED', { round: round?.name ?? '' })];
  const taken = takenReasons(round, [person, askedPerson(actor)!]);
  if (taken.length > 0) return taken;
  if (!seatOf(draft, round, actor)) return withoutSeat(draft, round, actor);
  return onBehalfOf === undefined ? [] : delegateReasons(draft, round, person);
}

/** Barred by rule (in the name of another: SOD-12), not yet in turn, or never asked. */
function withoutSeat(draft: Draft, round: Round, actor: Actor): Reason[] {
  const asked = askedPerson(actor)!;
  const waitingFor = seatsInTurn(draft, round).map((seat) => seat.name);
  if (!round.seats.some((seat) => mayFill(draft, seat, actor))) return [reason('NOT_ENTITLED', { entitled: waitingFor })];
  if (!round.never.includes(asked)) return [reason('NOT_YOUR_TURN', { waitingFor })];
  const barred = [blocked(draft, round, asked)];
  return actor.onBehalfOf === undefined ? barred : throughDelegation(barred);
}

/** Nobody decides twice, and nobody after having recused himself. */
function takenReasons(round: Round, persons: readonly PersonId[]): Reason[] {
  if (persons.some((each) => seated(round).includes(each))) return [reason('ALREADY_DECIDED', { round: round.name })];
  const recused = round.recusals.find(({ by }) => persons.includes(by));
  return recused ? [reason('RECUSED', { round: round.name, person: recused.by })] : [];
}

function blocked(draft: Draft, round: Round, person: PersonId): Reason {
  return reason('SOD_BLOCKED', { rule: roundPolicy(draft, round.name).neverRule, person, because: 'owner', waivable: false });
}

/** Who decides for another is not barred himself, and has no seat of his own in the round: nobody sits on two (SOD-12). */
function delegateReasons(draft: Draft, round: Round, person: PersonId): Reason[] {
  if (round.never.includes(person)) return [blocked(draft, round, person)];
  return ownSeat(draft, round, person) ? [ownSeatReason(person)] : [];
}

function ownSeatReason(person: PersonId): Reason {
  return reason('SOD_BLOCKED', { rule: 'SOD-12', person, because: 'ownSeat', waivable: false });
}

/** Why the person may not be given a seat: the same rules as for everybody who decides (rules §3.2). */
export function substituteReasons(draft: Draft, round: Round, person: PersonId): Reason[] {
  if (round.never.includes(person)) return [blocked(draft, round, person)];
  const taken = takenReasons(round, [person]);
  if (taken.length > 0) return taken;
  if (ownSeat(draft, round, person)) return [ownSeatReason(person)];
  const { involves } = roundPolicy(draft, round.name);
  return involves ? segregationReasons(person, involves, familyOf(draft.file), draft.facts.involvements) : [];
}

/** Nobody who is barred from deciding chooses who decides instead, or how. */
export function chooserReasons(draft: Draft, round: Round): Reason[] {
  const barred = [draft.actor.person, draft.actor.onBehalfOf].find((each) => each != null && round.never.includes(each));
  return barred ? [blocked(draft, round, barred)] : [];
}
