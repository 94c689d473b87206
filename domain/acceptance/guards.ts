import type { AcceptanceBody, AcceptanceCommand, AcceptanceDocument } from '../../contracts/acceptance.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { localDate } from '../calendar/due.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { View } from '../kernel/definition.ts';
import { capReasons, daysOf, isExhausted, latestUntil, openRenewal, riskOf, subjectOf } from './rules.ts';
import type { Sees } from './rules.ts';

/** Guards of the acceptance (rules §6, §18): each says what stands in the way, or nothing. */

type Asks<C extends AcceptanceCommand> = View<AcceptanceDocument, AcceptanceBody<C>>;

function isWithinCap(view: Asks<'SET_UNTIL'>): Reason[] {
  return view.body ? capReasons(view as Sees, view.body.until) : [];
}

function isInterim({ doc }: Asks<'LAPSE'>): Reason[] {
  return doc.kind === 'INTERIM' ? [] : [reason('NOT_INTERIM', {})];
}

/** What is being treated is rated and decided by its plan, whatever the criteria say now. */
function isNotInterim({ doc }: Asks<'CRITERIA_CHANGED'>): Reason[] {
  return doc.kind === 'INTERIM' ? [reason('ALREADY_DONE', { what: 'treatment' })] : [];
}

function isToBeConfirmed({ doc, file, body }: Asks<'CONFIRM_TAKEN_OVER'>): Reason[] {
  if (doc.kind !== 'MIGRATED' || doc.confirmed) return [reason('ALREADY_DONE', { what: 'confirmation' })];
  const current = contentHash(subjectOf(file));
  return body && body.contentHash !== current ? [reason('CONTENT_CHANGED', { sent: body.contentHash, current })] : [];
}

/** Its renewal was accepted and waits for the end of this one. */
function hasSuccessor({ file, facts }: Sees): Reason[] {
  const renewal = openRenewal({ file, facts });
  return renewal?.state === 'granted' ? [] : [reason('NOT_RENEWED', {})];
}

/** A fresh rating of the single risk, no renewal under way, and not more renewals above the criteria than may be. */
function mayBeRenewed(view: Asks<'RENEW'>): Reason[] {
  const { doc, file, facts, now, body } = view;
  if (doc.kind === 'INTERIM' || doc.kind === 'WITHIN_CRITERIA') return [reason('NOT_RENEWABLE', { kind: doc.kind })];
  if (isExhausted(view)) return [reason('RENEWED_TOO_OFTEN', { renewals: doc.renewals })];
  if (openRenewal(view)) return [reason('ALREADY_DONE', { what: 'renewal' })];
  return [...freshReasons(view), ...(body?.until ? untilReasons({ doc, file, facts, now } as Sees, body.until) : [])];
}

function freshReasons({ doc, file, facts, now }: Asks<'RENEW'>): Reason[] {
  const ratedOn = riskOf({ doc, facts })?.about['ratedOn'];
  const earliest = datePlus(localDate(now, file.zone), { days: -daysOf({ facts, now }, 'acceptance.freshRating') });
  return typeof ratedOn === 'string' && ratedOn >= earliest ? [] : [reason('RATING_TOO_OLD', { ratedOn: typeof ratedOn === 'string' ? ratedOn : '', earliest })];
}

/** The renewal begins with the end of this one; its cap counts from there. */
function untilReasons(view: Sees, until: string): Reason[] {
  const from = datePlus(view.doc.until, { days: 1 });
  const latest = latestUntil(view, { ...view.doc, kind: 'RENEWAL', from });
  return latest !== null && until > latest ? [reason('VALIDITY_TOO_LONG', { until, latest })] : [];
}

/** Only where it may not be renewed any more, TOP_MGMT decides whether the risk is treated or avoided. */
function isRenewedOften(view: Asks<'DECIDE_AGAINST'>): Reason[] {
  return isExhausted(view) ? [] : [reason('STILL_RENEWABLE', { renewals: view.doc.renewals })];
}

export const acceptanceGuards = { isWithinCap, isInterim, isNotInterim, isToBeConfirmed, hasSuccessor, mayBeRenewed, isRenewedOften };
