import type { Client } from '@temporalio/client';
import { setTimeout as sleep } from 'node:timers/promises';

const CHECK_EVERY_MS = 10_000;
const LOST_AFTER_MS = 60_000;

/** Workflows that exist once for the whole installation, however many workers there are. */
type Singleton = 'sweeper' | 'courier' | 'sealing';

interface Sweeping {
  taskQueue: string;
  signal: AbortSignal;
  workflows?: readonly Singleton[];
}

/**
 * Sees to it that the sweeper runs, and courier and sealing where they are asked for, also after Temporal came back empty. Ends when `signal` aborts.
 * @throws what Temporal answered last, once it has been away for a minute: whoever supervises the worker starts it anew
 */
export async function keepSweeping(
  client: Client,
  { taskQueue, signal, workflows = ['sweeper'] }: Sweeping,
): Promise<void> {
  for (let answeredAt = Date.now(); !signal.aborted; await pause(signal)) {
    try {
      for (const name of workflows) await start(client, name, taskQueue);
      answeredAt = Date.now();
    } catch (error) {
      if (Date.now() - answeredAt > LOST_AFTER_MS) throw error;
    }
  }
}

async function start(client: Client, name: Singleton, taskQueue: string): Promise<void> {
  const options = {
    workflowId: name,
    taskQueue,
    args: [],
    workflowIdConflictPolicy: 'USE_EXISTING',
  } as const;
  await client.withDeadline(Date.now() + CHECK_EVERY_MS, () => client.workflow.start(name, options));
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(CHECK_EVERY_MS, undefined, { signal }).catch(() => undefined);
}
