import type { Round } from '../../../contracts/case-file.ts';
import type { Draft } from '../draft.ts';
import { metaOf } from '../machine.ts';
import { askSeat } from './asking.ts';
import { voidConditions } from './conditions.ts';
import { basisOf, contentOf, decidersOf, hasNewDeciders } from './deciders.ts';
import { seatsInTurn } from './seats.ts';
import { remindUnstaffed } from './staffing.ts';

/** Rounds open with their state, and start again when what they are over changes (rules §4.3). */

/** Opens the round that the state names, or ends the bookkeeping of one that was left. */
export function followRound(draft: Draft): void {
  const { round } = metaOf(draft.definition, draft.file.state);
  if (draft.file.round) draft.file.closedRound = { name: draft.file.round.name, number: draft.file.round.number, seats: draft.file.round.seats };
  draft.file.round = null;
  if (round !== undefined) openRound(draft, round);
}

/** Nothing is carried over from a round before: no decision, recusal, question, substitute or condition. */
function openRound(draft: Draft, name: string): void {
  const number = ((draft.file.round ?? draft.file.closedRound)?.number ?? 0) + 1;
  draft.file.round = null;
  voidConditions(draft, name);
  const deciders = decidersOf(draft, name);
  const content = contentOf(draft, name);
  draft.file.anchors[`round:${name}`] = draft.now;
  const round: Round = { name, number, contentHash: content, ...deciders, basis: basisOf(deciders), recusals: [], questions: [], openedAt: draft.now, unstaffedReminderAt: null };
  draft.file.round = round;
  draft.happenings.push({ kind: 'roundOpened', round: name, number, contentHash: content, seats: round.seats.map((seat) => seat.name) });
  for (const seat of seatsInTurn(draft, round)) askSeat(draft, round, seat);
  remindUnstaffed(draft);
}

/** Restarts the round where its content changed, HARD (rules §4.3), or where others have to decide it. */
export function voidOnChange(draft: Draft): void {
  const { round } = draft.file;
  if (!round || (contentOf(draft, round.name) === round.contentHash && !hasNewDeciders(draft))) return;
  const decisionsVoided = round.seats.filter((seat) => seat.decision).length;
  draft.happenings.push({ kind: 'roundVoided', round: round.name, number: round.number, decisionsVoided });
  openRound(draft, round.name);
}
