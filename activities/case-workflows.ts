import type { WaitingCase } from '../contracts/durable.ts';

/** Reaches the workflow of a case from an activity: starts it if it is absent, and nudges it. */
export interface CaseWorkflows {
  nudge(waiting: WaitingCase): Promise<void>;
}
