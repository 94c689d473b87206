import type { Client } from '@temporalio/client';
import type { Pool } from 'pg';
import { missingMigrations, pingDatabase } from '../prisma/queries/readiness.ts';
import type { Checks } from './readiness.ts';

export function databaseReadiness(pool: Pool): Checks {
  return {
    database: () => pingDatabase(pool),
    async migrations() {
      const missing = await missingMigrations(pool);
      if (missing.length > 0) throw new Error(`not applied: ${missing.join(', ')}`);
    },
  };
}

/** A worker asks for work about once a minute even when there is none; one that has gone is remembered a little longer. */
const POLLED_WITHIN_MS = 90_000;

export function temporalReadiness(client: Client, { taskQueue }: { taskQueue: string }): Checks {
  const { workflowService } = client;
  const { namespace } = client.options;
  return {
    async temporal() {
      await client.withDeadline(Date.now() + 2_000, () => workflowService.describeNamespace({ namespace }));
    },
    async worker() {
      const queue = { namespace, taskQueue: { name: taskQueue }, taskQueueType: 1 };
      const { pollers } = await client.withDeadline(Date.now() + 2_000, () =>
        workflowService.describeTaskQueue(queue),
      );
      const isThere = (pollers ?? []).some(
        ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1000 < POLLED_WITHIN_MS,
      );
      if (!isThere) throw new Error('no worker asks for work');
    },
  };
}
