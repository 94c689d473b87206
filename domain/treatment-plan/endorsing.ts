import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { PlanContent, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import type { View } from '../kernel/definition.ts';
import type { FactQuery } from '../kernel/facts.ts';
import { checkedNow } from '../statement/checked-now.ts';
import { deltaText } from '../statement/delta.ts';
import { effectOfPlan } from '../statement/effect-of-plan.ts';
import type { EffectOfPlan } from '../statement/effect-of-plan.ts';
import type { PlanSource } from '../statement/sources.ts';
import { sourceQueries } from '../statement/sources.ts';
import { levelOf, treated, treatmentsOf } from './rules.ts';
import { latestFor } from './tolerance.ts';

/** What the ISO answers for by endorsing (rules §6 ISO_REVIEW): dates that fit the levels, and a Statement of Applicability that holds with the plan. */

type Seen = View<TreatmentPlanDocument, never>;

/** Where the statement that follows is worked out: it is shown when the plan is submitted, and asked anew when it is endorsed. */
export function statementNeeds(state: string, command: string, body: { treatments?: unknown }): FactQuery[] {
  const submits = ['SUBMIT', 'RESUBMIT'].includes(command) && ['draft', 'rework'].includes(state) && body.treatments !== undefined;
  return submits || (command === 'ENDORSE' && state === 'isoReview') ? sourceQueries : [];
}

function planSource({ file, doc }: Seen, content: PlanContent): PlanSource {
  const treatments = treatmentsOf({ risks: doc.risks, content });
  const controls = [...new Set(treatments.flatMap((each) => each.controls))].sort();
  const refsOf = (control: string) => treatments.filter((each) => each.controls.includes(control)).map(({ risk }) => doc.riskRefs[risk] ?? risk);
  return { ref: file.ref, controls, reasons: Object.fromEntries(controls.map((control) => [control, refsOf(control)])) };
}

function effectOf(view: Seen, content: PlanContent): EffectOfPlan {
  return effectOfPlan(checkedNow(view, {}), planSource(view, content));
}

/** What the plan would change in the statement, as lines that the ISO reads before endorsing. */
export function statementDelta(view: Seen, content: PlanContent): string[] {
  return effectOf(view, content).delta.map(deltaText);
}

/** What would stand against the statement because of the plan: somebody has to own its controls, and what counts as implemented is proved. */
export function statementReasons(view: Seen): Reason[] {
  const { content } = view.doc;
  if (!content) return [];
  return effectOf(view, content).problems.map(({ code, control, refs }) => reason('STATEMENT_INCONSISTENT', { problem: code, control: control ?? '', refs }));
}

/** Nothing is left at its level longer than that level may be accepted. */
export function dateReasons(view: Seen): Reason[] {
  const targetDate = view.doc.content?.targetDate;
  if (targetDate === undefined) return [];
  return treated(view.doc).flatMap(({ risk }) => {
    const [level, latest] = [levelOf(view, risk), latestFor(view, risk)];
    return level && latest && targetDate > latest ? [reason('TARGET_TOO_LATE', { risk: view.doc.riskRefs[risk] ?? risk, level, targetDate, latest })] : [];
  });
}
