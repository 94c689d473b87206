import type { Instant } from '../../contracts/identity.ts';
import type { OpenRisk, Rating, RiskBody, RiskCommand, RiskDocument, RiskProposal } from '../../contracts/risk.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import type { View } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import { criteriaFor, decisionBy, needsSecondRating, proposedDecision, ratingBy, ratingNow, usualPriority } from './rating.ts';
import type { Sees } from './rating.ts';
import { reviewAfter, reviewAfterDismissal } from './review.ts';

/** The document of a risk after each command. */

type Records<C extends RiskCommand> = View<RiskDocument, RiskBody<C>> & { body: RiskBody<C> };
type Doc = RiskDocument;
const sees = (view: unknown) => view as Sees;

const blank = {
  ...{ ratings: { inherent: null, current: null, target: null, residual: null }, decision: null, deviation: null, priority: null, proposal: null },
  ...{ acceptedOwnership: null, declinedOwnership: null, emergency: null, included: null, migrated: null, plan: null, acceptance: null, interim: null },
  ...{ treatSince: null, reviewOn: null, rerate: null, trigger: null, closing: null, closedBecause: null, mergedInto: null, mergedFrom: [], splitFrom: null },
} satisfies Partial<Doc>;

type Described = Pick<Doc, 'title' | 'description' | 'category' | 'scenario' | 'affects' | 'assets' | 'processes' | 'suppliers'>;

function described({ title, description, category, scenario, affects, assets, processes, suppliers }: Omit<RiskBody<'AMEND'>, 'reason'>): Described {
  return { title, description: description ?? null, category: category ?? null, scenario, affects: [...new Set(affects)].sort(), assets, processes, suppliers };
}

const newRisk = { kind: 'OTHER', reason: 'A risk was identified' };
const planned = { kind: 'RISK_REVIEW', reason: 'The planned review has come' };

/** A new risk; one of an earlier register comes with the rating it had there as the proposal that its owner confirms. */
export function opened(body: OpenRisk, now: Instant, { facts }: { facts: Facts }): Doc {
  const { include, splitFrom, migrated } = body;
  const included = include ? { id: include.assessment, ref: include.assessmentRef, criteria: include.criteria ?? null } : null;
  const split = splitFrom ? { id: splitFrom.risk, ref: splitFrom.riskRef } : null;
  const doc: Doc = { ...blank, ...described(body), included, splitFrom: split, trigger: include || migrated ? null : newRisk };
  return migrated ? takenOver(doc, migrated, { facts, now, owner: body.owner! }) : doc;
}

function takenOver(doc: Doc, migrated: NonNullable<OpenRisk['migrated']>, { facts, now, owner }: { facts: Facts; now: Instant; owner: string }): Doc {
  const criteria = criteriaOf(facts).at(now);
  const by = { by: migrated.ratedBy ?? owner, on: migrated.ratedOn };
  const rating = ratingBy(criteria, migrated.rating, by);
  const inherent = migrated.inherent ? ratingBy(criteria, migrated.inherent, by) : null;
  const decision = decisionBy(criteria, rating, doc.category);
  const judged = { decision, priority: usualPriority(criteria, rating), deviation: null, secondRating: null, needsSecond: false, resolution: null };
  const proposal: RiskProposal = { rating, inherent, ...judged, by: by.by, assessment: null };
  return { ...doc, proposal, migrated: { source: migrated.source, reference: migrated.reference ?? null, confirmedAt: null } };
}

/** What was rated as something else is rated again. */
export function amended({ doc, body, now }: Records<'AMEND'>): Doc {
  const next = { ...doc, ...described(body) };
  const changed = JSON.stringify([doc.scenario, doc.affects]) !== JSON.stringify([next.scenario, next.affects]);
  return changed && doc.ratings.current && !doc.included ? { ...next, rerate: { because: 'the scenario was amended', since: now } } : next;
}

export function ownershipAccepted({ doc, file, now }: Records<'ACCEPT_OWNERSHIP'>): Doc {
  return { ...doc, acceptedOwnership: { by: file.parties['owner']!, at: now } };
}

export function ownershipDeclined({ doc, file, body, now }: Records<'DECLINE_OWNERSHIP'>): Doc {
  return { ...doc, acceptedOwnership: null, declinedOwnership: { by: file.parties['owner']!, at: now, reason: body.reason } };
}

/** In an assessment, or before one, a proposal; else the rating that holds from now on. */
export function rated(view: Records<'RATE'>): Doc {
  const { doc, file, body } = view;
  const rating = ratingNow(sees(view), body);
  const inherent = body.inherent ? ratingNow(sees(view), body.inherent) : doc.ratings.inherent;
  if (holdsAtOnce(view)) {
    const done = { ...doc, ratings: { ...doc.ratings, inherent, current: rating }, emergency: null, rerate: null };
    return { ...done, reviewOn: reviewAfter(sees(view), rating) };
  }
  const judged = { decision: null, priority: null, deviation: null, secondRating: null, resolution: null };
  const same = file.state === 'evaluated' && doc.proposal ? { ...judged, decision: proposedIfSame(view, doc.proposal), priority: doc.proposal.priority } : judged;
  const proposal: RiskProposal = { rating, inherent, ...same, needsSecond: needsSecondRating(sees(view), rating), by: rating.by, assessment: doc.included?.id ?? null };
  const because = { kind: 'RISK_REVIEW', reason: `It was rated ${rating.level} by ${rating.by}` };
  return { ...doc, proposal, emergency: null, ...(inRated(view) && !doc.included && { trigger: because }) };
}

/** The evaluation stands where the new rating comes to the same. */
function proposedIfSame(view: Records<'RATE'>, proposal: RiskProposal): RiskProposal['decision'] {
  const decision = decisionBy(criteriaFor(sees(view)), ratingNow(sees(view), view.body), view.doc.category);
  return decision === proposedDecision(sees(view), proposal) ? proposal.decision : null;
}

const ratedStates = ['acceptable', 'treatmentRequired', 'inTreatment', 'residualPending', 'monitored'];
const inRated = ({ file }: Pick<Sees, 'file'>) => ratedStates.includes(file.state);

/** Outside an assessment, with the decision as it was (rules §18 `rerate`). */
export function holdsAtOnce(view: View<Doc, RiskBody<'RATE'>>): boolean {
  const { doc, body } = view;
  if (!body || doc.included || !inRated(view)) return false;
  const decision = decisionBy(criteriaFor(sees(view)), ratingNow(sees(view), body), doc.category);
  return decision === doc.decision || (decision === 'ACCEPTABLE' && doc.deviation !== null);
}

export function ratedTwice(view: Records<'SECOND_RATE'>): Doc {
  const { doc, body } = view;
  const { impact, likelihood, rationale } = body;
  const { controls } = doc.proposal!.rating;
  return { ...doc, proposal: { ...doc.proposal!, secondRating: ratingNow(sees(view), { impact, likelihood, rationale, controls }) } };
}

export function evaluated(view: Records<'EVALUATE'>): Doc {
  const { doc, body } = view;
  const proposal = doc.proposal!;
  const criteria = criteriaFor(sees(view));
  const byCriteria = decisionBy(criteria, proposal.rating, doc.category);
  const decision = body.decision ?? byCriteria;
  const deviation = decision === byCriteria ? null : (body.reason ?? null);
  const priority = body.priority ?? usualPriority(criteria, proposal.rating);
  return { ...doc, proposal: { ...proposal, decision, deviation, priority, resolution: body.resolution ?? null } };
}

export function targeted(view: Records<'SET_TARGET'>): Doc {
  return { ...view.doc, ratings: { ...view.doc.ratings, target: ratingNow(sees(view), view.body) } };
}

export function ratedInEmergency(view: Records<'EMERGENCY_RATE'>): Doc {
  const { reason, because, ...scores } = view.body;
  return { ...view.doc, emergency: { rating: ratingNow(sees(view), scores), reason, because: because ?? null, at: view.now } };
}

/** The proposal holds from now on. */
export function adopted(view: Records<'ADOPT'> | Records<'CONFIRM_MIGRATED'>): Doc {
  const { doc } = view;
  const { rating, inherent, deviation, priority } = doc.proposal!;
  const decision = proposedDecision(sees(view), doc.proposal!);
  const ratings = { ...doc.ratings, current: rating, inherent: inherent ?? doc.ratings.inherent };
  const migrated = doc.migrated && { ...doc.migrated, confirmedAt: view.now };
  const done = { proposal: null, included: null, emergency: null, rerate: null, trigger: planned, migrated };
  return { ...doc, ratings, decision, deviation, priority: priority ?? usualPriority(criteriaFor(sees(view)), rating), ...done, reviewOn: reviewAfter(sees(view), rating) };
}

/** Confirmed outside an assessment: the owner has said yes to owning it as well. */
export function confirmed(view: Records<'CONFIRM_MIGRATED'>): Doc {
  const by = view.file.parties['owner']!;
  return { ...adopted(view), acceptedOwnership: { by, at: view.now } };
}

export function included({ doc, body }: Records<'INCLUDE'>): Doc {
  const { assessment: id, assessmentRef: ref, criteria = null } = body;
  const proposal = doc.proposal && { ...doc.proposal, assessment: id };
  return { ...doc, included: { id, ref, criteria }, proposal };
}

/** What the assessment had proposed falls away with it, and nothing asks for another one by itself. */
export function excluded({ doc, body }: Records<'EXCLUDE'>): Doc {
  return doc.included?.id === body.assessment ? { ...doc, included: null, proposal: doc.migrated && !doc.migrated.confirmedAt ? doc.proposal : null, trigger: null } : doc;
}

/** Nothing has changed: the next review is the planned one after today. */
export function dismissed(view: Records<'DISMISS_REASSESSMENT'>): Doc {
  const { doc, file } = view;
  return file.state === 'reassessmentDue' ? { ...doc, trigger: planned, reviewOn: reviewAfterDismissal(sees(view)) } : doc;
}

export function planEnded({ doc, body }: Records<'PLAN_ENDED'>): Doc {
  return doc.plan?.id === body.plan ? { ...doc, plan: null, interim: null } : doc;
}

/** What was accepted becomes what is: after a treatment the residual rating is the current one. */
export function accepted(view: Records<'ACCEPTED'>): Doc {
  const { doc, body } = view;
  const { kind, until } = body;
  const reference = { id: body.acceptance, ref: body.acceptanceRef };
  if (kind === 'INTERIM') return { ...doc, interim: { ...reference, until } };
  const { residual, current } = doc.ratings;
  const done = kind === 'RESIDUAL' && residual ? treated(view, residual) : doc;
  const level = (done.ratings.current ?? current ?? doc.proposal?.rating)?.level;
  const ended = kind === 'RESIDUAL' || kind === 'RETAINED' ? { plan: null, interim: null } : {};
  return { ...done, ...ended, acceptance: level ? { ...reference, kind, until, level } : null, trigger: doc.trigger ?? planned };
}

function treated(view: Records<'ACCEPTED'>, residual: Rating): Doc {
  const { doc, now, facts } = view;
  const decision = decisionBy(criteriaOf(facts).at(now), residual, doc.category);
  return { ...doc, ratings: { ...doc.ratings, current: residual }, decision, deviation: null, rerate: null, reviewOn: reviewAfter(sees(view), residual) };
}

export function acceptanceEnded({ doc, body }: Records<'ACCEPTANCE_ENDED'>): Doc {
  if (doc.interim?.id === body.acceptance) return { ...doc, interim: null };
  if (doc.acceptance?.id !== body.acceptance) return doc;
  const trigger = { kind: 'ACCEPTANCE', ref: doc.acceptance.ref, reason: `The acceptance has ended (${body.how.toLowerCase()})` };
  return { ...doc, acceptance: null, trigger };
}

export function controlFailed({ doc, body, now }: Records<'CONTROL_NOT_EFFECTIVE'>): Doc {
  const because = `control ${body.control} is not effective: ${body.because}`.slice(0, 4000);
  return { ...doc, rerate: { because, since: now }, trigger: { kind: 'CONTROL_NOT_EFFECTIVE', ref: body.control, reason: because } };
}

export function criteriaChanged({ doc, body, now }: Records<'CRITERIA_CHANGED'>): Doc {
  return { ...doc, rerate: { because: `the criteria ${body.criteriaRef} are in force`, since: now } };
}

export function asksToClose({ doc, actor, body, now }: Records<'ASK_TO_CLOSE'>, side: 'owner' | 'iso'): Doc {
  return { ...doc, closing: { by: actor.person!, onBehalfOf: actor.onBehalfOf ?? null, side, at: now, reason: body.reason } };
}

export function reopened({ doc, body }: Records<'REOPEN'>): Doc {
  const gone = { acceptance: null, interim: null, plan: null, proposal: null, included: null, closing: null, closedBecause: null, reviewOn: null };
  return { ...doc, ...gone, trigger: { kind: 'OTHER', reason: body.reason } };
}

export function merged({ doc, body, facts }: Records<'MERGE'>): Doc {
  const { id, ref } = facts.cases.find((each) => each.id === body.into)!;
  return { ...doc, mergedInto: { id, ref }, closing: null };
}

export function absorbed({ doc, body, now }: Records<'ABSORB'>): Doc {
  const mergedFrom = [...doc.mergedFrom, { id: body.from, ref: body.fromRef }];
  return { ...doc, mergedFrom, ...(doc.ratings.current && { rerate: { because: `${body.fromRef} was merged into it`, since: now } }) };
}
