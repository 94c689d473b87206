import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { CaseActivities } from '../contracts/durable.ts';

const backoff = { initialInterval: '200ms', backoffCoefficient: 2, maximumInterval: '5s' } as const;

// A local activity answers within the workflow task that brought the question: no further round trip to the server.
const atOnce = proxyLocalActivities<CaseActivities>({
  startToCloseTimeout: '4s',
  scheduleToCloseTimeout: '6s',
  retry: { ...backoff, maximumAttempts: 3 },
});

// While the journal is away, an ordinary activity waits for it: the server retries without growing the history.
const untilDone = proxyActivities<CaseActivities>({ startToCloseTimeout: '30s', retry: backoff });

// A page of a broadcast may take its time; a worker that died over it is noticed by its silence.
const withLifeSigns = proxyActivities<CaseActivities>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '6s',
  retry: backoff,
});

// A decision waits for a while only. A command that cannot be decided stays stored, for the sweeper to bring again, and does
// not keep other commands and deadlines from their turn.
const forAWhile = proxyActivities<CaseActivities>({
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '2m',
  retry: backoff,
});

/** The journal as a workflow asks it: quickly when it is there, patiently when it is not. */
export const journal: Pick<CaseActivities, 'load' | 'decideCommand' | 'wake' | 'performEffect'> = {
  load: (caseId) => atOnce.load(caseId).catch(() => untilDone.load(caseId)),
  decideCommand: (caseId, commandId) =>
    atOnce.decideCommand(caseId, commandId).catch(() => forAWhile.decideCommand(caseId, commandId)),
  wake: (caseId) => atOnce.wake(caseId).catch(() => forAWhile.wake(caseId)),
  performEffect: (caseId, effect) => withLifeSigns.performEffect(caseId, effect),
};
