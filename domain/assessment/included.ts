import type { AssessmentDocument, RiskConfirmation } from '../../contracts/assessment.ts';
import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { RiskAbout } from '../../contracts/risk.ts';
import type { View } from '../kernel/definition.ts';

/** The risks of an assessment as they are now: cases of their own, rated there, read here. */

export type Sees = Pick<View<AssessmentDocument, never>, 'file' | 'doc' | 'facts'>;

export interface IncludedRisk extends Omit<CaseSummary, 'about'> {
  about: RiskAbout;
  /** The risk knows that this assessment works on it. */
  included: boolean;
}

/** Open risks that it works on or has asked to work on; neither left out nor released already. */
export function risksOf({ file, doc, facts }: Sees): IncludedRisk[] {
  const linked = file.links.filter(({ type, void: gone }) => type === 'assesses' && !gone).map(({ to }) => to);
  const out = [...doc.excluded, ...doc.released].map(({ risk }) => risk);
  const known = [...facts.cases, ...facts.similar].filter(({ process, settled }) => process === 'risk' && settled === null);
  const unique = new Map(known.map((each) => [each.id, each]));
  return [...unique.values()]
    .map((each) => ({ ...each, about: each.about as RiskAbout, included: each.about['proposalIn'] === file.id }))
    .filter(({ id, included }) => !out.includes(id) && (included || linked.includes(id)))
    .toSorted((a, b) => (a.ref < b.ref ? -1 : 1));
}

/** Risks that are being opened and are not there yet. */
export function isStillOpening({ file, facts }: Pick<Sees, 'file' | 'facts'>): boolean {
  const known = new Set([...facts.cases, ...facts.similar].map(({ id }) => id));
  return file.links.some(({ type, to, void: gone }) => type === 'assesses' && !gone && !known.has(to));
}

export const stages = ['identification', 'analysis', 'evaluation'] as const;
export type Stage = (typeof stages)[number];

/** What a risk still lacks at the end of that stage, the earlier ones included (rules §5, guards of `complete`). */
export function lacks({ about, included }: IncludedRisk, stage: Stage): string[] {
  const upTo = stages.indexOf(stage);
  const found = [
    ...(included ? [] : ['inclusion']),
    ...(about.owner === null ? ['owner'] : about.ownerAccepted === 'yes' ? [] : ['acceptedOwnership']),
    ...(upTo < 1 || about.proposalLevel !== null ? [] : ['rating']),
    ...(upTo < 1 || about.proposalLevel === null || about.needsSecond === 'no' || about.secondRated === 'yes' ? [] : ['secondRating']),
    ...(upTo < 2 || about.proposalDecision !== null ? [] : ['decision']),
  ];
  return found;
}

export function isReady(risk: IncludedRisk): boolean {
  return lacks(risk, 'evaluation').length === 0;
}

/** The signature that counts: of the present owner, over what the risk says now. */
export function confirmationOf({ doc }: Pick<Sees, 'doc'>, { id, about }: IncludedRisk): RiskConfirmation | undefined {
  return doc.confirmations.findLast(({ risk, contentHash, owner }) => risk === id && contentHash === about.proposalHash && owner === about.owner);
}

export function unconfirmed(view: Sees): IncludedRisk[] {
  return risksOf(view).filter((risk) => !isReady(risk) || !confirmationOf(view, risk));
}

/** Every risk has the confirmation of its owner over what is there now (rules §16.4 no. 17). */
export function isConfirmedByAll(view: Sees): boolean {
  return !isStillOpening(view) && unconfirmed(view).length === 0;
}

/** Owners whose word is still missing. */
export function pendingOwners(view: Sees): PersonId[] {
  const owners = risksOf(view).filter((risk) => isReady(risk) && !confirmationOf(view, risk)).map(({ about }) => about.owner!);
  return [...new Set(owners)].sort();
}

/** Disputes of that risk, in the order in which they came. */
export function disputesOf({ disputes }: AssessmentDocument, risk: CaseId) {
  return disputes.filter((each) => each.risk === risk);
}

/** Disputes that wait for an answer of the assessor or a ruling. */
export function openDisputes(doc: AssessmentDocument) {
  return doc.disputes.filter(({ answer, ruling }) => answer === null && ruling?.ruling !== 'RATING_STANDS');
}

/** The third dispute of a risk goes to TOP_MGMT (rules §5 REWORK, §4.3); after a ruling they are counted anew. */
export function needsRuling(doc: AssessmentDocument, risk: CaseId, limit: number): boolean {
  const all = disputesOf(doc, risk);
  const since = all.slice(all.findLastIndex(({ ruling }) => ruling !== null) + 1);
  return since.length >= limit && since.at(-1)!.answer === null;
}

/** Disputed risks on which TOP_MGMT has to rule now. */
export function risksToRule(doc: AssessmentDocument, limit: number): CaseId[] {
  return [...new Set(openDisputes(doc).map(({ risk }) => risk))].filter((risk) => needsRuling(doc, risk, limit));
}

/** Who rated: not those who approve the result. */
export function ratersOf(view: Sees): PersonId[] {
  const { assessor, secondRater } = (view.file as CaseFile<AssessmentDocument>).parties;
  const raters = risksOf(view).map(({ about }) => about.proposalBy);
  return [...new Set([assessor, secondRater, ...raters])].filter((each): each is PersonId => each != null).sort();
}
