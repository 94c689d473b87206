import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export const empty = defineUpdate<void, [string]>('empty');

/** What Temporal itself costs: a workflow with an Update that does nothing. */
export async function bare(): Promise<void> {
  setHandler(empty, () => undefined);
  await condition(() => false);
}
