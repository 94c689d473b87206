import type { Journal } from '../../prisma/journal/journal.ts';
import type { CaseAddress } from '../../prisma/queries/waiting.ts';
import type { CaseGateway } from '../case-gateway.ts';

export interface NudgePorts {
  journal: Pick<Journal, 'recordOperation'>;
  workflows: Pick<CaseGateway, 'nudge'>;
}

export interface Nudge extends CaseAddress {
  actor: string;
  reason: string;
}

/** Has the case look at everything again, and records who wanted it, why, and whether Temporal took it. */
export async function nudgeCase(
  { journal, workflows }: NudgePorts,
  { caseId, process, actor, reason }: Nudge,
): Promise<{ nudged: boolean }> {
  const nudged = await workflows.nudge(process, caseId).then(
    () => true,
    () => false,
  );
  const result = nudged ? 'nudged' : 'Temporal did not answer';
  await journal.recordOperation({ type: 'NUDGED', actor, reason, body: { case: caseId, process, result } });
  return { nudged };
}
