import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { PlanContent, PlannedTreatment, Treatment, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import { isAbove } from '../criteria/level.ts';
import { annexAControls } from '../framework/framework.ts';
import type { View } from '../kernel/definition.ts';
import { caseOf, levelOf } from './rules.ts';
import { latestFor } from './tolerance.ts';

/** When a plan is complete (rules §6, DRAFT `submit`): every risk decided, controls compared with Annex A, actions that lead there in time. */

type Asks = View<TreatmentPlanDocument, PlanContent>;

export function completenessReasons(view: Asks): Reason[] {
  const { body } = view;
  if (!body) return [];
  return [
    ...riskReasons(view, body),
    ...body.treatments.flatMap((each) => treatmentReasons(view, body, each)),
    ...actionReasons(view, body),
  ];
}

/** Each risk of the plan once, and no other. */
function riskReasons({ doc }: Asks, { treatments }: PlanContent): Reason[] {
  const named = treatments.map(({ risk }) => risk);
  const missing = doc.risks.filter((risk) => !named.includes(risk));
  const foreign = named.filter((risk) => !doc.risks.includes(risk));
  const twice = named.filter((risk, n) => named.indexOf(risk) !== n);
  const name = (risk: string) => doc.riskRefs[risk] ?? risk;
  if (missing.length + foreign.length + twice.length === 0) return [];
  return [reason('PLAN_RISKS', { missing: missing.map(name), foreign: foreign.map(name), twice: twice.map(name) })];
}

function treatmentReasons(view: Asks, { actions }: PlanContent, treatment: Treatment): Reason[] {
  const { risk, option, controls } = treatment;
  const name = view.doc.riskRefs[risk] ?? risk;
  const acts = actions.some(({ mandatory, risks }) => mandatory && risks.includes(risk));
  return [
    ...controls.filter((each) => !isControl(each)).map((control) => reason('UNKNOWN_CONTROL', { path: 'controls', control })),
    ...(option === 'MODIFY' && controls.length === 0 ? [reason('TREATMENT_WITHOUT_CONTROL', { risk: name })] : []),
    ...(option !== 'RETAIN' && !acts ? [reason('TREATMENT_WITHOUT_ACTION', { risk: name })] : []),
    ...levelReasons(view, treatment, name),
    ...(option === 'RETAIN' ? retainReasons(view, treatment) : []),
  ];
}

/** Of Annex A, or with a name of the organisation's own. */
function isControl(id: string): boolean {
  return !id.startsWith('A.') || annexAControls.some((each) => each.id === id);
}

/** Treatment makes nothing worse, and retaining changes nothing. */
function levelReasons(view: Asks, { risk, option, expected }: Treatment, name: string): Reason[] {
  const current = levelOf(view, risk);
  if (!current || expected === current) return [];
  const isWrong = option === 'RETAIN' || isAbove(expected, current);
  return isWrong ? [reason('EXPECTED_ABOVE_CURRENT', { risk: name, expected, current })] : [];
}

/** Above the criteria only with compensating controls, and no longer than the level allows (rules §6 "exceptional path"). */
function retainReasons(view: Asks, { risk, compensatingControls, until }: Treatment): Reason[] {
  const level = levelOf(view, risk);
  if (!level) return [];
  const category = caseOf(view, risk)?.about['category'] as string | null | undefined;
  const within = criteriaOf(view.facts).at(view.now).isAcceptable(level, category ?? null);
  const latest = latestFor(view as never, risk);
  return [
    ...(within || compensatingControls.length > 0 ? [] : [reason('LEVEL_ABOVE_CRITERIA', { level })]),
    ...(until && latest && until > latest ? [reason('VALIDITY_TOO_LONG', { until, latest })] : []),
  ];
}

function actionReasons({ doc }: Asks, { actions, targetDate }: PlanContent): Reason[] {
  const keys = actions.map(({ key }) => key);
  return [
    ...actions.filter(({ due }) => due > targetDate).map(({ key: action, due }) => reason('ACTION_AFTER_TARGET', { action, due, targetDate })),
    ...actions.filter(({ risks }) => risks.some((risk) => !doc.risks.includes(risk))).map(({ key }) => wrong(key, 'treats a risk that is not one of the plan')),
    ...keys.filter((key, n) => keys.indexOf(key) !== n).map((key) => wrong(key, 'stands there twice')),
    ...actions.filter(({ dependsOn }) => dependsOn.some((each) => !keys.includes(each))).map(({ key }) => wrong(key, 'depends on an action that is not planned')),
    ...(isCircular(actions) ? [wrong('dependsOn', 'goes round in a circle')] : []),
  ];
}

const wrong = (key: string, message: string) => reason('INVALID_PAYLOAD', { path: `actions.${key}`, message });

/** Whether some actions wait for one another: what is free is taken away until nothing is. */
function isCircular(actions: readonly PlannedTreatment[]): boolean {
  const keys = actions.map(({ key }) => key);
  let left = actions.filter(({ dependsOn }) => dependsOn.every((each) => keys.includes(each)));
  for (let before = -1; before !== left.length; ) {
    before = left.length;
    left = left.filter(({ dependsOn }) => dependsOn.some((each) => left.some(({ key }) => key === each)));
  }
  return left.length > 0;
}
