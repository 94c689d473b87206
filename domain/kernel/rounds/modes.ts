import type { RoundMode } from '../../../contracts/approval.ts';
import type { Round, RoundSeat } from '../../../contracts/case-file.ts';

/**
 * The six modes of approval (rules §4.3), one row each: who is asked now, when the round is over and with what result, and which
 * seats it cannot do without. Nothing here knows the time: silence is never consent.
 */
export type RoundResult = 'APPROVED' | 'REJECTED';

/** Whether somebody may take the seat as things are. */
export type Staffed = (seat: RoundSeat) => boolean;

interface ModeRule {
  /** Open seats that decide now. */
  inTurn(round: Round, staffed: Staffed): RoundSeat[];
  /** From what was decided alone. */
  result(round: Round): RoundResult | null;
  /** Open seats that nobody may take and without which it cannot be approved: a substitute is sought for them. */
  wanting(round: Round, staffed: Staffed): RoundSeat[];
}

const open = ({ seats }: Round) => seats.filter(({ decision }) => decision === null);
const withVerdict = ({ seats }: Round, verdict: 'APPROVE' | 'REJECT') => seats.filter(({ decision }) => decision?.verdict === verdict);

/** Every seat at the same time; the first rejection ends it. */
const all: ModeRule = {
  inTurn: open,
  result: unanimous,
  wanting: (round, staffed) => open(round).filter((seat) => !staffed(seat)),
};

function unanimous(round: Round): RoundResult | null {
  if (withVerdict(round, 'REJECT').length > 0) return 'REJECTED';
  return round.seats.length > 0 && open(round).length === 0 ? 'APPROVED' : null;
}

const sequential: ModeRule = {
  inTurn: (round) => open(round).slice(0, 1),
  result: unanimous,
  wanting: (round, staffed) => open(round).slice(0, 1).filter((seat) => !staffed(seat)),
};

/** Both sides are heard until one of them cannot win any more. */
const quorum: ModeRule = {
  inTurn: open,
  result: (round) => {
    const approvals = withVerdict(round, 'APPROVE').length;
    if (approvals >= needed(round) && mandatory(round).every(({ decision }) => decision?.verdict === 'APPROVE')) return 'APPROVED';
    return canStillBeReached(round) ? null : 'REJECTED';
  },
  wanting: (round, staffed) => {
    const staffedSeats = open(round).filter(staffed);
    const vacant = open(round).filter((seat) => !staffed(seat));
    const reachable = staffedSeats.length > 0 && withVerdict(round, 'APPROVE').length + staffedSeats.length >= needed(round);
    return reachable ? vacant.filter((seat) => seat.mandatory) : vacant;
  },
};

const mandatory = ({ seats }: Round) => seats.filter((seat) => seat.mandatory);
const isOut = ({ recused, decision }: RoundSeat) => recused === true && decision === null;

/** Approvals needed of the members who are counted: all but those who have recused themselves (rules §4.3). */
function needed({ mode, seats, quorum: rule }: Round, members = seats.filter((seat) => !isOut(seat)).length): number {
  if (mode === 'ANY' || !rule) return 1;
  return 'members' in rule ? rule.members : Math.max(1, Math.ceil((rule.percent * members) / 100));
}

/** How many approvals end the round, mandatory ones apart; null where it is not a matter of numbers. */
export function approvalsNeeded(round: Round): number | null {
  if (round.mode === 'HIERARCHY') return null;
  return modes[round.mode] === quorum ? needed(round) : round.seats.length;
}

/** With every open seat approving, either as the members are now or with substitutes for those who have recused themselves. */
function canStillBeReached(round: Round): boolean {
  if (mandatory(round).some(({ decision }) => decision?.verdict === 'REJECT')) return false;
  const approvals = withVerdict(round, 'APPROVE').length;
  const left = open(round).filter((seat) => !isOut(seat));
  return approvals + left.length >= needed(round) || approvals + open(round).length >= needed(round, round.seats.length);
}

/** The lowest level at which somebody may decide; from there upwards, until the authority is enough. */
const hierarchy: ModeRule = {
  inTurn: (round, staffed) => above(round).filter(staffed).slice(0, 1),
  result: (round) => {
    if (withVerdict(round, 'REJECT').length > 0) return 'REJECTED';
    return withVerdict(round, 'APPROVE').some((seat) => levelOf(seat) >= enough(round)) ? 'APPROVED' : null;
  },
  wanting: (round, staffed) => (above(round).some(staffed) ? [] : above(round).slice(-1)),
};

const levelOf = ({ level = 0 }: RoundSeat) => level;

/** The level asked for; where no seat is that high, the highest there is. */
function enough({ level, seats }: Round): number {
  const highest = Math.max(...seats.map(levelOf));
  return Math.min(level ?? highest, highest);
}

/** Open seats above whoever has decided, from below: it never goes back down. */
function above(round: Round): RoundSeat[] {
  const reached = Math.max(-1, ...round.seats.filter(({ decision }) => decision !== null).map(levelOf));
  return open(round).filter((seat) => levelOf(seat) > reached).sort((a, b) => levelOf(a) - levelOf(b));
}

export const modes: Record<RoundMode, ModeRule> = { SINGLE: all, ALL: all, ANY: quorum, QUORUM: quorum, SEQUENTIAL: sequential, HIERARCHY: hierarchy };
