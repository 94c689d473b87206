import type { CommonBody } from '../../../contracts/common-commands.ts';
import type { Round, RoundSeat } from '../../../contracts/case-file.ts';
import type { PersonId } from '../../../contracts/identity.ts';
import { reason } from '../../../contracts/reasons.ts';
import type { Reason } from '../../../contracts/reasons.ts';
import { personsOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { chooserReasons, roundReasons, substituteReasons } from './entitlement.ts';
import { askSeat } from './asking.ts';
import { eligible, seatOf, wantingSeats } from './seats.ts';
import { remindUnstaffed } from './staffing.ts';

/** A seat in other hands: passed on by its approver, or given to a substitute where nobody can take it (rules §4.3, §16.1). */

export function appointmentReasons(draft: Draft, body: CommonBody<'APPOINT_SUBSTITUTE'> | undefined): Reason[] {
  const { round } = draft.file;
  if (!round) return [reason('ROUND_CLOSED', { round: '' })];
  const vacant = wantingSeats(draft, round).map(({ name }) => name);
  if (vacant.length === 0 || (body && !vacant.includes(body.seat))) return [reason('NO_VACANT_SEAT', { round: round.name, seats: vacant })];
  const chooser = chooserReasons(draft, round);
  if (chooser.length > 0 || !body) return chooser;
  return body.person === draft.actor.person ? [reason('SAME_PERSON', { role: body.seat, person: body.person })] : substituteReasons(draft, round, body.person);
}

export function appointSubstitute(draft: Draft, { seat, person }: CommonBody<'APPOINT_SUBSTITUTE'>): null {
  const round = draft.file.round!;
  seatPerson(draft, round.seats.find(({ name }) => name === seat)!, person, 'APPOINT_SUBSTITUTE');
  return null;
}

/** To whom the approver may pass the seat: whoever else could take it, who stands in for him, and who stands above him. */
function successorsOf(draft: Draft, round: Round, seat: RoundSeat, person: PersonId): PersonId[] {
  const { directory } = draft.facts;
  const substitutes = directory.substitutesOf(person, draft.now);
  const above = personsOf(draft, [...seat.tiers.flat(), `manager:${person}`, `manager2:${person}`, 'role:TOP_MGMT']);
  return [...new Set([...substitutes, ...above])].filter((each) => each !== person && !round.never.includes(each));
}

export function passReasons(draft: Draft, body: CommonBody<'PASS_SEAT'> | undefined): Reason[] {
  if (draft.actor.onBehalfOf !== undefined) return [reason('NOT_ENTITLED', { entitled: [] })];
  const who = roundReasons(draft);
  if (who.length > 0 || !body) return who;
  const round = draft.file.round!;
  const barred = substituteReasons(draft, round, body.to).filter((each) => !isSameSeat(draft, round, body.to, each));
  if (barred.length > 0) return barred;
  const possible = successorsOf(draft, round, seatOf(draft, round, draft.actor)!, draft.actor.person!);
  return possible.includes(body.to) ? [] : [reason('NOT_A_SUBSTITUTE', { person: body.to, possible })];
}

/** Who could take that very seat as well holds no other one by that. */
function isSameSeat(draft: Draft, round: Round, to: PersonId, { code, ...data }: Reason): boolean {
  const own = round.seats.filter((seat) => seat.decision === null && eligible(draft, round, seat).includes(to));
  const passed = seatOf(draft, round, draft.actor);
  return code === 'SOD_BLOCKED' && 'because' in data && data.because === 'ownSeat' && own.every((seat) => seat === passed);
}

export function passSeat(draft: Draft, { to }: CommonBody<'PASS_SEAT'>): null {
  const seat = seatOf(draft, draft.file.round!, draft.actor)!;
  draft.actor = { ...draft.actor, role: seat.name };
  seatPerson(draft, seat, to, 'PASS_SEAT');
  return null;
}

/** The person comes before all who could take the seat until now; who passed it on decides only where that person is gone. */
function seatPerson(draft: Draft, seat: RoundSeat, to: PersonId, by: 'APPOINT_SUBSTITUTE' | 'PASS_SEAT'): void {
  const round = draft.file.round!;
  seat.tiers = [[`person:${to}`], ...seat.tiers];
  delete seat.recused;
  draft.happenings.push({ kind: 'seatPassed', round: round.name, number: round.number, seat: seat.name, to, by });
  if (round.unstaffedReminderAt === null) askSeat(draft, round, seat);
  remindUnstaffed(draft);
}
