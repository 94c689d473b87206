import { Temporal } from 'temporal-polyfill';
import type { LocalDate } from '../../contracts/identity.ts';
import { localDate } from '../calendar/due.ts';
import { inForce } from './draft.ts';
import type { Draft } from './draft.ts';

/** How long a case may rest in all before it takes TOP_MGMT to let it rest longer (rules §4.2, SOD-06). */

type Ground = Pick<Draft, 'file' | 'facts' | 'now'>;

/** Calendar days on hold so far, earlier holds included. */
export function daysHeld({ file: { hold, heldDays = 0, zone }, now }: Ground): number {
  return heldDays + (hold ? Temporal.PlainDate.from(localDate(hold.since, zone)).until(localDate(now, zone)).days : 0);
}

/** The last day up to which it may rest without that. */
export function lastDayWithinTotal(ground: Ground): LocalDate {
  const { hold, heldDays = 0, zone } = ground.file;
  const left = Math.max(0, Number.parseInt(inForce(ground).value('hold.total'), 10) - heldDays);
  return Temporal.PlainDate.from(localDate(hold?.since ?? ground.now, zone)).add({ days: left }).toString();
}
