import { Temporal } from 'temporal-polyfill';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { OpenDelegation } from '../../contracts/delegation.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, LocalDate, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Directory } from '../directory/directory.ts';
import { inForce } from '../kernel/draft.ts';
import type { Facts } from '../kernel/facts.ts';

/** What a delegation must not be (rules §3.3, SOD-12): to oneself, in a circle, twice over, without an end, or of what one may not lend. */

interface Opening {
  body: OpenDelegation;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

export function openingReasons({ body, actor, facts, now }: Opening): Reason[] {
  const { directory } = facts;
  const delegator = actor.person!;
  const between = { delegator, delegate: body.delegate, from: body.from, until: body.until };
  const own = body.delegate === delegator ? [reason('SAME_PERSON', { role: 'delegator', person: delegator })] : [];
  if (directory.isAuditorAccount(body.delegate, now)) return [reason('READ_ONLY_ACCOUNT', { person: body.delegate })];
  const may = directory.lentKeysOf(delegator, now).length > 0 ? [] : [reason('MAY_NOT_DELEGATE', { person: delegator })];
  return [...own, ...may, ...periodReasons(body, inForce({ facts, now }).value('delegation.longest')), ...circleReasons(directory, between), ...overlapReasons(directory, body, between)];
}

/** Nobody needs another longer than that without being asked again. */
function periodReasons({ from, until }: Pick<OpenDelegation, 'from' | 'until'>, longest: string): Reason[] {
  if (until < from) return [reason('PERIOD_REVERSED', { from, until })];
  const latest = Temporal.PlainDate.from(from).add({ months: Number.parseInt(longest, 10) }).subtract({ days: 1 }).toString();
  return until > latest ? [reason('PERIOD_TOO_LONG', { until, latest })] : [];
}

export interface Between {
  delegator: PersonId;
  delegate: PersonId;
  from: LocalDate;
  until: LocalDate;
}

/** Two who decide for each other at the same time would each be decided for by himself. */
export function circleReasons(directory: Directory, { delegator, delegate, from, until }: Between): Reason[] {
  const back = open(directory).find((each) => runs(each, { from, until }) && each.about['delegator'] === delegate && each.about['delegate'] === delegator && each.about['acceptedAt'] !== null);
  return back ? [reason('CIRCULAR_DELEGATION', { case: back.ref, person: delegate })] : [];
}

/** The same to the same person twice at the same time: which of them was revoked would be anybody's guess. */
function overlapReasons(directory: Directory, body: OpenDelegation, { delegator, delegate }: Between): Reason[] {
  const same = open(directory).find((each) => runs(each, body) && each.about['delegator'] === delegator && each.about['delegate'] === delegate && sharesScope(each, body));
  return same ? [reason('PERIOD_OVERLAPS', { case: same.ref, from: String(same.about['from']), until: String(same.about['until']) })] : [];
}

function open(directory: Directory): CaseSummary[] {
  return directory.casesOf('delegation').filter(({ settled }) => settled === null);
}

function runs({ about }: CaseSummary, { from, until }: { from: LocalDate; until: LocalDate }): boolean {
  return about['from']! <= until && from <= about['until']!;
}

function sharesScope({ about }: CaseSummary, body: OpenDelegation): boolean {
  if (about['scope'] === 'EVERYTHING' || body.scope === 'EVERYTHING') return true;
  const processOf = (decision: string) => decision.split(':')[0]!;
  const whole = [...(about['processes'] as string[])];
  const single = [...(about['decisions'] as string[])];
  const meets = (decision: string) => single.includes(decision) || whole.includes(processOf(decision));
  return body.processes.some((each) => whole.includes(each) || single.some((decision) => processOf(decision) === each)) || body.decisions.some(meets);
}
