import type { Round, RoundDecision, RoundMode, RoundSeat } from '../../contracts/case-file.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { throughDelegation } from '../access/on-behalf.ts';
import { endOfWindow } from '../calendar/due.ts';
import { contentHash } from './canonical.ts';
import type { RoundPolicy, SeatPolicy, View } from './definition.ts';
import { andStandIns, askedPerson, calendarOf, desks, inForce, involvementsOf, personsOf, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { raiseFlag } from './follow.ts';
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

/** Who decides in which order, and who never does. */
type Deciders = Pick<Round, 'mode' | 'seats' | 'never'>;

function openRound(draft: Draft, name: string): void {
  const basis = { contentHash: contentOf(draft, name), ...decidersOf(draft, name) };
  const number = ((draft.file.round ?? draft.file.closedRound)?.number ?? 0) + 1;
  draft.file.anchors[`round:${name}`] = draft.now;
  draft.file.round = { name, number, ...basis, openedAt: draft.now, unstaffedReminderAt: null };
  draft.happenings.push({ kind: 'roundOpened', round: name, number, contentHash: basis.contentHash, seats: basis.seats.map((seat) => seat.name) });
  for (const seat of seatsInTurn(draft.file.round)) askSeat(draft, draft.file.round, seat);
  remindUnstaffed(draft);
}

function contentOf(draft: Draft, name: string): string {
  return contentHash(policyOf(draft, name).subject(draft.file));
}

/** The third rejection takes the question to the next authority (rules §4.3). */
function decidersOf(draft: Draft, name: string): Deciders {
  const policy = policyOf(draft, name);
  const view = viewOf(draft);
  const ruled = policy.ruling && (draft.file.reworks[name] ?? 0) >= inForce(draft).value('round.rejectionsBeforeRuling');
  const [mode, seats]: [RoundMode, SeatPolicy[]] = ruled ? ['SEQUENTIAL', policy.ruling!(view)] : [policy.mode(view), policy.seats(view)];
  return { mode, never: policy.never(view), seats: seats.map(({ name: seat, tiers }) => ({ name: seat, tiers, decision: null })) };
}

function askSeat(draft: Draft, round: Round, seat: RoundSeat): void {
  const asked = eligible(draft, round, seat);
  const principals = seat.tiers.find((tier) => personsOf(draft, tier).some((person) => asked.includes(person))) ?? [];
  const { standIns } = desks(draft, { task: 'approve', principals, except: barredFrom(round) });
  tell(draft, [...andStandIns(draft, asked), ...standIns.map(({ person }) => person)], { kind: 'approvalAsked', cause: `round:${round.name}:${round.number}:${seat.name}`, data: { round: round.name } });
}

/** True where others have to decide than when the round was opened: a regrade, another owner, a role in other hands. */
export function hasNewDeciders(draft: Draft): boolean {
  const { round } = draft.file;
  if (!round) return false;
  const text = ({ mode, never, seats }: Deciders) => JSON.stringify([mode, never, seats.map(({ name, tiers }) => [name, tiers])]);
  return text(round) !== text(decidersOf(draft, round.name));
}

/** Restarts the round where its content changed, HARD (rules §4.3), or where others have to decide it. */
export function voidOnChange(draft: Draft): void {
  const { round } = draft.file;
  if (!round || (contentOf(draft, round.name) === round.contentHash && !hasNewDeciders(draft))) return;
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

/** Persons who cannot take a further seat: barred by rule, or seated already, be it that another decided in their name. */
export function barredFrom(round: Round): PersonId[] {
  return [...round.never, ...seated(round)];
}

function seated({ seats }: Round): PersonId[] {
  return seats.flatMap(({ decision }) => (decision ? [decision.by, ...(decision.onBehalfOf ? [decision.onBehalfOf] : [])] : []));
}

/** Nobody may decide: TOP_MGMT is told at once and weekly (rules §18 "Everywhere"); whoever may by now is asked. */
export function remindUnstaffed(draft: Draft): void {
  const { round } = draft.file;
  if (!round) return;
  if (round.unstaffedReminderAt !== null) for (const seat of seatsInTurn(round)) askSeat(draft, round, seat);
  const vacant = vacantSeats(draft, round);
  round.unstaffedReminderAt = vacant.length === 0 ? null : nextWeek(draft);
  for (const { name } of vacant) {
    draft.happenings.push({ kind: 'noEligibleApprover', round: round.name, seat: name });
    tell(draft, personsOf(draft, ['role:TOP_MGMT', 'role:ISO']), { kind: 'noEligibleApprover', cause: `${round.name}:${name}`, data: { round: round.name, seat: name } });
  }
  if (vacant.length > 0) raiseFlag(draft, 'managementReviewItem');
}

function vacantSeats(draft: Draft, round: Round): RoundSeat[] {
  return seatsInTurn(round).filter((seat) => eligible(draft, round, seat).length === 0);
}

/** True where nobody may decide any more and nobody was told, or somebody may again and was not asked. */
export function hasNewStaffing(draft: Draft): boolean {
  const { round } = draft.file;
  return round !== null && vacantSeats(draft, round).length > 0 === (round.unstaffedReminderAt === null);
}

function nextWeek(draft: Draft): Instant {
  return endOfWindow({ anchor: draft.now, duration: inForce(draft).span('round.unstaffedReminder'), calendar: calendarOf(draft) });
}

/** Why this person may not decide on any seat now. */
export function roundReasons(draft: Draft, { actor }: View<never, never>): Reason[] {
  const { round } = draft.file;
  const { person, onBehalfOf } = actor;
  if (!round || person === null) return [reason('ROUND_CLOSED', { round: round?.name ?? '' })];
  const asked = [person, askedPerson(actor)];
  if (seated(round).some((each) => asked.includes(each))) return [reason('ALREADY_DECIDED', { round: round.name })];
  if (!seatOf(draft, round, actor)) return withoutSeat(draft, round, actor);
  return onBehalfOf === undefined ? [] : delegateReasons(draft, round, person);
}

/** Barred by rule (in the name of another: SOD-12), not yet in turn, or never asked. */
function withoutSeat(draft: Draft, round: Round, actor: Actor): Reason[] {
  const asked = askedPerson(actor)!;
  const waitingFor = seatsInTurn(round).map((seat) => seat.name);
  if (!round.seats.some((seat) => mayFill(draft, seat, actor))) return [reason('NOT_ENTITLED', { entitled: waitingFor })];
  if (!round.never.includes(asked)) return [reason('NOT_YOUR_TURN', { waitingFor })];
  const barred = [blocked(draft, round, asked)];
  return actor.onBehalfOf === undefined ? barred : throughDelegation(barred);
}

function blocked(draft: Draft, round: Round, person: PersonId): Reason {
  return reason('SOD_BLOCKED', { rule: policyOf(draft, round.name).neverRule, person, because: 'owner', waivable: false });
}

/** Who decides for another is not barred himself, and has no seat of his own in the round: nobody sits on two (SOD-12). */
function delegateReasons(draft: Draft, round: Round, person: PersonId): Reason[] {
  if (round.never.includes(person)) return [blocked(draft, round, person)];
  const hasOwn = round.seats.some((seat) => seat.decision === null && eligible(draft, round, seat).includes(person));
  return hasOwn ? [reason('SOD_BLOCKED', { rule: 'SOD-12', person, because: 'ownSeat', waivable: false })] : [];
}

/** The seat that the actor can fill now: the own one, or that of the person in whose name he or she acts. */
export function seatOf(draft: Pick<Draft, 'facts' | 'now'>, round: Round, actor: Actor): RoundSeat | undefined {
  const person = askedPerson(actor) ?? '';
  return seatsInTurn(round).find((seat) => eligible(draft, round, seat).includes(person) && mayFill(draft, seat, actor));
}

/** Whether the seat falls to the person at all; in the name of another only under what that person lends. */
function mayFill({ facts, now }: Pick<Draft, 'facts' | 'now'>, { tiers }: RoundSeat, actor: Actor): boolean {
  const { directory } = facts;
  const person = askedPerson(actor) ?? '';
  const lent = actor.onBehalfOf === undefined ? null : directory.lentKeysOf(actor.onBehalfOf, now);
  return tiers.flat().some((key) => directory.resolve(key, now).includes(person) && (lent === null || lent.includes(key)));
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
  const { person, onBehalfOf } = draft.actor;
  const seat = seatOf(draft, round, draft.actor)!;
  const { involves } = policyOf(draft, round.name);
  draft.actor = { ...draft.actor, role: seat.name };
  seat.decision = { by: person!, ...(onBehalfOf && { onBehalfOf }), at: draft.now, verdict, contentHash: round.contentHash, note };
  if (involves && verdict === 'APPROVE') draft.involvements.push(...involvementsOf(draft, involves, draft.file.id));
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
  const count = (draft.file.reworks[round.name] ?? 0) + 1;
  draft.file.reworks[round.name] = count;
  if (count >= inForce(draft).value('round.rejectionsBeforeRuling') && policyOf(draft, round.name).ruling) raiseFlag(draft, 'rulingNeeded');
  const others = round.seats.flatMap((seat) => eligible(draft, round, seat));
  tell(draft, others, { kind: 'roundRejected', cause: `round:${round.name}:${round.number}:rejected`, data: { round: round.name } });
}
