import { sleep } from '@temporalio/workflow';

/** What the workflows must never become without care: the first thing they do is another one. */
async function diverging(): Promise<void> {
  await sleep('1 day');
}

export { diverging as courier, diverging as nonconformity, diverging as sweeper };
