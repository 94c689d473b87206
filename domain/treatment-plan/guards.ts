import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { TreatmentPlanBody, TreatmentPlanCommand, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { View } from '../kernel/definition.ts';
import { completenessReasons } from './completeness.ts';
import { dateReasons, statementReasons } from './endorsing.ts';
import { actionLinks, caseOf, exceedsBudget, exceedsLimit, ownersOf, subjectOf, treated, versionInForce } from './rules.ts';

/** Guards of the treatment plan (rules §6): each says what stands in the way, or nothing. */

type Asks<C extends TreatmentPlanCommand> = View<TreatmentPlanDocument, TreatmentPlanBody<C>>;
type Seen = View<TreatmentPlanDocument>;

function isComplete(view: Asks<'SUBMIT'>): Reason[] {
  return completenessReasons(view);
}

/** Over exactly what was seen, with dates that fit the levels and a Statement of Applicability that holds with it. */
function isEndorsable(view: Asks<'ENDORSE'>): Reason[] {
  const { file, body } = view;
  const current = contentHash(subjectOf(file));
  if (body && body.contentHash !== current) return [reason('CONTENT_CHANGED', { sent: body.contentHash, current })];
  return [...dateReasons(view as never), ...statementReasons(view as never)];
}

/** Which way the approval goes on: by cost, and by what the owners may accept alone. */
function needsBudget(view: Seen): Reason[] {
  return exceedsBudget(view) ? [] : [reason('ALREADY_DONE', { what: 'budget' })];
}

function needsTopManagement(view: Seen): Reason[] {
  return exceedsLimit(view) ? [] : [reason('ALREADY_DONE', { what: 'authority' })];
}

function nothingIsInForce({ file }: Seen): Reason[] {
  return versionInForce(file) ? [reason('VERSION_IN_FORCE', {})] : [];
}

/** A version holds, and its approval has not lapsed with a condition: else it is asked for again, not kept. */
function isApprovedStill({ file, doc }: Seen): Reason[] {
  if (!versionInForce(file)) return [reason('NO_VERSION_IN_FORCE', {})];
  return doc.approvalLapsed ? [reason('APPROVAL_LAPSED', {})] : [];
}

/** Several owners, one of whom has rejected, and nothing approved yet (rules §6 "Edge cases"). */
function isSplittable(view: Asks<'SPLIT'>): Reason[] {
  const rejected = (view.file.reworks['ownerApproval'] ?? 0) > 0;
  return rejected && ownersOf(view).length > 1 && !versionInForce(view.file) ? [] : [reason('NOT_SPLITTABLE', {})];
}

function isNotTheLast({ doc, body }: Asks<'RELEASE_RISK'>): Reason[] {
  if (doc.risks.length === 1) return [reason('LAST_RISK', {})];
  return !body || doc.risks.includes(body.risk) ? [] : [reason('PLAN_RISKS', { missing: [], foreign: [body.risk], twice: [] })];
}

function isAMandatoryAction({ doc, body }: Asks<'WAIVE_ACTION'>): Reason[] {
  if (!body) return [];
  const planned = (doc.content?.actions ?? []).filter(({ mandatory }) => mandatory).map(({ key }) => key);
  if (!planned.includes(body.action)) return [reason('INVALID_PAYLOAD', { path: 'action', message: `is not one of ${planned.join(', ')}` })];
  return doc.waived.some(({ action }) => action === body.action) ? [reason('ALREADY_DONE', { what: body.action })] : [];
}

/** Nothing tolerates the risk any more: its interim acceptance has lapsed, or the activity was stopped for that. */
function hasLapsed({ doc, body }: Asks<'PROLONG_INTERIM'>): Reason[] {
  const untolerated = [...doc.lapsed, ...doc.stopped].map(({ risk }) => risk);
  const fits = body ? untolerated.includes(body.risk) : untolerated.length > 0;
  return fits ? [] : [reason('NOT_LAPSED', {})];
}

/** There is something to decide: what was stopped already is not stopped twice. */
function isUntolerated({ doc, body }: Asks<'STOP_ACTIVITY'>): Reason[] {
  const fits = body ? doc.lapsed.some(({ risk }) => risk === body.risk) : doc.lapsed.length > 0;
  return fits ? [] : [reason('NOT_LAPSED', {})];
}

const decides = (decision: 'KEEP' | 'CHANGE' | 'SUPERSEDE') =>
  function decided({ doc, body }: Asks<'DECIDE_BASIS'>): Reason[] {
    if (!doc.basisChanged) return [reason('BASIS_UNCHANGED', {})];
    return !body || body.decision === decision ? [] : [reason('INVALID_PAYLOAD', { path: 'decision', message: `is not ${decision}` })];
  };

/** Done, or cancelled with the consent of the owner of the risk: then nothing mandatory is left. */
function everyMandatoryActionIsDone(view: Seen): Reason[] {
  const mandatory = actionLinks(view).filter((each) => each.mandatory);
  const open = mandatory.filter(({ key, link }) => caseOf(view, link?.to)?.settled !== 'done' && !view.doc.waived.some(({ action }) => action === key));
  return open.length === 0 ? [] : [reason('ACTIONS_OPEN', { actions: open.map(({ key }) => key) })];
}

/** What remains is rated for every risk that was treated, and for no other. */
function ratesEveryRisk({ doc, body }: Asks<'SUBMIT_RESIDUAL'>): Reason[] {
  if (!body) return [];
  const rated = body.ratings.map(({ risk }) => risk);
  const wanted = treated(doc).map(({ risk }) => risk);
  const name = (risk: string) => doc.riskRefs[risk] ?? risk;
  const missing = wanted.filter((risk) => !rated.includes(risk)).map(name);
  const foreign = rated.filter((risk) => !wanted.includes(risk)).map(name);
  const twice = rated.filter((risk, n) => rated.indexOf(risk) !== n).map(name);
  return missing.length + foreign.length + twice.length === 0 ? [] : [reason('PLAN_RISKS', { missing, foreign, twice })];
}

export const treatmentPlanGuards = {
  ...{ isComplete, isEndorsable, needsBudget, needsTopManagement, nothingIsInForce, isApprovedStill, isSplittable, isNotTheLast },
  ...{ isAMandatoryAction, hasLapsed, isUntolerated, supersedes: decides('SUPERSEDE'), changes: decides('CHANGE'), keeps: decides('KEEP') },
  ...{ everyMandatoryActionIsDone, ratesEveryRisk },
};
