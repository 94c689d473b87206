import type { Round, RoundSeat } from '../../../contracts/case-file.ts';
import { andStandIns, desks } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { tell } from '../notices.ts';
import { barredFrom, eligible, tierOf } from './seats.ts';

/** Tells those who may take the seat, and those who stand in for them, that they are asked. */
export function askSeat(draft: Draft, round: Round, seat: RoundSeat): void {
  const asked = eligible(draft, round, seat);
  const { standIns } = desks(draft, { task: 'approve', principals: tierOf(draft, round, seat) ?? [], except: barredFrom(round) });
  tell(draft, [...andStandIns(draft, asked), ...standIns.map(({ person }) => person)], { kind: 'approvalAsked', cause: `round:${round.name}:${round.number}:${seat.name}`, data: { round: round.name } });
}
