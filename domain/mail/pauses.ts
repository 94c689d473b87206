import type { Instant } from '../../contracts/identity.ts';

const MINUTE_MS = 60_000;

/** Minutes until the next attempt, by attempts made [D]: past greylisting soon, then ever more patiently. */
const PAUSES_MINUTES = [1, 5, 15, 30, 60, 120, 240];

/** Minutes until a server that could not be reached at all is tried again with the same mail [D]. */
const OUTAGE_PAUSES_MINUTES = [0.5, 1, 2, 5];

/** After so long a recipient whose server goes on putting the mail off counts as unreachable [D] (RFC 5321 4.5.4.1: 4–5 days). */
const GIVE_UP_MS = 5 * 24 * 60 * MINUTE_MS;

/** When to try again after the n-th attempt (from 1). */
export function retryAt(now: Instant, attempts: number, why: 'recipient' | 'server'): Instant {
  const pauses = why === 'recipient' ? PAUSES_MINUTES : OUTAGE_PAUSES_MINUTES;
  const minutes = pauses[Math.min(attempts, pauses.length) - 1] ?? pauses[0]!;
  return new Date(Date.parse(now) + minutes * MINUTE_MS).toISOString();
}

export function isTimeToGiveUp(deferredAt: Instant | null, now: Instant): boolean {
  return deferredAt !== null && Date.parse(now) - Date.parse(deferredAt) >= GIVE_UP_MS;
}
