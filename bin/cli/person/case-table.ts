import colors from 'picocolors';
import type { Page } from './api.ts';
import { timeIn, zoneHere } from '../display/times.ts';

const timeHere = timeIn(zoneHere);

/** When, and in words besides colour whether that is past. */
export function dueCell({
  due,
  overdue,
  escalation,
}: {
  due: string | null;
  overdue: boolean;
  escalation: number | null;
}): string {
  const late = overdue ? ` overdue${escalation === null ? '' : ` E${escalation}`}` : '';
  return late === '' ? timeHere(due) : colors.red(timeHere(due) + late);
}

export function timeCell(at: string): string {
  return timeHere(at);
}

/** Which clock the times are of, and whether there is more. */
export function remark({ items, next }: Page<unknown>): string[] {
  const more = next === null ? '' : ` There is more: --limit ${items.length * 2}.`;
  return ['', colors.dim(`Times in ${zoneHere}.${more}`)];
}
