import type { CommonBody } from '../../../contracts/common-commands.ts';
import type { Round, RoundDecision } from '../../../contracts/case-file.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import { inForce, involvementsOf, viewOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { raiseFlag } from '../flagging.ts';
import { eventsOf } from '../machine.ts';
import { tell } from '../notices.ts';
import { conditionReasons, openConditions } from './conditions.ts';
import { consequenceReasons, withMine } from './consequence.ts';
import { roundPolicy } from './deciders.ts';
import { roundReasons } from './entitlement.ts';
import { modes } from './modes.ts';
import type { RoundResult } from './modes.ts';
import { askSeat } from './asking.ts';
import { eligible, seatOf, seatsInTurn } from './seats.ts';
import { remindUnstaffed } from './staffing.ts';

export type RoundEvent = 'APPROVED' | 'REJECTED' | 'REJECTED_FINAL';

/** What must hold before an approval counts: the content seen is the content there is, and it may be approved at all. */
export function approveReasons(draft: Draft, body: CommonBody<'APPROVE'> | undefined): Reason[] {
  const who = roundReasons(draft);
  if (who.length > 0) return who;
  const { name, contentHash } = draft.file.round!;
  if (body && body.contentHash !== contentHash) return [reason('CONTENT_CHANGED', { sent: body.contentHash, current: contentHash })];
  const unready = roundPolicy(draft, name).approvable?.(viewOf(draft)) ?? [];
  return unready.length > 0 ? unready : conditionReasons(draft, body?.conditions ?? []);
}

/** For good only where the machine knows such an end, and not where the machine would not follow. */
export function rejectReasons(draft: Draft, body: CommonBody<'REJECT'> | undefined): Reason[] {
  const who = roundReasons(draft);
  if (who.length > 0 || !body) return who;
  if (body.final && !eventsOf(draft.definition, draft.file.state).includes('REJECTED_FINAL')) return [reason('NO_FINAL_REJECTION', { round: draft.file.round!.name })];
  const round = withMine(draft, { verdict: 'REJECT', final: body.final });
  if (resultAfter(round, 'REJECT') === null) return [];
  return consequenceReasons(draft, isFinal(round) ? 'REJECTED_FINAL' : 'REJECTED');
}

export function approve(draft: Draft, { note, conditions }: CommonBody<'APPROVE'>): RoundEvent | null {
  return decideSeat(draft, { verdict: 'APPROVE', note: note ?? null, ...(conditions.length > 0 && { conditions }) });
}

export function reject(draft: Draft, { reason: note, final }: CommonBody<'REJECT'>): RoundEvent | null {
  return decideSeat(draft, { verdict: 'REJECT', note, ...(final && { final }) });
}

/** Takes the decision; answers the machine event when the round is over. */
function decideSeat(draft: Draft, said: Pick<RoundDecision, 'verdict' | 'note' | 'conditions' | 'final'>): RoundEvent | null {
  const round = draft.file.round!;
  const { person, onBehalfOf } = draft.actor;
  const inTurn = seatsInTurn(draft, round).map(({ name }) => name);
  const seat = seatOf(draft, round, draft.actor)!;
  const { involves } = roundPolicy(draft, round.name);
  draft.actor = { ...draft.actor, role: seat.name };
  seat.decision = { by: person!, ...(onBehalfOf && { onBehalfOf }), at: draft.now, contentHash: round.contentHash, ...said };
  if (involves && said.verdict === 'APPROVE') draft.involvements.push(...involvementsOf(draft, involves, draft.file.id));
  const { name, number, contentHash } = round;
  draft.happenings.push({ kind: 'decided', round: name, number, seat: seat.name, verdict: said.verdict, contentHash, conditions: said.conditions?.length ?? 0, final: said.final ?? false });
  return endOrGoOn(draft, round, { before: inTurn, by: said.verdict });
}

/** What has just happened in the round, and who was in turn before. */
interface Act {
  before: readonly string[];
  by: RoundDecision['verdict'] | 'RECUSE' | 'CHANGE_MODE';
}

/**
 * An approval comes about by a yes, or where TOP_MGMT changes the mode: a recusal leaves fewer to be counted and a no is none, but neither
 * of them approves (rules §4.3 "silence is never consent"). Whoever is left decides, else a substitute is sought.
 */
export function resultAfter(round: Round, by: Act['by']): RoundResult | null {
  const result = modes[round.mode].result(round);
  return result === 'APPROVED' && (by === 'RECUSE' || by === 'REJECT') ? null : result;
}

/** After a decision, a recusal or a change of the mode: over, or whoever is in turn now and was not before is asked. */
export function endOrGoOn(draft: Draft, round: Round, { before, by }: Act): RoundEvent | null {
  const result = resultAfter(round, by);
  if (result === null) {
    for (const seat of seatsInTurn(draft, round)) if (!before.includes(seat.name)) askSeat(draft, round, seat);
    remindUnstaffed(draft);
    return null;
  }
  const final = result === 'REJECTED' && isFinal(round);
  draft.happenings.push({ kind: 'roundEnded', round: round.name, number: round.number, result, final });
  if (result === 'APPROVED') draft.file.approvedAt ??= draft.now;
  if (result === 'APPROVED') openConditions(draft, round);
  else if (!final) countRework(draft, round);
  return final ? 'REJECTED_FINAL' : result;
}

/** For good only where all who reject say so: one who asks for rework leaves the way open. */
function isFinal({ seats }: Round): boolean {
  const rejections = seats.flatMap(({ decision }) => (decision?.verdict === 'REJECT' ? [decision] : []));
  return rejections.length > 0 && rejections.every(({ final }) => final);
}

/** The others in the round learn that it ended (rules §4.3 ALL). */
function countRework(draft: Draft, round: Round): void {
  const count = (draft.file.reworks[round.name] ?? 0) + 1;
  draft.file.reworks[round.name] = count;
  if (count >= inForce(draft).value('round.rejectionsBeforeRuling') && roundPolicy(draft, round.name).ruling) raiseFlag(draft, 'rulingNeeded');
  const others = round.seats.flatMap((seat) => eligible(draft, round, seat));
  tell(draft, others, { kind: 'roundRejected', cause: `round:${round.name}:${round.number}:rejected`, data: { round: round.name } });
}
