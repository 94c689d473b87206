import type { Actor } from '../../contracts/entry.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { RiskBody, RiskCommand, RiskDecision, RiskDocument, RiskProposal } from '../../contracts/risk.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import type { View } from '../kernel/definition.ts';
import { activeOwner } from './owner.ts';
import { confirmHash, criteriaFor, decisionBy, isIncludedIn, proposedDecision, ratingNow } from './rating.ts';
import type { Sees } from './rating.ts';

/** Guards of the risk (rules §5): each says what stands in the way, or nothing. */

type Of<C extends RiskCommand> = View<RiskDocument, RiskBody<C>>;

const not = (because: string): Reason[] => [reason('RISK_NOT_READY', { because })];

/** A risk without an active owner does not leave `identified`. */
function hasActiveOwner(view: Sees): Reason[] {
  return activeOwner(view) === null ? [reason('OWNER_MISSING', { case: view.file.ref })] : [];
}

function isNotAcceptedYet({ doc, file }: Sees): Reason[] {
  const accepted = doc.acceptedOwnership?.by === file.parties['owner'] && file.parties['owner'] !== undefined;
  return accepted ? [reason('ALREADY_DONE', { what: 'ownership' })] : [];
}

function isAskedToClose({ doc }: Sees): Reason[] {
  return doc.closing === null ? not('nobody asks to close it') : [];
}

/** Owner and ISO, two persons, one after the other (rules §5 "any → CLOSED"). */
function closesAsSecond({ doc, actor }: Of<'CLOSE'>): Reason[] {
  if (doc.closing === null) return not('nobody asks to close it');
  const asked = [doc.closing.by, doc.closing.onBehalfOf];
  const same = [actor.person, actor.onBehalfOf ?? null].some((each) => each !== null && asked.includes(each));
  return same || doc.closing.side === sideOf(actor) ? not('the other side has to confirm it') : [];
}

/** Where nobody owns it, who has to name an owner stands on his side. */
export function sideOf({ role }: Pick<Actor, 'role'>): 'owner' | 'iso' {
  return role === 'owner' || role === 'ownerStandIn' ? 'owner' : 'iso';
}

function mergesIntoAnOpenOne({ file, doc, body, facts }: Of<'MERGE'>): Reason[] {
  if (doc.plan) return [reason('RISK_IN_TREATMENT', { case: doc.plan.ref })];
  const into = facts.cases.find(({ id }) => id === body?.into);
  if (!body || !into) return [];
  const fit = into.process === 'risk' && into.id !== file.id && into.settled === null;
  return fit ? [] : [reason('DUPLICATE_TARGET_UNFIT', { case: into.ref, state: into.state })];
}

function isInNoOtherAssessment({ doc, body }: Of<'INCLUDE'>): Reason[] {
  const other = doc.included !== null && doc.included.id !== body?.assessment;
  return other ? [reason('IN_ANOTHER_ASSESSMENT', { case: doc.included!.ref })] : [];
}

/** The level is what the criteria make of the scores; a plan cannot tell another one. */
function isRatedByCriteria({ body, facts, now }: Of<'RESIDUAL_RATED'>): Reason[] {
  if (!body) return [];
  const { impact, likelihood, level, score, criteria } = body.rating;
  const computed = criteriaOf(facts).version(criteria, now)?.levelOf({ impact, likelihood });
  return computed?.level === level && computed.score === score ? [] : not('its level is not the one of the criteria');
}

/** Outside an assessment. */
function changesDecision(view: Of<'RATE'>): Reason[] {
  const { doc, body } = view;
  if (!body || doc.included) return not('the decision does not change');
  const sees = view as unknown as Sees;
  const decision = decisionBy(criteriaFor(sees), ratingNow(sees, body), doc.category);
  // What is treated though the criteria would accept it goes on being treated.
  const staysStricter = decision === 'ACCEPTABLE' && doc.deviation !== null;
  return decision === doc.decision || staysStricter ? not('the decision does not change') : [];
}

function changesProposedDecision(view: Of<'RATE'>): Reason[] {
  const { doc, body } = view;
  const sees = view as unknown as Sees;
  if (!body || !doc.proposal) return [];
  const decision = decisionBy(criteriaFor(sees), ratingNow(sees, body), doc.category);
  return decision === proposedDecision(sees, doc.proposal) ? not('the decision does not change') : [];
}

/** Four eyes: the second rating is not by who gave the first. */
function isAnotherRater({ doc, actor }: Sees): Reason[] {
  if (!doc.proposal) return not('nothing is proposed yet');
  const same = [actor.person, actor.onBehalfOf].includes(doc.proposal.by);
  return same ? [reason('SOD_BLOCKED', { rule: 'FOUR-EYES', person: doc.proposal.by, because: 'ratedRisk', waivable: false })] : [];
}

function secondRatingReasons({ rating, secondRating, needsSecond }: RiskProposal, isSettled: boolean): Reason[] {
  if (secondRating === null) return needsSecond ? [reason('SECOND_RATING_MISSING', { level: rating.level })] : [];
  const differ = secondRating.level !== rating.level && !isSettled;
  return differ ? [reason('SECOND_RATING_DIFFERS', { first: rating.level, second: secondRating.level })] : [];
}

/** Rated twice where that is needed, and two ratings that differ are settled; nothing above the criteria is called acceptable. */
function isFullyRated(view: Of<'EVALUATE'>): Reason[] {
  const { doc, body } = view;
  const sees = view as unknown as Sees;
  if (!doc.proposal) return not('nothing is proposed yet');
  const { rating } = doc.proposal;
  const byCriteria = decisionBy(criteriaFor(sees), rating, doc.category);
  const decision = body?.decision ?? byCriteria;
  return [
    ...secondRatingReasons(doc.proposal, body?.resolution !== undefined || body === undefined),
    ...(decision === 'ACCEPTABLE' && byCriteria === 'TREAT' ? [reason('ABOVE_CRITERIA', { level: rating.level })] : []),
    ...(body && decision !== byCriteria && !body.reason ? [reason('INVALID_PAYLOAD', { path: 'reason', message: 'say why it is treated though the criteria accept it' })] : []),
  ];
}

function fallsBackToStart({ doc, body }: Of<'EXCLUDE'>): Reason[] {
  return body && !isIncludedIn(doc, body.assessment) ? not('the assessment does not work on it') : [];
}

function fallsBackToDue(view: Of<'EXCLUDE'>): Reason[] {
  return [...fallsBackToStart(view), ...(view.doc.ratings.current === null ? not('it has never been rated') : [])];
}

/** Nobody accepts it any more, and no plan treats it: it does not wait for another assessment (L10). */
function fallsBackToTreatment(view: View<RiskDocument, RiskBody<'EXCLUDE'>>): Reason[] {
  return [...fallsBackToDue(view), ...isToBeTreated(view as unknown as Sees)];
}

function isToBeTreated({ doc }: Sees): Reason[] {
  const isOpen = doc.decision === 'TREAT' && doc.acceptance === null && doc.plan === null;
  return isOpen ? [] : not('it is accepted, treated, or within the criteria');
}

/** What the assessment adopts is what the owner has confirmed. */
function isConfirmed({ file, doc, body }: Of<'ADOPT'>): Reason[] {
  const current = confirmHash(file) ?? '';
  if (!body) return [];
  if (!isIncludedIn(doc, body.assessment)) return not('the assessment does not work on it');
  return current === body.contentHash ? [] : [reason('CONTENT_CHANGED', { sent: body.contentHash, current })];
}

function adopts(view: Of<'ADOPT'>, decision: RiskDecision): Reason[] {
  const confirmed = isConfirmed(view);
  if (confirmed.length > 0 || !view.doc.proposal) return confirmed;
  return proposedDecision(view as unknown as Sees, view.doc.proposal) === decision ? [] : not(`its decision is not ${decision}`);
}

const adoptsAcceptable = (view: Of<'ADOPT'>) => adopts(view, 'ACCEPTABLE');
const adoptsTreatment = (view: Of<'ADOPT'>) => adopts(view, 'TREAT');
const adoptsTreatmentUnderWay = (view: Of<'ADOPT'>) => [...hasPlan(view as unknown as Sees), ...adopts(view, 'TREAT')];
/** Of one that was acceptable. */
const adoptsTreatmentAnew = (view: Of<'ADOPT'>) => (view.doc.decision === 'TREAT' ? not('the decision does not change') : adopts(view, 'TREAT'));

/** The owner confirms what came from the earlier register, outside an assessment (rules §18). */
function confirms(view: Of<'CONFIRM_MIGRATED'>, decision: RiskDecision): Reason[] {
  const { file, doc, body } = view;
  if (!doc.migrated || doc.migrated.confirmedAt || !doc.proposal) return [reason('ALREADY_DONE', { what: 'confirmation' })];
  if (doc.included) return [reason('IN_ANOTHER_ASSESSMENT', { case: doc.included.ref })];
  const current = confirmHash(file)!;
  if (body && body.contentHash !== current) return [reason('CONTENT_CHANGED', { sent: body.contentHash, current })];
  return proposedDecision(view as unknown as Sees, doc.proposal) === decision ? [] : not(`its decision is not ${decision}`);
}

const confirmsAcceptable = (view: Of<'CONFIRM_MIGRATED'>) => confirms(view, 'ACCEPTABLE');
const confirmsTreatment = (view: Of<'CONFIRM_MIGRATED'>) => confirms(view, 'TREAT');
/** Above the criteria, and its acceptance was taken over as well. */
const confirmsAccepted = (view: Of<'CONFIRM_MIGRATED'>) => [...isAccepted(view as unknown as Sees), ...confirms(view, 'TREAT')];

function isAccepted({ doc }: Sees): Reason[] {
  return doc.acceptance === null ? not('no acceptance is in force') : [];
}

function hasPlan({ doc }: Sees): Reason[] {
  return doc.plan === null ? not('no plan treats it') : [];
}

/** An interim acceptance lets work go on; it ends no treatment (rules §18). */
function isNotInterim({ body }: Of<'ACCEPTED'>): Reason[] {
  return body?.kind === 'INTERIM' ? not('it is accepted for the time of the treatment only') : [];
}

function endsOwnPlan({ doc, body }: Of<'PLAN_ENDED'>): Reason[] {
  return body && doc.plan?.id !== body.plan ? not('another plan treats it') : [];
}

function endsOwnAcceptance({ doc, body }: Of<'ACCEPTANCE_ENDED'>): Reason[] {
  return body && doc.acceptance?.id !== body.acceptance ? not('another acceptance is in force') : [];
}

/** The last assessment has opened a plan for it, though it was still accepted. */
const endsOwnAcceptanceUnderWay = (view: Of<'ACCEPTANCE_ENDED'>) => [...hasPlan(view as unknown as Sees), ...endsOwnAcceptance(view)];

/** Its end, or a change of criteria, asks for another look and not for treatment at once (rules §18 "Acceptance"). */
function endsWithinCriteria(view: Of<'ACCEPTANCE_ENDED'>): Reason[] {
  return [...endsOwnAcceptance(view), ...(view.body?.withinCriteria === false ? not('it was accepted above the criteria') : [])];
}

export const riskGuards = {
  ...{ hasActiveOwner, isNotAcceptedYet, isAskedToClose, closesAsSecond, mergesIntoAnOpenOne, isInNoOtherAssessment, isRatedByCriteria },
  ...{ changesDecision, changesProposedDecision, isAnotherRater, isFullyRated, fallsBackToStart, fallsBackToDue, fallsBackToTreatment, isToBeTreated, isConfirmed },
  ...{ adoptsAcceptable, adoptsTreatment, adoptsTreatmentUnderWay, adoptsTreatmentAnew },
  ...{ confirmsAcceptable, confirmsTreatment, confirmsAccepted, isAccepted, hasPlan, isNotInterim },
  ...{ endsOwnPlan, endsOwnAcceptance, endsOwnAcceptanceUnderWay, endsWithinCriteria },
};
