import type { DeltaLine, Inconsistency } from '../../contracts/statement.ts';
import { inconsistencies } from './consistency.ts';
import type { Checking } from './consistency.ts';
import { deltaOf } from './delta.ts';
import { deriveStatement } from './derive.ts';
import type { PlanSource, StatementSources } from './sources.ts';

/** What a plan would make of the Statement of Applicability if it were approved now (rules §6 ISO_REVIEW "SoA delta generated and consistent"). */
export interface EffectOfPlan {
  delta: DeltaLine[];
  /** What would stand against the statement then and does not now: of controls that are applicable, by the plan or still by something else. */
  problems: Inconsistency[];
}

/** Those of a control that is applicable; why one is not applicable is justified in the statement, once it is so. */
const ofApplicable: readonly Inconsistency['code'][] = ['APPLICABLE_WITHOUT_REASON', 'EVIDENCE_TOO_OLD', 'NO_ACTION', 'OWNER_VACANT'];

export function effectOfPlan(checking: Omit<Checking, 'rows'>, plan: PlanSource): EffectOfPlan {
  const others = (plans: readonly PlanSource[]) => plans.filter(({ ref }) => ref !== plan.ref);
  const { sources } = checking;
  const after = { ...sources, plans: [...others(sources.plans), plan], draftPlans: others(sources.draftPlans) };
  const [old, now] = [stated(checking, sources), stated(checking, after)];
  const known = old.errors.map(({ code, control }) => `${code} ${control}`);
  const problems = now.errors.filter(({ code, control }) => ofApplicable.includes(code) && !known.includes(`${code} ${control}`));
  return { delta: deltaOf(old.rows, now.rows), problems };
}

function stated(checking: Omit<Checking, 'rows'>, sources: StatementSources) {
  const rows = deriveStatement(sources);
  return { rows, errors: inconsistencies({ ...checking, rows, sources }).errors };
}
