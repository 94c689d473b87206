import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { isFeasibleForAudit } from './audit-moves.ts';
import { isFeasibleForFinding } from './finding-moves.ts';
import { isFeasibleForRisk } from './risk-moves.ts';
import { routesTo } from './routes.ts';
import type { Step } from './routes.ts';
import { isFeasibleForAcceptance, isFeasibleForPlan } from './treatment-moves.ts';

/** Routes that can be walked. */
export function feasibleRoutesTo(definition: ProcessDefinition<never>, state: string): Step[][] {
  return routesTo(definition, state).filter((path) => isFeasible(definition.name, path));
}

/** What a process says beyond what holds for all of them. */
const feasibleFor: Record<string, (path: readonly Step[]) => boolean> = {
  acceptance: isFeasibleForAcceptance,
  audit: isFeasibleForAudit,
  finding: isFeasibleForFinding,
  risk: isFeasibleForRisk,
  treatmentPlan: isFeasibleForPlan,
};

/** Whether the path can be walked at all: a case that ends by its correction alone has no plan that could lapse, and what was approved is not withdrawn. */
export function isFeasible(process: string, path: readonly Step[]): boolean {
  if (!(feasibleFor[process]?.(path) ?? true)) return false;
  let correctionOnly = false;
  let approved = false;
  return path.every(({ event, passes }) => {
    if (event === 'APPROVED') approved = true;
    if (event === 'LAPSED' && !approved) return false;
    if (event === 'WITHDRAWN' && approved) return false;
    if (event === 'NO_CA_NEEDED') correctionOnly = true;
    if (event === 'CA_NEEDED') correctionOnly = false;
    const decides = event === 'CONFIRM_IMPLEMENTATION' || event === 'NOT_CONFIRMED';
    return !decides || passes.includes('isCorrectionOnly') === correctionOnly;
  });
}
