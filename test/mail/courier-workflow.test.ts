import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createCourierActivities } from '../../activities/courier-activities.ts';
import { keepSweeping } from '../../bin/sweeping.ts';
import { workflowBundle } from '../../bin/workflow-bundle.ts';
import { startTestTemporal } from '../support/temporal.ts';
import { startMailWorld } from './mail-world.ts';
import type { MailWorld } from './mail-world.ts';

Runtime.install({ logger: new DefaultLogger('ERROR') });
const taskQueue = 'isms';
const cacheFolder = path.join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'isms-durable');
const stopping = new AbortController();
let world: MailWorld;
let temporal: TestWorkflowEnvironment;
let connection: NativeConnection;
let worker: Worker;
let running: Promise<void>;

beforeAll(async () => {
  [world, temporal] = await Promise.all([startMailWorld(), startTestTemporal()]);
  connection = await NativeConnection.connect({ address: temporal.address });
  worker = await Worker.create({
    ...{ connection, taskQueue, workflowBundle: await workflowBundle(cacheFolder), shutdownForceTime: '1s' },
    activities: createCourierActivities(world.courier),
  });
  running = worker.run();
  const options = { taskQueue, signal: stopping.signal, workflows: ['courier'] } as const;
  await world.smtp.kill();
  await world.tell('thomas.reiter');
  void keepSweeping(temporal.client, options);
  void keepSweeping(temporal.client, options);
});
afterAll(async () => {
  stopping.abort();
  worker.shutdown();
  await running;
  await connection.close();
  await temporal.teardown();
  await world.close();
});

it('one courier sends what is told, and what was told while the server was away once it is back', async () => {
  await expect.poll(async () => (await world.state()).failing, { timeout: 8_000 }).toBe(1);
  expect(await world.state()).toMatchObject({ sent: 0 });
  await world.smtp.start();
  world.pass(1);
  await world.tell('anna.berger');
  await expect.poll(() => world.smtp.taken.length, { timeout: 15_000 }).toBe(2);
  await expect.poll(world.mails).toMatchObject([
    { state: 'sent', attempts: 2 },
    { state: 'sent', attempts: 1 },
  ]);
});
