import type { Round, RoundDecision, RoundSeat } from '../../contracts/case-file.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { calendarDays } from '../calendar/duration.ts';
import { endOfWindow } from '../calendar/due.ts';
import { contentHash } from './canonical.ts';
import type { RoundPolicy, View } from './definition.ts';
import { calendarOf, personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { metaOf } from './machine.ts';
import { tell } from './notices.ts';

/**
 * Approval rounds (rules §4.3). Silence is never consent: nothing here reacts to time but to remind. A change of what is
 * approved voids what was decided and starts the round again.
 */

/** Opens the round that the state names, or ends the bookkeeping of one that was left. */
export function followRound(draft: Draft): void {
  const { round } = metaOf(draft.definition, draft.file.state);
  if (draft.file.round) draft.file.closedRound = { name: draft.file.round.name, number: draft.file.round.number, seats: draft.file.round.seats };
  draft.file.round = null;
  if (round !== undefined) openRound(draft, round);
}

function policyOf(draft: Pick<Draft, 'definition'>, name: string): RoundPolicy<never> {
  const policy = draft.definition.policy.rounds[name];
  if (!policy) throw new Error(`round "${name}" of ${draft.definition.name} is not defined`);
  return policy;
}

function openRound(draft: Draft, name: string): void {
  const policy = policyOf(draft, name);
  const view = viewOf(draft);
  const seats: RoundSeat[] = policy.seats(view).map((seat) => ({ ...seat, decision: null }));
  const number = roundsSoFar(draft, name) + 1;
  draft.file.anchors[`round:${name}`] = draft.now;
  draft.file.reworks[`${name}:rounds`] = number;
  const hash = contentHash(policy.subject(draft.file.document));
  draft.file.round = { name, mode: policy.mode(view), number, contentHash: hash, seats, never: policy.never(view), openedAt: draft.now, unstaffedReminderAt: null };
  draft.happenings.push({ kind: 'roundOpened', round: name, number, contentHash: hash, seats: seats.map((seat) => seat.name) });
  remindUnstaffed(draft);
  for (const seat of seatsInTurn(draft.file.round)) askSeat(draft, draft.file.round, seat);
}

function roundsSoFar(draft: Draft, name: string): number {
  return draft.file.reworks[`${name}:rounds`] ?? 0;
}

function askSeat(draft: Draft, round: Round, seat: RoundSeat): void {
  const asked = eligible(draft, round, seat);
  tell(draft, asked, { kind: 'approvalAsked', cause: `round:${round.name}:${round.number}:${seat.name}`, data: { round: round.name } });
}

/** Restarts the round where its content is no longer what the decisions were given over. HARD (rules §4.3). */
export function voidOnChange(draft: Draft): void {
  const { round } = draft.file;
  if (!round || contentHash(policyOf(draft, round.name).subject(draft.file.document)) === round.contentHash) return;
  const decisionsVoided = round.seats.filter((seat) => seat.decision).length;
  draft.happenings.push({ kind: 'roundVoided', round: round.name, number: round.number, decisionsVoided });
  openRound(draft, round.name);
}

/** Seats that may decide now: the next one in a sequence, all that are open otherwise. */
export function seatsInTurn(round: Round): RoundSeat[] {
  const open = round.seats.filter((seat) => seat.decision === null);
  return round.mode === 'SEQUENTIAL' ? open.slice(0, 1) : open;
}

/** First tier in which somebody is eligible; nobody sits on two seats, and nobody who is barred sits at all. */
export function eligible(draft: Pick<Draft, 'facts' | 'now'>, round: Round, seat: RoundSeat): PersonId[] {
  const barred = barredFrom(round);
  const tiers = seat.tiers.map((tier) => personsOf(draft, tier).filter((person) => !barred.includes(person)));
  return tiers.find((tier) => tier.length > 0) ?? [];
}

/** Persons who cannot take a further seat: barred by rule, or seated already. */
export function barredFrom(round: Round): PersonId[] {
  return [...round.never, ...round.seats.flatMap((seat) => (seat.decision ? [seat.decision.by] : []))];
}

/** Nobody may decide: TOP_MGMT is told at once and weekly (rules §18 "Everywhere"). */
export function remindUnstaffed(draft: Draft): void {
  const { round } = draft.file;
  if (!round) return;
  const vacant = seatsInTurn(round).filter((seat) => eligible(draft, round, seat).length === 0);
  round.unstaffedReminderAt = vacant.length === 0 ? null : nextWeek(draft);
  for (const { name } of vacant) {
    draft.happenings.push({ kind: 'noEligibleApprover', round: round.name, seat: name });
    tell(draft, personsOf(draft, ['role:TOP_MGMT', 'role:ISO']), { kind: 'noEligibleApprover', cause: `${round.name}:${name}`, data: { round: round.name, seat: name } });
  }
  if (vacant.length > 0 && !draft.file.flags.includes('managementReviewItem')) draft.file.flags.push('managementReviewItem');
}

function nextWeek(draft: Draft): Instant {
  return endOfWindow({ anchor: draft.now, duration: calendarDays(7), calendar: calendarOf(draft) });
}

/** Why this person may not decide on any seat now. */
export function roundReasons(draft: Draft, view: View<never, never>): Reason[] {
  const { round } = draft.file;
  const person = view.actor.person;
  if (!round || person === null) return [reason('ROUND_CLOSED', { round: round?.name ?? '' })];
  if (round.seats.some((seat) => seat.decision?.by === person)) return [reason('ALREADY_DECIDED', { round: round.name })];
  if (seatFor(draft, round, person)) return [];
  const { neverRule } = policyOf(draft, round.name);
  const couldOtherwise = round.seats.some((seat) => seat.tiers.some((tier) => personsOf(draft, tier).includes(person)));
  if (couldOtherwise && round.never.includes(person)) return [reason('SOD_BLOCKED', { rule: neverRule, person, because: 'owner', waivable: false })];
  const waitingFor = seatsInTurn(round).map((seat) => seat.name);
  return [couldOtherwise ? reason('NOT_YOUR_TURN', { waitingFor }) : reason('NOT_ENTITLED', { entitled: waitingFor })];
}

export function seatFor(draft: Pick<Draft, 'facts' | 'now'>, round: Round, person: PersonId): RoundSeat | undefined {
  return seatsInTurn(round).find((seat) => eligible(draft, round, seat).includes(person));
}

/** What must hold before an approval counts: the content seen is the content there is, and it may be approved at all. */
export function approvalReasons(draft: Draft, sent: string): Reason[] {
  const round = draft.file.round!;
  if (sent !== round.contentHash) return [reason('CONTENT_CHANGED', { sent, current: round.contentHash })];
  return policyOf(draft, round.name).approvable?.(viewOf(draft)) ?? [];
}

/** Takes the decision; answers the machine event when the round is over (ALL and SEQUENTIAL: the first rejection ends it). */
export function decideSeat(draft: Draft, verdict: RoundDecision['verdict'], note: string | null): 'APPROVED' | 'REJECTED' | null {
  const round = draft.file.round!;
  const by = draft.actor.person!;
  const seat = seatFor(draft, round, by)!;
  seat.decision = { by, at: draft.now, verdict, contentHash: round.contentHash, note };
  draft.happenings.push({ kind: 'decided', round: round.name, number: round.number, seat: seat.name, verdict, contentHash: round.contentHash });
  const result = verdict === 'REJECT' ? 'REJECTED' : seatsInTurn(round).length === 0 ? 'APPROVED' : null;
  if (result === null) return askNext(draft, round);
  if (result === 'REJECTED') countRework(draft, round);
  draft.happenings.push({ kind: 'roundEnded', round: round.name, number: round.number, result });
  return result;
}

function askNext(draft: Draft, round: Round): null {
  if (round.mode === 'SEQUENTIAL') for (const seat of seatsInTurn(round)) askSeat(draft, round, seat);
  remindUnstaffed(draft);
  return null;
}

/** The others in the round learn that it ended (rules §4.3 ALL). */
function countRework(draft: Draft, round: Round): void {
  draft.file.reworks[round.name] = (draft.file.reworks[round.name] ?? 0) + 1;
  const others = round.seats.flatMap((seat) => eligible(draft, round, seat));
  tell(draft, others, { kind: 'roundRejected', cause: `round:${round.name}:${round.number}:rejected`, data: { round: round.name } });
}
