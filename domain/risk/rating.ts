import type { CaseFile } from '../../contracts/case-file.ts';
import type { CaseId, LocalDate } from '../../contracts/identity.ts';
import type { Rating, RatingInput, RiskDecision, RiskDocument, RiskProposal } from '../../contracts/risk.ts';
import { localDate } from '../calendar/due.ts';
import type { CriteriaInForce } from '../criteria/criteria.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';

/** From what people say to a rating: score, level and decision are computed, never typed (ISO/IEC 27001:2022 6.1.2 d, e). */

export type Sees = View<RiskDocument, never>;

/** Those of the assessment that works on it, which is pinned to one version; else those in force. */
export function criteriaFor({ doc, facts, now }: Sees): CriteriaInForce {
  const criteria = criteriaOf(facts);
  const pinned = doc.included?.criteria;
  return (pinned ? criteria.version(pinned, now) : null) ?? criteria.at(now);
}

interface Circumstances {
  by: string;
  on: LocalDate;
}

/** The rating that follows from the scores by these criteria. */
export function ratingBy(criteria: CriteriaInForce, input: Omit<RatingInput, 'controls'> & { controls?: string[] }, { by, on }: Circumstances): Rating {
  const { impact, likelihood, rationale, controls = [] } = input;
  return { impact, likelihood, rationale, controls: [...new Set(controls)].sort(), ...criteria.levelOf({ impact, likelihood }), on, by, criteria: criteria.ref };
}

/** The same, by who acts now. */
export function ratingNow(view: Sees, input: Parameters<typeof ratingBy>[1]): Rating {
  const by = view.actor.onBehalfOf ?? view.actor.person!;
  return ratingBy(criteriaFor(view), input, { by, on: localDate(view.now, view.file.zone) });
}

/** What the criteria say has to be done. */
export function decisionBy(criteria: CriteriaInForce, { level }: Pick<Rating, 'level'>, category: string | null): RiskDecision {
  return criteria.isAcceptable(level, category) ? 'ACCEPTABLE' : 'TREAT';
}

/** The decision that the proposal comes to: what was said, else what the criteria say. */
export function proposedDecision(view: Sees, proposal: Pick<RiskProposal, 'decision' | 'rating'>): RiskDecision {
  return proposal.decision ?? decisionBy(criteriaFor(view), proposal.rating, view.doc.category);
}

/** Rank in which risks are treated where nobody says otherwise: the gravest first. */
export function usualPriority(criteria: CriteriaInForce, { level }: Pick<Rating, 'level'>): number {
  return criteria.levels.length - criteria.levels.indexOf(level);
}

/** High and critical risks are rated twice, of the others a sample that nobody chooses (rules §5 ANALYSIS). */
export function needsSecondRating(view: Sees, { level }: Pick<Rating, 'level'>): boolean {
  if (criteriaFor(view).isAbove(level, 'medium')) return true;
  const drawn = Number.parseInt(contentHash({ risk: view.file.id, assessment: view.doc.included?.id ?? null }).slice(0, 8), 16) % 100;
  return drawn < inForce(view).value('risk.secondRatingSample');
}

/** Hash of what the owner confirms; null without a proposal. */
export function confirmHash({ document: { title, scenario, affects, proposal }, parties }: Pick<CaseFile<RiskDocument>, 'document' | 'parties'>): string | null {
  return proposal === null ? null : contentHash({ title, scenario, affects, owner: parties['owner'] ?? null, proposal });
}

/** True where the assessment works on it. */
export function isIncludedIn(doc: RiskDocument, assessment: CaseId): boolean {
  return doc.included?.id === assessment;
}
