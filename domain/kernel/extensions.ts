import { Temporal } from 'temporal-polyfill';
import type { Deadline, Extension } from '../../contracts/case-file.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import type { Instant, LocalDate, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { dueOnDate, localDate } from '../calendar/due.ts';
import { endExtension, extensionOf, openDeadlines, postpone, startDeadline } from './deadlines.ts';
import { askedPerson, attachEvidence, calendarOf, personsOf, viewOf, andStandIns } from './draft.ts';
import type { Draft } from './draft.ts';
import { ownersOf } from './escalation.ts';
import { raiseFlag } from './flagging.ts';
import { tell } from './notices.ts';
import { barredFromExtension, extensionApprovers, openExtension } from './parties.ts';
import { isOwn } from './pausing.ts';

/** Later dates (rules §4.6): asked for by who owes it, decided by somebody else; until then the clock goes on. */

type Asked = CommonBody<'REQUEST_EXTENSION'>;

const isoFirst: PrincipalKey[][] = [['role:ISO'], ['isoDeputy'], ['role:TOP_MGMT'], ['role:WITNESS']];
const topManagementFirst: PrincipalKey[][] = [['role:TOP_MGMT'], ['role:WITNESS']];

/** The deadline while it runs; nothing for one that is not there or met. */
function running(draft: Draft, name: string): Deadline | undefined {
  return openDeadlines(draft).find((each) => each.name === name);
}

function extendable(draft: Draft): Deadline[] {
  return openDeadlines(draft).filter((each) => isOwn(viewOf(draft), draft.definition, each));
}

/** Who owes it, his line manager, the ISO and his deputy may ask. */
function mayAsk(draft: Draft, deadline: Deadline): boolean {
  const owners = ownersOf(draft, deadline);
  const keys: PrincipalKey[] = ['role:ISO', 'isoDeputy', ...owners.map((each): PrincipalKey => `manager:${each}`)];
  return [...owners, ...personsOf(draft, keys)].includes(askedPerson(draft.actor) ?? '');
}

export function requestReasons(draft: Draft, body: Asked | undefined): Reason[] {
  const mine = extendable(draft).filter((each) => mayAsk(draft, each));
  if (!body) return mine.length > 0 ? [] : [reason('NOT_ENTITLED', { entitled: ['owner', 'lineManager', 'iso', 'isoDeputy'] })];
  const deadline = running(draft, body.deadline);
  if (!deadline) return [reason('NO_SUCH_DEADLINE', { deadline: body.deadline, open: extendable(draft).map(({ name }) => name) })];
  if (!mayAsk(draft, deadline)) return [reason('NOT_ENTITLED', { entitled: [deadline.owner, 'lineManager', 'iso', 'isoDeputy'] })];
  if (!extendable(draft).includes(deadline)) return [reason('NOT_EXTENDABLE', { deadline: body.deadline })];
  if (openExtension(draft, body.deadline)) return [reason('EXTENSION_UNDECIDED', { deadline: body.deadline })];
  return dateReasons(draft, body, deadline);
}

function dateReasons(draft: Draft, body: Asked, { due }: Deadline): Reason[] {
  if (dueOnDate(body.newDate, calendarOf(draft)) <= due) return [reason('NOT_LATER', { due: localDate(due, draft.file.zone), newDate: body.newDate })];
  const consenting = boundBy(draft, body);
  return consenting !== null && !body.consent ? [reason('CONSENT_MISSING', { body: consenting })] : [];
}

function boundBy(draft: Draft, { deadline, newDate }: { deadline: string; newDate: LocalDate }): string | null {
  return draft.definition.policy.extensions?.boundBy?.(viewOf(draft), { deadline, newDate }) ?? null;
}

export function requestExtension(draft: Draft, body: Asked): null {
  const deadline = running(draft, body.deadline)!;
  const { deadline: name, newDate, reason: because, interimMeasure, consent = null } = body;
  if (consent) attachEvidence(draft, [consent], 'REQUEST_EXTENSION');
  const never = [...new Set([draft.actor.person!, draft.actor.onBehalfOf ?? draft.actor.person!, ...ownersOf(draft, deadline)])];
  const asked: Extension = {
    ...{ deadline: name, due: deadline.due, newDate, requestedBy: draft.actor.person!, requestedAt: draft.now, requestedLate: draft.now > deadline.due },
    ...{ reason: because, interimMeasure, consent, approvers: approversFor(draft, deadline, newDate), never, outcome: null },
  };
  draft.file.extensions.push(asked);
  if (asked.requestedLate) raiseFlag(draft, 'requestedLate');
  askApprovers(draft, deadline, asked);
  return null;
}

/** The ISO the first time; TOP_MGMT for the second, for more than half the time there was, and where it is grave (rules §4.6). */
function approversFor(draft: Draft, deadline: Deadline, newDate: LocalDate): PrincipalKey[][] {
  const { due, originalDue, anchor, ladder } = deadline;
  const won = Date.parse(dueOnDate(newDate, calendarOf(draft))) - Date.parse(due);
  const isLong = won * 2 > Date.parse(originalDue) - Date.parse(anchor.at);
  const isGrave = ladder === 'critical' || draft.definition.policy.extensions?.grave?.(viewOf(draft)) === true;
  const isAgain = granted(draft, deadline.name).length > 0;
  return isLong || isGrave || isAgain ? topManagementFirst : isoFirst;
}

function granted({ file }: Draft, deadline: string): Extension[] {
  return file.extensions.filter((each) => each.deadline === deadline && each.outcome?.verdict === 'GRANTED');
}

function askApprovers(draft: Draft, { issue, due }: Deadline, { deadline, newDate, requestedLate: late }: Extension): void {
  startDeadline(draft, extensionOf(deadline));
  const asked = extensionApprovers(draft, deadline);
  draft.happenings.push({ kind: 'extensionAsked', deadline, issue, due, newDate, late, asked });
  const until = draft.file.deadlines[extensionOf(deadline)]!.due;
  tell(draft, andStandIns(draft, asked), { kind: 'taskAsked', cause: `extension:${deadline}`, data: { task: 'decideExtension', due: until } });
}

/** May this person decide? The same answer for yes and for no. */
export function decisionReasons(draft: Draft, body: { deadline: string } | undefined): Reason[] {
  const open = draft.file.extensions.filter(({ outcome }) => outcome === null);
  const asked = body ? open.find((each) => each.deadline === body.deadline) : (open.find((each) => isApprover(draft, each)) ?? open[0]);
  if (!asked) return [reason('NO_EXTENSION_ASKED', { deadline: body?.deadline ?? '' })];
  if (isApprover(draft, asked)) return [];
  return barReasons(draft, asked);
}

function isApprover(draft: Draft, asked: Extension): boolean {
  const { person } = draft.actor;
  return extensionApprovers(draft, asked.deadline).includes(askedPerson(draft.actor) ?? '') && !barredFromExtension(draft, asked).includes(person ?? '');
}

/** Who would be asked but for his own part in it (SOD-06), or whose delegator has one (SOD-12). */
function barReasons(draft: Draft, asked: Extension): Reason[] {
  const person = draft.actor.person ?? '';
  const isAsked = asked.approvers.some((tier) => personsOf(draft, tier).includes(askedPerson(draft.actor) ?? ''));
  if (!isAsked || !barredFromExtension(draft, asked).includes(person)) return [reason('NOT_ENTITLED', { entitled: asked.approvers[0]!.map(String) })];
  const own = asked.never.includes(person) || ownersOf(draft, draft.file.deadlines[asked.deadline]!).includes(person);
  const because = own ? 'requestedExtension' : 'delegator';
  return [reason('SOD_BLOCKED', { rule: own ? 'SOD-06' : 'SOD-12', person, because, waivable: false, ...(!own && { underlying: 'SOD-06' as const }) })];
}

export function grantReasons(draft: Draft, body: CommonBody<'GRANT_EXTENSION'> | undefined): Reason[] {
  const reasons = decisionReasons(draft, body);
  if (reasons.length > 0 || !body) return reasons;
  const { newDate } = openExtension(draft, body.deadline)!;
  const earliest = localDate(draft.now, draft.file.zone);
  return dueOf(draft, body.deadline) > draft.now ? [] : [reason('DATE_IN_PAST', { path: 'newDate', date: newDate, earliest })];
}

/** A date to which an outside body has consented is not rolled. */
function dueOf(draft: Draft, deadline: string): Instant {
  const { newDate, consent } = openExtension(draft, deadline)!;
  return dueOnDate(newDate, calendarOf(draft), consent ? 'NONE' : 'FOLLOWING');
}

export function grantExtension(draft: Draft, { deadline: name }: CommonBody<'GRANT_EXTENSION'>): null {
  const asked = openExtension(draft, name)!;
  const deadline = running(draft, name)!;
  const [from, to] = [deadline.due, dueOf(draft, name)];
  decide(draft, asked, { verdict: 'GRANTED', days: daysBetween(from, to, draft.file.zone) });
  postpone(draft, deadline, to);
  const record = draft.definition.policy.extensions?.record;
  if (record) draft.file.document = record(viewOf(draft), { deadline: name, newDate: asked.newDate });
  const all = granted(draft, name);
  const days = all.reduce((sum, { outcome }) => sum + outcome!.days, 0);
  draft.happenings.push({ kind: 'deadlineExtended', deadline: name, issue: deadline.issue, from, to, originalDue: deadline.originalDue, days, count: all.length });
  return null;
}

function daysBetween(from: Instant, to: Instant, zone: string): number {
  return Temporal.PlainDate.from(localDate(from, zone)).until(localDate(to, zone)).days;
}

export function refuseExtension(draft: Draft, { deadline }: CommonBody<'REFUSE_EXTENSION'>): null {
  decide(draft, openExtension(draft, deadline)!, { verdict: 'REFUSED', days: 0 });
  return null;
}

/** Who asked and who owes it hear of the decision. */
function decide(draft: Draft, asked: Extension, outcome: { verdict: 'GRANTED' | 'REFUSED'; days: number }): void {
  const told = [asked.requestedBy, ...ownersOf(draft, draft.file.deadlines[asked.deadline]!)].filter((each) => each !== draft.actor.person);
  draft.actor = { ...draft.actor, role: 'extensionApprover' };
  endExtension(draft, asked, { ...outcome, by: draft.actor.person });
  const subject = outcome.verdict === 'GRANTED' ? 'extensionGranted' : 'extensionRefused';
  tell(draft, told, { kind: 'information', cause: `extension:${asked.deadline}:${outcome.verdict}`, data: { subject } });
}

export function withdrawReasons(draft: Draft, body: CommonBody<'WITHDRAW_EXTENSION'> | undefined): Reason[] {
  const open = draft.file.extensions.filter(({ outcome, deadline }) => outcome === null && (!body || deadline === body.deadline));
  if (open.length === 0) return [reason('NO_EXTENSION_ASKED', { deadline: body?.deadline ?? '' })];
  return open.some(({ requestedBy }) => requestedBy === askedPerson(draft.actor)) ? [] : [reason('NOT_ENTITLED', { entitled: ['requester'] })];
}

export function withdrawExtension(draft: Draft, { deadline }: CommonBody<'WITHDRAW_EXTENSION'>): null {
  const by: PersonId = draft.actor.person!;
  draft.actor = { ...draft.actor, role: 'requester' };
  endExtension(draft, openExtension(draft, deadline)!, { verdict: 'WITHDRAWN', by });
  return null;
}
