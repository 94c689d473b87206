import type { AssessmentBody, AssessmentCommand, AssessmentDocument } from '../../contracts/assessment.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { confirmationOf, disputesOf, isReady, isStillOpening, lacks, needsRuling, openDisputes, risksOf } from './included.ts';
import type { IncludedRisk, Stage } from './included.ts';
import { startReasons } from './start.ts';
import { covers, isInUnits, isRiskOf, scopeOf } from '../scope/assessment-scope.ts';

/** Guards of the assessment (rules §5 and §18): each says what stands in the way, or nothing. */

type Sees<C extends AssessmentCommand> = View<AssessmentDocument, AssessmentBody<C>>;
type Any = View<AssessmentDocument, never>;

const limit = (view: Pick<Any, 'facts' | 'now'>) => inForce(view).value('round.rejectionsBeforeRuling');
const ground = ({ facts, now }: Pick<Any, 'facts' | 'now'>) => ({ directory: facts.directory, now, risks: facts.cases.filter(({ process }) => process === 'risk') });

/** Another trigger belongs here where it is about the same; before triage the scope grows by what it adds. */
function coversTrigger(view: Sees<'ADD_TRIGGER'>): Reason[] {
  const { file, doc, body } = view;
  if (!body || file.state === 'triggered' || covers(doc.scope, scopeOf(body.scope), ground(view))) return [];
  return [reason('OUTSIDE_SCOPE', { items: [...body.scope.units, ...body.scope.assets, ...body.scope.risks] })];
}

/** FULL is the whole scope of the ISMS, SINGLE_RISK exactly one risk. */
function fitsScope({ doc: { scope }, body }: Sees<'TRIAGE'>): Reason[] {
  const single = !scope.all && scope.risks.length === 1 && scope.units.length + scope.assets.length === 0;
  const fits = body === undefined || (body.kind === 'FULL' ? scope.all : body.kind === 'SINGLE_RISK' ? single : true);
  return fits ? [] : [reason('KIND_UNFIT', { kind: body.kind })];
}

/** Grave triggers and the planned interval are not waved aside by one person (rules §5 `triage`). */
export function isGrave({ triggers }: AssessmentDocument): boolean {
  return triggers.some(({ kind, gravity }) => gravity !== null || kind === 'MANAGEMENT_REVIEW' || kind === 'PLANNED_INTERVAL');
}

function needsNoSecondPerson({ doc }: Any): Reason[] {
  return isGrave(doc) ? [reason('SECOND_PERSON_NEEDED', {})] : [];
}

function isProposedNotNeeded({ doc }: Any): Reason[] {
  return doc.notNeeded ? [] : [reason('NOTHING_ASKED', { question: 'notNeeded' })];
}

/** A planned cycle takes place; it is done late rather than never (rules §4.2 CANCEL). */
function isNotMandatory({ doc }: Any): Reason[] {
  return doc.planned ? [reason('MANDATORY', { what: 'plannedAssessment' })] : [];
}

function isReadyToStart(view: Sees<'START'>): Reason[] {
  return startReasons(view);
}

function isBasisUndecided({ doc }: Any): Reason[] {
  return doc.basis.some(({ decision }) => decision === null) ? [] : [reason('NOTHING_ASKED', { question: 'basis' })];
}

/** Why that risk cannot be worked on here: it has ended, is no risk, or another assessment works on it. */
function unfit({ process, settled, about, ref }: CaseSummary, id: string): Reason[] {
  if (process !== 'risk' || settled !== null) return [reason('RISK_UNFIT', { risk: ref, because: process === 'risk' ? 'ended' : 'noRisk' })];
  const elsewhere = about['proposalIn'];
  return elsewhere == null || elsewhere === id ? [] : [reason('RISK_UNFIT', { risk: ref, because: 'inAnotherAssessment' })];
}

function takesOpenRisks({ file, body, facts }: Sees<'CARRY_OVER'>): Reason[] {
  const named = facts.cases.filter(({ id }) => body?.risks?.includes(id));
  return named.flatMap((each) => unfit(each, file.id));
}

function isItsRisk({ body, facts }: Sees<'EXCLUDE_RISK'>): Reason[] {
  const named = body && facts.cases.find(({ id }) => id === body.risk);
  return named && named.process !== 'risk' ? [reason('RISK_UNFIT', { risk: named.ref, because: 'noRisk' })] : [];
}

/** Units and assets of the scope for which there is neither a risk nor a reason why there is none. */
function emptyItems(view: Any): string[] {
  const { doc } = view;
  const has = (item: string, { about }: IncludedRisk) => isInUnits(about.unit, [item], ground(view)) || about.assets.includes(item);
  return doc.items.filter((item) => !doc.none.some((each) => each.item === item) && !risksOf(view).some((risk) => has(item, risk)));
}

function isItemWithoutRisk(view: Sees<'DECLARE_NONE'>): Reason[] {
  const { body } = view;
  if (!body) return [];
  return emptyItems(view as Any).includes(body.item) ? [] : [reason('INVALID_PAYLOAD', { path: 'item', message: `"${body.item}" is no item of the scope without a risk` })];
}

/** Open risks of the scope in the register that were neither taken in nor left out. */
function notReviewed(view: Any): string[] {
  const { doc, file, facts } = view;
  const here = new Set([...risksOf(view).map(({ id }) => id), ...doc.excluded.map(({ risk }) => risk), ...doc.released.map(({ risk }) => risk)]);
  const open = facts.similar.filter((each) => each.process === 'risk' && each.settled === null && unfit(each, file.id).length === 0);
  return open.filter((each) => !here.has(each.id) && isRiskOf(doc.scope, each, ground(view))).map(({ ref }) => ref);
}

/** One reason for each risk that lacks something, by its name. */
function incomplete(view: Any, stage: Stage): Reason[] {
  const opening = isStillOpening(view) ? [reason('RISK_INCOMPLETE', { risk: 'a new risk', lacks: ['inclusion'] })] : [];
  const lacking = risksOf(view).map((risk) => ({ risk: risk.ref, lacks: lacks(risk, stage) })).filter((each) => each.lacks.length > 0);
  return [...opening, ...lacking.map((each) => reason('RISK_INCOMPLETE', each))];
}

function isIdentified(view: Any): Reason[] {
  const [items, risks] = [emptyItems(view), notReviewed(view)];
  return [
    ...(items.length > 0 ? [reason('SCOPE_ITEM_EMPTY', { items })] : []),
    ...(risks.length > 0 ? [reason('RISKS_NOT_REVIEWED', { risks })] : []),
    ...incomplete(view, 'identification'),
  ];
}

const isAnalysed = (view: Any): Reason[] => incomplete(view, 'analysis');
const isEvaluated = (view: Any): Reason[] => incomplete(view, 'evaluation');

function member(view: Any, id: string): IncludedRisk | undefined {
  return risksOf(view).find((each) => each.id === id);
}

function notMember({ facts }: Any, id: string): Reason {
  return reason('RISK_UNFIT', { risk: facts.cases.find((each) => each.id === id)?.ref ?? id, because: 'notInThisAssessment' });
}

/** Each owner signs what the risk says now, and only what is complete. */
function isWhatOwnersSaw(view: Sees<'CONFIRM'>): Reason[] {
  return (view.body?.risks ?? []).flatMap(({ risk: id, contentHash }) => {
    const risk = member(view as Any, id);
    if (!risk) return [notMember(view as Any, id)];
    if (!isReady(risk)) return [reason('RISK_INCOMPLETE', { risk: risk.ref, lacks: lacks(risk, 'evaluation') })];
    return contentHash === risk.about.proposalHash ? [] : [reason('CONTENT_CHANGED', { sent: contentHash, current: risk.about.proposalHash! })];
  });
}

/** What was ruled on is not disputed again while it says the same. */
function mayDispute(view: Sees<'DISPUTE'>): Reason[] {
  const { doc, body } = view;
  if (!body) return [];
  const risk = member(view as Any, body.risk);
  if (!risk) return [notMember(view as Any, body.risk)];
  if (openDisputes(doc).some((each) => each.risk === risk.id)) return [reason('ALREADY_DONE', { what: 'dispute' })];
  const ruled = disputesOf(doc, risk.id).some(({ ruling, contentHash }) => ruling?.ruling === 'RATING_STANDS' && contentHash === risk.about.proposalHash);
  return ruled ? [reason('ALREADY_RULED', { risk: risk.ref })] : [];
}

function nameOf({ facts }: Any, risk: string): string {
  return [...facts.cases, ...facts.similar].find(({ id }) => id === risk)?.ref ?? risk;
}

/** The assessor answers; after the third dispute of a risk TOP_MGMT rules first. */
function answersOne(view: Sees<'RESUBMIT'>): Reason[] {
  const { doc, body } = view;
  const open = openDisputes(doc);
  if (!body || open.length === 0) return [];
  if (!open.some(({ risk }) => risk === body.risk)) return [reason('NOTHING_ASKED', { question: `dispute of ${nameOf(view as Any, body.risk)}` })];
  return needsRuling(doc, body.risk, limit(view)) ? [reason('RULING_NEEDED', { risk: nameOf(view as Any, body.risk) })] : [];
}

function answersTheLast(view: Sees<'RESUBMIT'>): Reason[] {
  const others = openDisputes(view.doc).filter(({ risk }) => risk !== view.body?.risk);
  return others.length > 0 ? [reason('DISPUTES_OPEN', { risks: others.map(({ risk }) => nameOf(view as Any, risk)) })] : answersOne(view);
}

function rulesOne(view: Sees<'RULE'>): Reason[] {
  const { doc, body } = view;
  if (!body || needsRuling(doc, body.risk, limit(view))) return [];
  return [reason('NOTHING_ASKED', { question: `ruling on ${nameOf(view as Any, body.risk)}` })];
}

/** Where the rating stands there is nothing left for the assessor to do. */
function rulesTheLast(view: Sees<'RULE'>): Reason[] {
  const others = openDisputes(view.doc).filter(({ risk }) => risk !== view.body?.risk);
  const left = view.body?.ruling === 'RATE_ANEW' ? [view.body.risk] : others.map(({ risk }) => risk);
  return left.length > 0 ? [reason('DISPUTES_OPEN', { risks: left.map((risk) => nameOf(view as Any, risk)) })] : rulesOne(view);
}

/** From the analysis on a grave risk goes into treatment at once, where its owner has confirmed it (rules §18). */
function isGraveAndConfirmed(view: Sees<'RELEASE_FOR_TREATMENT'>): Reason[] {
  const { body } = view;
  if (!body) return [];
  const risk = member(view as Any, body.risk);
  if (!risk) return [notMember(view as Any, body.risk)];
  const { proposalLevel: level, proposalDecision: decision } = risk.about;
  if (!isReady(risk)) return [reason('RISK_INCOMPLETE', { risk: risk.ref, lacks: lacks(risk, 'evaluation') })];
  if (!['high', 'critical'].includes(level!) || decision !== 'TREAT') return [reason('NOT_GRAVE_ENOUGH', { risk: risk.ref, level: level! })];
  return confirmationOf(view as Any, risk) ? [] : [reason('RISK_INCOMPLETE', { risk: risk.ref, lacks: ['confirmation'] })];
}

export const assessmentGuards = {
  coversTrigger,
  fitsScope,
  needsNoSecondPerson,
  isProposedNotNeeded,
  isNotMandatory,
  isReadyToStart,
  isBasisUndecided,
  takesOpenRisks,
  isItsRisk,
  isItemWithoutRisk,
  isIdentified,
  isAnalysed,
  isEvaluated,
  isWhatOwnersSaw,
  mayDispute,
  answersOne,
  answersTheLast,
  rulesOne,
  rulesTheLast,
  isGraveAndConfirmed,
};
