import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  handleOf,
  openBootedCase,
  openCase,
  processName,
  type Rig,
  type RunningWorker,
  startRig,
  until,
} from './rig.ts';

let rig: Rig;
let worker: RunningWorker;

beforeAll(async () => {
  rig = await startRig();
  worker = await rig.startWorker();
});
afterAll(() => rig.end());

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `c${index + 1}`);

test('commands of one case are decided one at a time, each once', async () => {
  const caseId = await openBootedCase(rig);
  const ids = numbered(20);
  const answers = await Promise.all(ids.map((id) => rig.send(caseId, id, { takesMs: 20 })));
  expect(new Set(answers)).toEqual(new Set(['DECIDED']));
  expect(rig.journal.entriesOf(caseId).toSorted()).toEqual(ids.map((id) => `decide ${id}`).toSorted());
  expect(rig.journal.mostAtOnce).toBe(1);
});

test('commands are decided in the order in which they came', async () => {
  const caseId = await openBootedCase(rig);
  const sent: Promise<string>[] = [];
  for (const id of numbered(6)) {
    sent.push(rig.send(caseId, id, { takesMs: 60 }));
    await sleep(30);
  }
  await Promise.all(sent);
  expect(rig.journal.entriesOf(caseId)).toEqual(numbered(6).map((id) => `decide ${id}`));
});

test('the answer of the Update is outcome and version alone', async () => {
  const caseId = await openCase(rig);
  rig.journal.store(caseId, 'c1', { effects: 1 });
  const answer = await handleOf(rig, caseId).executeUpdate('decide', { updateId: 'c1', args: ['c1'] });
  expect(answer).toEqual({ outcome: 'ACCEPTED', version: 2 });
});

test('a command sent again is not decided again', async () => {
  const caseId = await openCase(rig);
  await rig.send(caseId, 'c1');
  expect(await rig.send(caseId, 'c1')).toBe('DECIDED');
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1']);
});

test('a refused command leaves the case as it was and does not hold up the next', async () => {
  const caseId = await openCase(rig);
  await rig.send(caseId, 'c1', { refused: true });
  await rig.send(caseId, 'c2');
  expect(rig.journal.outcomeOf(caseId, 'c1')).toBe('REFUSED');
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c2']);
});

test('the first command starts a workflow that is absent', async () => {
  const caseId = randomUUID();
  rig.journal.open(caseId);
  expect(await rig.send(caseId, 'c1')).toBe('DECIDED');
});

test('a settled case ends its workflow, and the command that reopens it starts it again', async () => {
  const caseId = await openCase(rig);
  await rig.send(caseId, 'close', { settles: true });
  await handleOf(rig, caseId).result();
  expect(await rig.send(caseId, 'reopen')).toBe('DECIDED');
  expect(await rig.send(caseId, 'c3')).toBe('DECIDED');
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide close', 'decide reopen', 'decide c3']);
});

test('a command that settles its case while an effect of it is reported is answered all the same', async () => {
  for (let round = 0; round < 10; round++) {
    const caseId = await openCase(rig);
    await rig.send(caseId, 'c1', { effects: 1 });
    expect(await rig.send(caseId, 'close', { settles: true })).toBe('DECIDED');
    await handleOf(rig, caseId).result();
  }
});

test('a command that a settled case refuses is answered, although the workflow ends at once again', async () => {
  const caseId = await openCase(rig);
  await rig.send(caseId, 'close', { settles: true });
  await handleOf(rig, caseId).result();
  const begun = Date.now();
  expect(await rig.send(caseId, 'c2', { refused: true })).toBe('DECIDED');
  expect(Date.now() - begun).toBeLessThan(5_000);
  expect(rig.journal.outcomeOf(caseId, 'c2')).toBe('REFUSED');
});

test('a command that was stored but never brought is decided when the case is nudged', async () => {
  const caseId = await openCase(rig);
  rig.journal.store(caseId, 'c1');
  await rig.gateway.nudge(processName, caseId);
  await until('c1 is decided', () => rig.journal.outcomeOf(caseId, 'c1') === 'ACCEPTED');
});

test('while no worker runs a command stays PENDING, and is decided once one runs again', async () => {
  const caseId = await openCase(rig);
  await rig.send(caseId, 'c1');
  await worker.stop();
  const begun = Date.now();
  expect(await rig.send(caseId, 'c2', { timeoutMs: 500 })).toBe('PENDING');
  expect(Date.now() - begun).toBeLessThan(2_000);
  worker = await rig.startWorker();
  await until('c2 is decided', () => rig.journal.outcomeOf(caseId, 'c2') === 'ACCEPTED', 20_000);
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1', 'decide c2']);
});

test('while the journal is away for a moment an Update waits, and is decided when it is back', async () => {
  const caseId = await openCase(rig);
  const back = Date.now() + 2_000;
  rig.journal.failing = () => (Date.now() < back ? new Error('connect ECONNREFUSED') : undefined);
  expect(await rig.send(caseId, 'c1')).toBe('DECIDED');
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1']);
});

test('an unknown case ends its workflow as failed', async () => {
  const caseId = randomUUID();
  await rig.gateway.start(processName, caseId);
  await expect(handleOf(rig, caseId).result()).rejects.toThrow();
});
