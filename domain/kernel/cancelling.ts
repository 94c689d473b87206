import type { CommonBody } from '../../contracts/common-commands.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { authorityOf } from '../access/authority.ts';
import { endDeadline, startDeadline } from './deadlines.ts';
import { askedPerson, viewOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { eventsOf, move } from './machine.ts';
import { tell } from './notices.ts';
import { barredFromCancelling, cancelConfirmers, requiredConfirmers } from './parties.ts';

/** A case is called off by two people (rules §4.2 CANCEL): one asks with a reason, another confirms. Processes say who in their policy. */

export const CANCEL_DECISION = 'cancel:case';
const CANCELLED = 'CANCELLED';

export function requestCancelReasons(draft: Draft): Reason[] {
  const { by = [], rules } = draft.definition.policy.cancel ?? {};
  const authority = authorityOf(draft.definition, viewOf(draft), by);
  if (!authority.entitled) return authority.reasons;
  const barred = rules?.(viewOf(draft)) ?? [];
  if (barred.length > 0) return barred;
  if (draft.file.cancelRequest) return [reason('ALREADY_DONE', { what: 'cancelRequest' })];
  return machineReasons(draft);
}

/** What the machine says against it, before anybody is asked. */
function machineReasons(draft: Draft): Reason[] {
  const { definition, file } = draft;
  if (!eventsOf(definition, file.state).includes(CANCELLED)) return [reason('WRONG_STATE', { state: file.state, possible: [] })];
  const result = move(definition, file.state, CANCELLED, viewOf(draft));
  return result.moved ? [] : result.reasons;
}

export function requestCancel(draft: Draft, { reason: because }: CommonBody<'REQUEST_CANCEL'>): null {
  const { person, onBehalfOf } = draft.actor;
  draft.file.cancelRequest = { reason: because, by: person!, at: draft.now, never: [...new Set([person!, onBehalfOf ?? person!])] };
  startDeadline(draft, CANCEL_DECISION);
  const asked = cancelConfirmers(draft);
  draft.happenings.push({ kind: 'cancelAsked', asked });
  tell(draft, asked, { kind: 'taskAsked', cause: 'cancel', data: { task: 'confirmCancel', due: draft.file.deadlines[CANCEL_DECISION]?.due ?? null } });
  return null;
}

export function confirmCancelReasons(draft: Draft): Reason[] {
  if (!draft.file.cancelRequest) return [reason('NO_CANCEL_ASKED', {})];
  const barred = barReasons(draft);
  return barred.length > 0 ? barred : machineReasons(draft);
}

/** Another person than who asked, and not who owns the case (FOUR-EYES); one of the two is of the party that the process names. */
function barReasons(draft: Draft): Reason[] {
  const { confirmedBy, oneOf } = draft.definition.policy.cancel!;
  const authority = authorityOf(draft.definition, viewOf(draft), confirmedBy);
  if (!authority.entitled) return authority.reasons;
  const barred = barredFromCancelling(draft);
  const [person] = [draft.actor.person, draft.actor.onBehalfOf].filter((each): each is PersonId => each !== null && each !== undefined && barred.includes(each));
  if (person !== undefined) return [reason('SOD_BLOCKED', { rule: 'FOUR-EYES', person, because: 'requestedCancel', waivable: false })];
  const wanted = requiredConfirmers(draft);
  return wanted.length === 0 || wanted.includes(askedPerson(draft.actor) ?? '') ? [] : [reason('NOT_ENTITLED', { entitled: [oneOf!] })];
}

export function confirmCancel(draft: Draft): string {
  endRequest(draft, 'CONFIRMED');
  return CANCELLED;
}

/** Who confirms may refuse; who asked may take it back. */
export function refuseCancelReasons(draft: Draft): Reason[] {
  const { cancelRequest } = draft.file;
  if (!cancelRequest) return [reason('NO_CANCEL_ASKED', {})];
  return cancelRequest.never.includes(askedPerson(draft.actor) ?? '') ? [] : barReasons(draft);
}

export function refuseCancel(draft: Draft): null {
  endRequest(draft, 'REFUSED');
  return null;
}

function endRequest(draft: Draft, verdict: 'CONFIRMED' | 'REFUSED'): void {
  const { by } = draft.file.cancelRequest!;
  draft.happenings.push({ kind: 'cancelEnded', verdict });
  if (by !== draft.actor.person) tell(draft, [by], { kind: 'information', cause: `cancel:${verdict}`, data: { subject: `cancel${verdict === 'CONFIRMED' ? 'Confirmed' : 'Refused'}` } });
  dropCancelRequest(draft);
}

/** With the end of the case nothing is left to call off. */
export function dropCancelRequest(draft: Draft): void {
  draft.file.cancelRequest = null;
  endDeadline(draft, CANCEL_DECISION);
}
