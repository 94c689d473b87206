import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { NativeConnection, Worker } from '@temporalio/worker';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { keepSweeping } from '../../bin/sweeping.ts';
import { workflowBundle } from '../../bin/workflow-bundle.ts';
import { cacheFolder, handleOf, openCase, processName, type Rig, startRig, taskQueue, until } from './rig.ts';

/**
 * Records the histories that `replay.test.ts` replays: `npx tsx test/durable/record-histories.ts [NAME…]`. Run it anew only
 * when a change to the workflows is meant to break running ones.
 */
const recordings = { nonconformity: liveThrough, sweeper: sweepTwice, courier: deliverThrice };
const wanted = process.argv.slice(2);
const rig = await startRig();
await rig.startWorker();
for (const [name, live] of Object.entries(recordings))
  if (wanted.length === 0 || wanted.includes(name)) await record(name, await live(rig));
await rig.end();

/** Everything a case may meet, in one run. */
async function liveThrough({ journal, gateway, send }: Rig): Promise<string> {
  const caseId = await openCase(rig, { wakeInMs: 500 });
  await until('the case is woken', () => journal.entriesOf(caseId).includes('wake'));
  await Promise.all([
    send(caseId, 'c1', { effects: 2, wakeInMs: 600 }),
    send(caseId, 'c2', { refused: true }),
  ]);
  await until(
    'the case is woken again',
    () => journal.entriesOf(caseId).filter((what) => what === 'wake').length === 2,
  );
  journal.store(caseId, 'never brought');
  await gateway.nudge(processName, caseId);
  await until('it is decided', () => journal.outcomeOf(caseId, 'never brought') === 'ACCEPTED');
  const back = Date.now() + 2_500;
  journal.failing = () => (Date.now() < back ? new Error('connect ECONNREFUSED') : undefined);
  await send(caseId, 'while the journal is away', { wakeInMs: 3_600_000, effects: 1 });
  await until('the effect is performed', () => journal.cases.get(caseId)?.effects.length === 0);
  await send(caseId, 'close', { wakeInMs: null, settles: true });
  await handleOf(rig, caseId).result();
  return historyToJSON(await handleOf(rig, caseId).fetchHistory());
}

async function sweepTwice({ journal, temporal }: Rig): Promise<string> {
  const stopping = new AbortController();
  journal.open('lost');
  void keepSweeping(temporal.client, { taskQueue, signal: stopping.signal });
  await until('the lost case has booted', () => journal.cases.get('lost')?.started === true, 20_000);
  await sleep(3_000);
  stopping.abort();
  return historyToJSON(await temporal.client.workflow.getHandle('sweeper').fetchHistory());
}

/** A delivery, a server that is away, and one that is back. */
async function deliverThrice({ temporal }: Rig): Promise<string> {
  let delivered = 0;
  const connection = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({
    ...{ connection, taskQueue: 'mail', workflowBundle: await workflowBundle(cacheFolder) },
    activities: {
      sortMail: async () => ({ due: 1 }),
      deliverMail: async () => ({ sent: 1, outage: ++delivered === 2 }),
    },
  });
  const { workflow } = temporal.client;
  const options = { workflowId: 'courier', taskQueue: 'mail', args: [] };
  const history = await worker.runUntil(async () => {
    const courier = await workflow.start('courier', options);
    await until('it has delivered three times', () => delivered === 3, 30_000);
    return courier.fetchHistory();
  });
  await connection.close();
  return historyToJSON(history);
}

/** Names and paths of this machine are left out; a replay does not look at them. */
async function record(name: string, history: string): Promise<void> {
  const anonymous = history.replaceAll(`${process.pid}@${hostname()}`, 'worker');
  const withoutStacks = JSON.parse(anonymous, (key, value: unknown) =>
    key === 'stackTrace' ? '' : value,
  ) as unknown;
  const file = path.join(import.meta.dirname, 'histories', `${name}.json`);
  await writeFile(file, `${JSON.stringify(withoutStacks, null, 2)}\n`);
}
