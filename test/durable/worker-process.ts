import { Client, Connection } from '@temporalio/client';
import type { CaseJournal, SweeperJournal } from '../../activities/journal-port.ts';
import { createCaseGateway } from '../../api/case-gateway.ts';
import { runWorker, taskQueue } from './rig.ts';

/** A worker in a process of its own, which asks the journal in its parent: `worker-process.ts ADDRESS`. */
const [address = ''] = process.argv.slice(2);
const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
let questions = 0;

process.on('message', ({ id, answer, error }: { id: number; answer?: unknown; error?: string }) => {
  const question = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) question?.resolve(answer);
  else question?.reject(new Error(error));
});
process.once('disconnect', () => process.exit(1));

const journal = new Proxy({} as CaseJournal & SweeperJournal, { get: (_, method) => ask(String(method)) });
const connection = await Connection.connect({ address });
const gateway = createCaseGateway(new Client({ connection }), { taskQueue });
await runWorker({ address, journal, gateway });
process.send?.('ready');

function ask(method: string) {
  return (...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const id = ++questions;
      waiting.set(id, { resolve, reject });
      process.send?.({ id, method, args });
    });
}
