import type { CaseFile, CaseSummary, Link } from '../../contracts/case-file.ts';
import { levels } from '../../contracts/criteria.ts';
import type { Level } from '../../contracts/criteria.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { OpenPlanFromParent, PlanContent, PlanVersion, Treatment, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { needsTopManagement } from '../access/acceptance-authority.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import { isAbove } from '../criteria/level.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { OpeningView, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { currentParts } from '../kernel/links.ts';

/** What the rows of rules §6 "State machine – treatment plan" ask about a plan. */

export type Sees = View<TreatmentPlanDocument, never>;
type Seen = View<TreatmentPlanDocument>;
type File = CaseFile<TreatmentPlanDocument>;

export function caseOf({ facts }: Pick<Seen, 'facts'>, id: string | undefined): CaseSummary | undefined {
  return facts.cases.find((each) => each.id === id);
}

/** Who owns the risk now; who did when the plan last asked, where the risk says nothing. */
export function ownerOf(view: Pick<Seen, 'facts' | 'doc'>, risk: string): PersonId | undefined {
  return (caseOf(view, risk)?.about['owner'] as PersonId | null | undefined) ?? view.doc.owners[risk];
}

/** Owners of the risks of the plan, each once. */
export function ownersOf(view: Pick<Seen, 'facts' | 'doc'>): PersonId[] {
  return [...new Set(view.doc.risks.map((risk) => ownerOf(view, risk)).filter((each) => each !== undefined))].sort();
}

/** Level of the risk now; as it was when the plan last asked, where the risk says nothing. */
export function levelOf(view: Pick<Seen, 'facts' | 'doc'>, risk: string): Level | undefined {
  return (caseOf(view, risk)?.about['level'] as Level | null | undefined) ?? view.doc.levels[risk];
}

export function highest(found: readonly (Level | undefined)[]): Level | null {
  return levels.findLast((level) => found.includes(level)) ?? null;
}

/** Treatments of what the plan on the table treats: a released risk has gone. */
export function treatmentsOf({ risks, content }: Pick<TreatmentPlanDocument, 'risks' | 'content'>): Treatment[] {
  return (content?.treatments ?? []).filter(({ risk }) => risks.includes(risk));
}

/** Those whose level is to change, be it that the activity ends or others bear it. */
export function treated(doc: TreatmentPlanDocument): Treatment[] {
  return treatmentsOf(doc).filter(({ option }) => option !== 'RETAIN');
}

export function retained(doc: TreatmentPlanDocument): Treatment[] {
  return treatmentsOf(doc).filter(({ option }) => option === 'RETAIN');
}

/** The version that holds: approved, and not replaced yet by one that is on its way (rules §18). */
export function versionInForce({ state, document }: Pick<File, 'state' | 'document'>): PlanVersion | null {
  return state === 'cancelled' || state === 'superseded' ? null : document.approved;
}

/** What is decided on: over exactly this one approves. */
export function subjectOf({ document: { content, version, levels: rated } }: Pick<File, 'document'>): Json {
  return { content, version, levels: rated } as unknown as Json;
}

/** Everybody who has submitted a version: never its approver (SOD-03). */
export function authors({ file, facts }: Pick<Seen, 'file' | 'facts'>): PersonId[] {
  const submitted = facts.involvements.filter(({ relation, object }) => relation === 'authoredPlan' && object === file.id);
  const barred = [file.parties['author'], ...submitted.map(({ person }) => person)];
  return [...new Set(barred.filter((each) => each !== undefined))].sort();
}

/** Owners who drafted the plan themselves approve it where the organisation has chosen so, with their superior beside them (SOD-03 ELEVATE). */
export function elevated(view: Pick<Seen, 'file' | 'facts' | 'doc' | 'now'>): PersonId[] {
  if (inForce(view).value('duties.planByRiskOwner') !== 'ELEVATE') return [];
  const wrote = authors(view);
  return ownersOf(view).filter((owner) => wrote.includes(owner));
}

/** SOD-03: whoever owns one of the risks and submits the plan could not approve it. */
export function authorReasons(view: Sees): Reason[] {
  const { person } = view.actor;
  const owns = person !== null && ownersOf(view).includes(person);
  if (!owns || inForce(view).value('duties.planByRiskOwner') === 'ELEVATE') return [];
  return [reason('SOD_BLOCKED', { rule: 'SOD-03', person, because: 'riskOwner', waivable: false })];
}

export function endorserReasons(view: Sees): Reason[] {
  const { person } = view.actor;
  return person !== null && authors(view).includes(person) ? [reason('SOD_BLOCKED', { rule: 'SOD-03', person, because: 'authoredPlan', waivable: false })] : [];
}

/** SOD-11: what is left of a risk is rated by somebody who has carried out no part of its treatment, nor was to. */
export function assessorReasons({ file, facts }: Sees, person: PersonId): Reason[] {
  const actions = file.links.filter(({ type }) => type === 'treatmentAction' || type === 'condition').map(({ to }) => to);
  const owns = facts.cases.some(({ id, about, settled }) => actions.includes(id) && settled !== 'cancelled' && about['owner'] === person);
  const blocked = segregationReasons(person, 'ratedResidual', familyOf(file), facts.involvements);
  return owns && blocked.length === 0 ? [reason('SOD_BLOCKED', { rule: 'SOD-11', person, because: 'actionOwner', waivable: false })] : blocked;
}

/** More than the owners may spend alone. */
export function exceedsBudget(view: Seen): boolean {
  const cost = view.doc.content?.cost ?? 0;
  const usual = inForce(view).value('treatment.budgetLimit');
  const limits = ownersOf(view).map((owner) => view.facts.directory.person(owner)?.budgetLimit ?? usual);
  return cost > Math.max(0, ...limits);
}

/** A risk that its owner could not accept alone, for as long as it is treated or because it is retained. */
export function exceedsLimit(view: Seen): boolean {
  return treatmentsOf(view.doc).some(({ risk }) => {
    const [owner, level] = [ownerOf(view, risk), levelOf(view, risk)];
    return owner === undefined || (level !== undefined && needsTopManagement(view, { owner, level }));
  });
}

/** Why the rating that the plan stands on no longer holds. */
export function ratingReasons(view: Seen): Reason[] {
  return view.doc.risks.flatMap((risk) => {
    const [now, then] = [levelOf(view, risk), view.doc.levels[risk]];
    const ref = caseOf(view, risk)?.ref ?? risk;
    return now && then && isAbove(now, then) ? [reason('RATING_CHANGED', { risk: ref, level: now })] : [];
  });
}

/** The newest action for each planned one, of those that still treat a risk of the plan. */
export function actionLinks({ file, doc }: Pick<Seen, 'file' | 'doc'>): { key: string; mandatory: boolean; link: Link | undefined }[] {
  const newest = new Map(file.links.filter(({ type }) => type === 'treatmentAction').map((link) => [link.key, link]));
  const live = (doc.content?.actions ?? []).filter(({ risks }) => risks.some((risk) => doc.risks.includes(risk)));
  return live.map(({ key, mandatory }) => ({ key, mandatory, link: newest.get(key) }));
}

/** Somebody has begun: an action is past being taken on, or over. */
export function hasBegun(view: Seen): boolean {
  const untouched = ['proposed', 'assigned', 'acknowledged'];
  return currentParts(view.file).some(({ to, type }) => type === 'treatmentAction' && !untouched.includes(caseOf(view, to)?.state ?? 'assigned'));
}

/** Risks that the action treats, in the version that holds or in the one on its way. */
export function risksOfAction({ file, doc }: Pick<Seen, 'file' | 'doc'>, action: string): string[] {
  const keys = file.links.filter(({ type, to }) => type === 'treatmentAction' && to === action).map(({ key }) => key);
  const planned = [...(doc.approved?.content.actions ?? []), ...(doc.content?.actions ?? [])];
  return doc.risks.filter((risk) => planned.some(({ key, risks }) => keys.includes(key) && risks.includes(risk)));
}

/** The version that holds, else the one on the table. */
export function contentInForce({ approved, content }: Pick<TreatmentPlanDocument, 'approved' | 'content'>): PlanContent | null {
  return approved?.content ?? content;
}

/** The newest acceptance of that kind for each risk. */
export function acceptanceLinks({ file }: Pick<Seen, 'file'>, type: string): Map<string, Link> {
  return new Map(file.links.filter((link) => link.type === type && !link.void && link.key).map((link) => [link.key!, link]));
}

/** A newer interim acceptance of the risk runs: the end of the one before asks nobody anything. */
export function isReplaced(view: Pick<Seen, 'file' | 'facts'>, risk: string, acceptance: string): boolean {
  const newest = acceptanceLinks(view, 'interim').get(risk);
  return newest !== undefined && newest.to !== acceptance && (caseOf(view, newest.to)?.settled ?? null) === null;
}

/** What the owner is to accept: another assessment of what remains is another one. */
export function residualHash(doc: TreatmentPlanDocument, risk: string): string {
  return contentHash({ iteration: doc.iteration, rating: doc.residual[risk] ?? null });
}

function residualCase(view: Seen, risk: string): CaseSummary | undefined {
  const link = acceptanceLinks(view, 'residual').get(risk);
  return link?.contentHash === residualHash(view.doc, risk) ? caseOf(view, link.to) : undefined;
}

export function residualsAccepted(view: Seen): boolean {
  return treated(view.doc).every(({ risk }) => {
    const found = residualCase(view, risk);
    return found?.about['inEffect'] === 'yes' || found?.settled === 'renewed';
  });
}

export function residualRefused(view: Seen): boolean {
  return treated(view.doc).some(({ risk }) => {
    const settled = residualCase(view, risk)?.settled ?? null;
    return settled !== null && settled !== 'renewed';
  });
}

/** Nothing is treated, and every retained risk is accepted. */
export function isRetained(view: Seen): boolean {
  const links = acceptanceLinks(view, 'retained');
  return treated(view.doc).length === 0 && retained(view.doc).every(({ risk }) => caseOf(view, links.get(risk)?.to)?.about['inEffect'] === 'yes');
}

/** By the ISO, for risks that need treatment; an assessment, a risk or a split opens it without being asked. */
export function openingReasons({ body, actor, facts, now }: OpeningView): Reason[] {
  const { risks } = body as OpenPlanFromParent;
  const repeated = risks.filter((risk, n) => risks.indexOf(risk) !== n);
  if (repeated.length > 0) return [reason('INVALID_PAYLOAD', { path: 'risks', message: 'names a risk twice' })];
  if (actor.person === null) return [];
  const isIso = [...facts.directory.holders('ISO', now), ...facts.directory.isoDeputies(now)].includes(actor.person);
  if (!isIso) return [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy'] })];
  return risks.flatMap((risk) => {
    const found = facts.cases.find(({ id }) => id === risk);
    if (found?.process !== 'risk') return [reason('UNKNOWN_CASE', { path: 'risks', case: risk })];
    return found.state === 'treatmentRequired' ? [] : [reason('NOT_TO_BE_TREATED', { risk: found.ref, state: found.state })];
  });
}
