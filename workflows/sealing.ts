import { continueAsNew, log, proxyActivities, sleep, workflowInfo } from '@temporalio/workflow';
import type { SealingActivities } from '../contracts/durable.ts';

// The first seal of a journal that ran for years takes its time.
const { sealJournal } = proxyActivities<SealingActivities>({ startToCloseTimeout: '10m', retry: { maximumAttempts: 1 } });

const EVERY = '1h';

/** Puts what is new in the journal under a seal, hour by hour (design.md "Trust"). */
export async function sealing(): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested) {
    await sealJournal().catch((error: unknown) => log.warn('The journal could not be sealed', { error }));
    await sleep(EVERY);
  }
  await continueAsNew<typeof sealing>();
}
