import { ApplicationFailure } from '@temporalio/common';
import type { CaseActivities } from '../contracts/durable.ts';
import type { CaseWorkflows } from './case-workflows.ts';
import type { CaseJournal } from './journal-port.ts';

/** The activities of the case workflow. */
export function createCaseActivities(ports: {
  journal: CaseJournal;
  workflows: CaseWorkflows;
}): CaseActivities {
  const { journal, workflows } = ports;
  return {
    load: (caseId) => journal.load(caseId).catch(giveUpWithoutCase),
    decideCommand: (caseId, commandId) => journal.decideCommand(caseId, commandId).catch(giveUpWithoutCase),
    wake: (caseId) => journal.wake(caseId).catch(giveUpWithoutCase),
    // Settled last: whoever dies in between leaves the effect owed, and it is performed and nudged again.
    async performEffect(caseId, effect) {
      const reached = await journal.performEffect(caseId, effect);
      await Promise.all(reached.map(({ process, caseId: id }) => workflows.nudge(process, id)));
      await journal.settleEffect(caseId, effect);
    },
  };
}

/** A case that does not exist will not exist at the next attempt either; everything else may pass, so it stays retryable. */
function giveUpWithoutCase(error: unknown): never {
  if (!(error instanceof Error) || error.name !== 'CaseNotFound') throw error;
  throw ApplicationFailure.create({
    message: error.message,
    type: error.name,
    nonRetryable: true,
    cause: error,
  });
}
