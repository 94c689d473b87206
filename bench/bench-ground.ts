import type { Client } from '@temporalio/client';
import type pg from 'pg';
import type { Journal } from '../prisma/journal/journal.ts';
import { createCaseGateway } from '../api/case-gateway.ts';
import { taskQueue } from '../temporal.config.ts';
import type { StartedEngine } from '../test/support/started-engine.ts';

/** What the measurements stand on. */
export interface Bench {
  engine: StartedEngine;
  client: Client;
  pool: pg.Pool;
  journal: Journal;
  env: NodeJS.ProcessEnv;
  actions: string[];
  get: (url: string, person: string) => Promise<Record<string, unknown>>;
  post: (url: string, person: string, body: unknown) => Promise<Record<string, unknown>>;
  close: () => Promise<void>;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const action = (n: number, owner: string) => ({ title: `Action ${n}`, unit: 'it', owner, due: inDays(60) });

/** Actions in progress, one for each caller. */
export async function openActions({ client, journal }: Bench, count: number): Promise<string[]> {
  const gateway = createCaseGateway(client, { taskQueue });
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const opened = await journal.openCase({ process: 'action', person: 'anna.berger', body: action(n, 'leon.fischer'), key: `ground-${n}` });
    if (!opened.opened) throw new Error(JSON.stringify(opened));
    for (const name of ['ACKNOWLEDGE', 'START']) {
      const stored = await journal.storeCommand({ caseId: opened.caseId, person: 'leon.fischer', name, body: {}, ifMatch: null, key: `${name}-${n}` });
      if ('commandId' in stored) await gateway.decide({ process: 'action', caseId: opened.caseId, commandId: stored.commandId, timeoutMs: 20_000 });
    }
    ids.push(opened.caseId);
  }
  return ids;
}

/** Fills the inboxes: cases as they are, but with the start of their workflows marked as done, since here only reading counts. */
export async function inboxAmong({ journal, pool }: Bench, tasks: number): Promise<void> {
  const owners = ['anna.berger', 'leon.fischer', 'thomas.reiter', 'emre.yilmaz'];
  let n = 0;
  const lane = async () => {
    for (let each = n++; each < tasks; each = n++) {
      await journal.openCase({ process: 'action', person: 'anna.berger', body: action(each, owners[each % owners.length]!), key: `inbox-${each}` });
      if (each % 50 === 0) await pool.query(`UPDATE outbox SET done_at = now() WHERE done_at IS NULL AND version = 0`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
  await pool.query(`UPDATE outbox SET done_at = now() WHERE done_at IS NULL AND version = 0`);
  await pool.query('ANALYZE');
}
