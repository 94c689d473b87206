import { continueAsNew, log, proxyLocalActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { SweeperActivities, WaitingCase } from '../contracts/durable.ts';

const { findWaitingCases, startAndNudge } = proxyLocalActivities<SweeperActivities>({
  startToCloseTimeout: '5s',
  retry: { maximumAttempts: 1 },
});

/** Finds cases that wait although nobody is about to come for them, and nudges them; it never acts on a case itself. */
export async function sweeper(): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested) {
    const found = await sweep();
    await sleep(found > 0 ? '2s' : '5s');
  }
  await continueAsNew<typeof sweeper>();
}

/** What fails now is found again by the next sweep. */
async function sweep(): Promise<number> {
  const waiting = await findWaitingCases({ olderThanSeconds: 3, limit: 100 }).catch(noneFound);
  await Promise.all(waiting.map((one) => startAndNudge(one).catch(skip)));
  return waiting.length;
}

function noneFound(error: unknown): WaitingCase[] {
  log.warn('The journal could not be swept', { error });
  return [];
}

function skip(error: unknown): void {
  log.warn('A waiting case could not be nudged', { error });
}
