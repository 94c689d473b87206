import type { CaseId } from '../contracts/identity.ts';

/** How an activity reaches the workflow of a case: starts it if it is absent, and has it look at everything again. */
export interface CaseWorkflows {
  nudge(process: string, caseId: CaseId): Promise<void>;
}
