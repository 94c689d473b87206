import type { NextView } from '../../../contracts/api.ts';
import { localIso } from '../../calendar/due.ts';
import type { Draft } from '../draft.ts';
import { eventsOf } from '../machine.ts';
import { openConditionsOf } from './conditions.ts';
import { approvalsNeeded } from './modes.ts';
import { eligible, seatsInTurn, wantingSeats } from './seats.ts';

/** How an approval stands and what it waits for; what becomes of open conditions if nobody meets them. */

type Ground = Pick<Draft, 'definition' | 'file' | 'facts' | 'now'>;

export function approvalAhead(ground: Ground): NextView['approval'] {
  const { round } = ground.file;
  if (!round) return null;
  const count = (verdict: string) => round.seats.filter(({ decision }) => decision?.verdict === verdict).length;
  return {
    ...{ round: round.name, mode: round.mode, approvals: count('APPROVE'), rejections: count('REJECT'), needed: approvalsNeeded(round) },
    asks: seatsInTurn(ground, round).map((seat) => ({ seat: seat.name, who: eligible(ground, round, seat), mandatory: seat.mandatory ?? false })),
    needsSubstitute: wantingSeats(ground, round).map(({ name }) => name),
    unanswered: round.questions.filter(({ answer }) => answer === null).map(({ key, to }) => ({ question: key, of: to })),
  };
}

export function conditionsAhead({ definition, file }: Ground): NextView['conditions'] {
  const handled = eventsOf(definition, file.state).includes('LAPSED');
  return openConditionsOf(file).map(({ key, text, owner, lapsesAt, overdueAt }) => ({
    ...{ condition: key, text, owner, lapsesAt, lapsesAtLocal: localIso(lapsesAt, file.zone) },
    ifUnmet: overdueAt !== null ? 'HOLDS_THE_END' : handled ? 'APPROVAL_LAPSES' : 'ISO_IS_TOLD',
  }));
}
