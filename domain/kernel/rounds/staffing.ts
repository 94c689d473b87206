import type { Instant } from '../../../contracts/identity.ts';
import { endOfWindow } from '../../calendar/due.ts';
import { calendarOf, inForce, personsOf } from '../draft.ts';
import type { Draft } from '../draft.ts';
import { raiseFlag } from '../flagging.ts';
import { tell } from '../notices.ts';
import { askSeat } from './asking.ts';
import { seatsInTurn, wantingSeats } from './seats.ts';

/** Nobody may decide: TOP_MGMT is told at once and weekly (rules §18 "Everywhere"); whoever may by now is asked. */
export function remindUnstaffed(draft: Draft): void {
  const { round } = draft.file;
  if (!round) return;
  if (round.unstaffedReminderAt !== null) for (const seat of seatsInTurn(draft, round)) askSeat(draft, round, seat);
  const vacant = wantingSeats(draft, round);
  round.unstaffedReminderAt = vacant.length === 0 ? null : nextWeek(draft);
  for (const { name } of vacant) {
    draft.happenings.push({ kind: 'noEligibleApprover', round: round.name, seat: name });
    tell(draft, personsOf(draft, ['role:TOP_MGMT', 'role:ISO']), { kind: 'noEligibleApprover', cause: `${round.name}:${name}`, data: { round: round.name, seat: name } });
  }
  if (vacant.length > 0) raiseFlag(draft, 'managementReviewItem');
}

/** True where nobody may decide any more and nobody was told, or somebody may again and was not asked. */
export function hasNewStaffing(draft: Draft): boolean {
  const { round } = draft.file;
  return round !== null && wantingSeats(draft, round).length > 0 === (round.unstaffedReminderAt === null);
}

function nextWeek(draft: Draft): Instant {
  return endOfWindow({ anchor: draft.now, duration: inForce(draft).span('round.unstaffedReminder'), calendar: calendarOf(draft) });
}
