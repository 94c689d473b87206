import { type Answer, answer } from '../answer.ts';
import { Failure } from '../failure.ts';
import { type Ground, withJournal } from './installation.ts';
import { withTemporal } from './temporal.ts';

/** `isms nudge` */
export async function nudge(reference: string, { reason }: { reason: string }): Promise<Answer> {
  const done = await withJournal((ground) => nudgeOne(ground, reference, reason));
  return answer(done, ({ case: id }) => `${id} was nudged: it looks at everything again.`);
}

async function nudgeOne(ground: Ground, reference: string, reason: string) {
  const { findCaseAddress } = await import('../../../prisma/queries/waiting.ts');
  const found = await findCaseAddress(ground.pool, reference);
  if (!found)
    throw new Failure('notFound', `There is no case ${reference}: correct the reference or the id.`, {
      code: 'NOT_FOUND',
    });
  const { createCaseGateway } = await import('../../../api/case-gateway.ts');
  const { nudgeCase } = await import('../../../api/operations/nudge.ts');
  const { taskQueue } = await import('../../../temporal.config.ts');
  const asked = { ...found, actor: 'operator', reason };
  const { nudged } = await withTemporal(ground, (client) =>
    nudgeCase({ journal: ground.journal, workflows: createCaseGateway(client, { taskQueue }) }, asked),
  );
  if (!nudged)
    throw new Failure(
      'unreachable',
      'Temporal did not take it: try again when isms doctor says that it answers.',
    );
  return { case: found.caseId, process: found.process, nudged };
}
