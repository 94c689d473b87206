import type { SweeperActivities } from '../contracts/durable.ts';
import type { CaseWorkflows } from './case-workflows.ts';
import type { SweeperJournal } from './journal-port.ts';

/** The activities of the sweeper workflow. */
export function createSweeperActivities(ports: {
  journal: SweeperJournal;
  workflows: CaseWorkflows;
}): SweeperActivities {
  return {
    findWaitingCases: (input) => ports.journal.findWaitingCases(input),
    startAndNudge: ({ process, caseId }) => ports.workflows.nudge(process, caseId),
  };
}
