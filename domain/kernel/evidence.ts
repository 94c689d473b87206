import { Temporal } from 'temporal-polyfill';
import type { Instant, LocalDate } from '../../contracts/identity.ts';
import { atLocalTime } from '../calendar/due.ts';
import { personsOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { tell } from './notices.ts';

/** Evidence that is valid for a time (rules §4.7). */

/** The first instant after that day at the site. */
export function endOfDay(date: LocalDate, zone: string): Instant {
  return atLocalTime(Temporal.PlainDate.from(date).add({ days: 1 }).toString(), '00:00', zone);
}

/** Who collected it is told, where he is still there; and the owner of the case. */
export function expire(draft: Draft, sha256: string): void {
  const item = draft.file.evidence.find((each) => each.sha256 === sha256 && each.validity?.toldAt === null)!;
  const { owner } = draft.definition.policy.list(draft.file);
  const told = personsOf(draft, [`person:${item.collectedBy}`, ...(owner ? [`person:${owner}` as const] : [])]);
  item.validity!.toldAt = draft.now;
  draft.happenings.push({ kind: 'evidenceExpired', evidence: sha256, until: item.validity!.until, told });
  tell(draft, told, { kind: 'information', cause: `evidence:${sha256}`, data: { subject: 'evidenceExpired' } });
}
