import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepSweeping } from '../../bin/sweeping.ts';
import { handleOf, openBootedCase, openCase, type Rig, startRig, taskQueue, until } from './rig.ts';

let rig: Rig;
const stopping = new AbortController();

beforeAll(async () => {
  rig = await startRig();
  await rig.startWorker();
  const options = { taskQueue, signal: stopping.signal };
  void keepSweeping(rig.temporal.client, options);
  void keepSweeping(rig.temporal.client, options);
});
afterAll(async () => {
  stopping.abort();
  await rig.end();
});

test.concurrent('a case whose start was lost is started', async () => {
  const caseId = randomUUID();
  rig.journal.open(caseId);
  await until('the case has booted', () => rig.journal.cases.get(caseId)?.started === true, 15_000);
});

test.concurrent('a stored command that nobody brought is decided', async () => {
  const caseId = await openBootedCase(rig);
  rig.journal.store(caseId, 'c1');
  await until('c1 is decided', () => rig.journal.outcomeOf(caseId, 'c1') === 'ACCEPTED', 15_000);
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1']);
});

test.concurrent('a case whose timer was lost is woken soon after its instant', async () => {
  const caseId = await openBootedCase(rig, { wakeInMs: 2_000 });
  await handleOf(rig, caseId).terminate();
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'), 15_000);
});

test.concurrent('a case that waits for nothing is left alone', async () => {
  const caseId = await openCase(rig, { wakeInMs: 3_600_000 });
  await rig.send(caseId, 'c1');
  const asked = () => rig.journal.asked.filter((question) => question.caseId === caseId).length;
  const before = asked();
  await sleep(9_000);
  expect(asked()).toBe(before);
});

test('there is one sweeper, and it goes on after a sweep that failed', async () => {
  rig.journal.failing = (what) => (what === 'sweep' ? new Error('down') : undefined);
  const sweeps = () => rig.journal.asked.filter(({ what }) => what === 'sweep').length;
  const before = sweeps();
  await until('two sweeps failed', () => sweeps() >= before + 2, 15_000);
  rig.journal.failing = () => undefined;
  const caseId = randomUUID();
  rig.journal.open(caseId);
  await until('the case has booted', () => rig.journal.cases.get(caseId)?.started === true, 15_000);
  expect(await runningSweepers()).toEqual(['sweeper']);
});

async function runningSweepers(): Promise<string[]> {
  const ids: string[] = [];
  const query = "WorkflowType = 'sweeper' AND ExecutionStatus = 'Running'";
  for await (const { workflowId } of rig.temporal.client.workflow.list({ query })) ids.push(workflowId);
  return ids;
}
