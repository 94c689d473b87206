import type { CommonBody } from '../../../contracts/common-commands.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import type { Draft } from '../draft.ts';
import { endOrGoOn } from './decision.ts';
import type { RoundEvent } from './decision.ts';
import { roundReasons } from './entitlement.ts';
import { askSeat } from './asking.ts';
import { eligible, ownSeat, seatsInTurn } from './seats.ts';

/** Recusal (rules §4.3): a conflict that only the person knows of; whoever is next in the seat follows, or a substitute is sought. */

/** Also before one's turn; only for oneself. */
export function recusalReasons(draft: Draft): Reason[] {
  const { round } = draft.file;
  const { person, onBehalfOf } = draft.actor;
  if (round && person !== null && onBehalfOf === undefined && ownSeat(draft, round, person)) return [];
  const reasons = onBehalfOf === undefined ? roundReasons(draft) : [];
  return reasons.length > 0 ? reasons : [reason('NOT_ENTITLED', { entitled: [] })];
}

export function recuse(draft: Draft, { reason: because }: CommonBody<'RECUSE'>): RoundEvent | null {
  const round = draft.file.round!;
  const person = draft.actor.person!;
  const inTurn = seatsInTurn(draft, round).map(({ name }) => name);
  const theirs = round.seats.filter((seat) => seat.decision === null && eligible(draft, round, seat).includes(person));
  const [seat] = theirs;
  draft.actor = { ...draft.actor, role: seat!.name };
  round.recusals.push({ by: person, seat: seat!.name, at: draft.now, reason: because });
  // Of every seat that might have been his: each may be one that is not counted any more.
  for (const each of theirs) {
    draft.happenings.push({ kind: 'recused', round: round.name, number: round.number, seat: each.name, person });
    if (eligible(draft, round, each).length === 0) each.recused = true;
    else if (inTurn.includes(each.name)) askSeat(draft, round, each);
  }
  return endOrGoOn(draft, round, { before: inTurn, by: 'RECUSE' });
}
