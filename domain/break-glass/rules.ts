import { powersOf } from '../../contracts/break-glass.ts';
import type { BreakGlassBody, BreakGlassDocument, OpenBreakGlass } from '../../contracts/break-glass.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import type { Facts } from '../kernel/facts.ts';

/** What a break-glass must not be (rules §3.2 SOD-13): for anybody, for long, over and over, or reviewed by who had it. */
interface Opening {
  body: OpenBreakGlass;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

export function openingReasons(opening: Opening): Reason[] {
  const entitled = entitledReasons(opening);
  return entitled.length > 0 ? entitled : [...hoursReasons(opening), ...caseReasons(opening), ...overlapReasons(opening)];
}

function entitledReasons({ actor, facts, now }: Opening): Reason[] {
  const keys: string[] = facts.directory.keysOf(actor.person!, now);
  return ['role:ADMIN', 'role:ISO'].some((key) => keys.includes(key)) ? [] : [reason('NOT_ENTITLED', { entitled: ['admin', 'iso'] })];
}

function hoursReasons({ body, facts, now }: Opening): Reason[] {
  const longest = inForce({ facts, now }).value('breakGlass.longest');
  return body.hours > Number.parseInt(longest, 10) ? [reason('PERIOD_TOO_LONG', { until: `${body.hours}h`, latest: longest })] : [];
}

/** A case that is named is open and of a process of which something is asked for. */
function caseReasons({ body, facts }: Opening): Reason[] {
  const named = facts.cases.find(({ id }) => id === body.case);
  if (named === undefined) return [];
  const fits = named.settled === null && powersOf(body).some((power) => power.startsWith(`${named.process}:`));
  return fits ? [] : [reason('OUT_OF_SCOPE', { case: named.ref, state: named.state })];
}

/** What is too little is asked for anew once the first has ended, so that every hour of it was approved as it is. */
function overlapReasons({ actor, facts, now }: Opening): Reason[] {
  const other = facts.directory.casesOf('breakGlass').find(({ state, about }) => about['holder'] === actor.person && ['requested', 'active'].includes(state));
  return other ? [reason('PERIOD_OVERLAPS', { case: other.ref, from: other.openedAt.slice(0, 10), until: String(other.about['ends'] ?? now).slice(0, 10) })] : [];
}

type Sees = View<BreakGlassDocument, BreakGlassBody<'CONFIRM_REVIEW'>>;

/** Another person than who had it, over all that was done with it. */
export function reviewReasons({ file, doc, body, actor }: Sees): Reason[] {
  const { holder = '' } = file.parties;
  if (actor.person === holder) return [reason('SOD_BLOCKED', { rule: 'SOD-13', person: holder, because: 'hadBreakGlass', waivable: false })];
  return body && body.decisions !== doc.uses.length ? [reason('DECISIONS_UNSEEN', { seen: body.decisions, made: doc.uses.length })] : [];
}

/** Who can review it: the ISO and TOP_MGMT, then the deputy, then a witness. */
export function reviewersOf({ file, facts, now }: View<BreakGlassDocument>): PersonId[] {
  const tiers = [['role:ISO', 'role:TOP_MGMT'], ['isoDeputy'], ['role:WITNESS']] as const;
  const persons = tiers.map((tier) => [...new Set(tier.flatMap((key) => facts.directory.resolve(key, now)))].filter((each) => each !== file.parties['holder']));
  return persons.find((some) => some.length > 0) ?? [];
}
