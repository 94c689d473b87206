import {
  condition,
  continueAsNew,
  log,
  proxyActivities,
  proxyLocalActivities,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { CourierActivities } from '../contracts/durable.ts';

const { sortMail } = proxyLocalActivities<CourierActivities>({
  startToCloseTimeout: '30s',
  retry: { maximumAttempts: 1 },
});

// Long enough for a server that takes its time; a worker that has died is missed within seconds.
const { deliverMail } = proxyActivities<CourierActivities>({
  startToCloseTimeout: '30m',
  heartbeatTimeout: '15s',
  retry: { maximumAttempts: 1 },
});

const LOOK_EVERY_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

/** Brings what people are told to their mail servers, in batches; what is sent and what is owed stands in PostgreSQL alone. */
export async function courier(): Promise<void> {
  const round = { due: 0, isOver: false };
  await Promise.all([sortUntilHistoryIsLong(round), deliver(round)]);
  await continueAsNew<typeof courier>();
}

interface Round {
  due: number;
  isOver: boolean;
}

async function sortUntilHistoryIsLong(round: Round): Promise<void> {
  while (!workflowInfo().continueAsNewSuggested) {
    const { due } = await sortMail().catch(nothingDue);
    round.due = due;
    await sleep(LOOK_EVERY_MS);
  }
  round.isOver = true;
}

/** Beside the sorting, so that a slow server does not keep digests from being filled; while it is away, less and less often. */
async function deliver(round: Round): Promise<void> {
  for (let pauseMs = 0; !round.isOver;) {
    await condition(() => round.due > 0 || round.isOver);
    if (round.due === 0) return;
    round.due = 0;
    const { outage } = await deliverMail().catch(notDelivered);
    pauseMs = outage ? Math.min(Math.max(2 * pauseMs, LOOK_EVERY_MS), LONGEST_PAUSE_MS) : 0;
    if (pauseMs > 0) await sleep(pauseMs);
  }
}

function nothingDue(error: unknown): { due: number } {
  log.warn('Notices could not be sorted', { error });
  return { due: 0 };
}

function notDelivered(error: unknown): { outage: boolean } {
  log.warn('Mails could not be delivered', { error });
  return { outage: true };
}
