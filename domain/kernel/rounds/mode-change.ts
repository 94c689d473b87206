import type { CommonBody } from '../../../contracts/common-commands.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import type { Draft } from '../draft.ts';
import { approvalReasons } from './conditions.ts';
import { endOrGoOn } from './decision.ts';
import type { RoundEvent } from './decision.ts';
import { chooserReasons } from './entitlement.ts';
import { modes } from './modes.ts';
import { eligible, seatsInTurn, wantingSeats } from './seats.ts';

/** Quorum impossible and no substitute at hand: TOP_MGMT decides how those decide who are left, logged (rules §16.1). */

export function modeChangeReasons(draft: Draft, body: CommonBody<'CHANGE_MODE'> | undefined): Reason[] {
  const { round } = draft.file;
  if (!round) return [reason('ROUND_CLOSED', { round: '' })];
  if (round.mode !== 'QUORUM' || wantingSeats(draft, round).length === 0) return [reason('QUORUM_POSSIBLE', { round: round.name })];
  const chooser = chooserReasons(draft, round);
  if (chooser.length > 0 || !body) return chooser;
  const misfits = misfit(draft, body).map((message) => reason('INVALID_PAYLOAD', { path: 'mode', message }));
  return misfits.length > 0 ? misfits : endReasons(draft, body);
}

/** The change itself rejects nothing, and approves nothing as long as anybody is left to decide. */
function misfit(draft: Draft, body: CommonBody<'CHANGE_MODE'>): string[] {
  const changed = afterwards(draft, body);
  const result = modes[changed.mode].result(changed);
  const isOpen = changed.seats.some(({ decision }) => decision === null);
  if (changed.seats.length === 0 || result === 'REJECTED') return ['asks for more approvals than those who are left can give'];
  return result === 'APPROVED' && isOpen ? ['would approve without those who are left'] : [];
}

/** What would be approved by the change is refused where the approval would be. */
function endReasons(draft: Draft, body: CommonBody<'CHANGE_MODE'>): Reason[] {
  const changed = afterwards(draft, body);
  return modes[changed.mode].result(changed) === 'APPROVED' ? approvalReasons(draft, changed) : [];
}

/** Seats that nobody can take are left out; decisions made so far stay. */
function afterwards(draft: Draft, { mode, quorum }: CommonBody<'CHANGE_MODE'>) {
  const round = { ...draft.file.round! };
  delete round.quorum;
  const seats = round.seats.filter((seat) => seat.decision !== null || eligible(draft, round, seat).length > 0);
  return { ...round, mode, seats, ...(quorum && { quorum }) };
}

export function changeMode(draft: Draft, body: CommonBody<'CHANGE_MODE'>): RoundEvent | null {
  const before = draft.file.round!;
  const inTurn = seatsInTurn(draft, before).map(({ name }) => name);
  const round = afterwards(draft, body);
  draft.file.round = round;
  draft.happenings.push({ kind: 'modeChanged', round: round.name, number: round.number, from: before.mode, to: round.mode, quorum: body.quorum ?? null, seats: round.seats.map(({ name }) => name) });
  return endOrGoOn(draft, round, { before: inTurn, by: 'CHANGE_MODE' });
}
