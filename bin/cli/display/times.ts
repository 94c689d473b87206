import type { Instant } from '../../../contracts/identity.ts';

/** Zone of the machine whose clock the reader has before him or her. */
export const zoneHere = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** `2026-12-29 17:00` as the clocks of that zone show it; nothing for nothing. */
export function timeIn(zone: string): (instant: Instant | null) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return (instant) => (instant === null ? '' : format.format(new Date(instant)));
}

/** `Tue 2026-12-29 17:00 (+01:00)` of a local time with its offset, `2026-12-29T17:00:00+01:00`. */
export function localTime(local: string | null): string {
  const [, date = '', time = '', offset = ''] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})[^Z+-]*(Z|[+-].*)$/.exec(local ?? '') ?? [];
  return date === '' ? (local ?? '') : `${weekday(date)} ${date} ${time} (${offset})`;
}

function weekday(date: string): string {
  return new Date(`${date}T00:00:00Z`).toLocaleDateString('en', { weekday: 'short', timeZone: 'UTC' });
}
