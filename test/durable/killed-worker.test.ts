import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type KillableWorker, startKillableWorker } from './killable-worker.ts';
import { openCase, type Rig, startRig, until } from './rig.ts';

let rig: Rig;
let worker: KillableWorker | undefined;

beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => worker?.kill());
afterAll(() => rig.end());

const start = (dies?: Parameters<typeof startKillableWorker>[0]['dies']) =>
  startKillableWorker({ address: rig.temporal.address, journal: rig.journal, dies });

test('a worker killed between two commands is replaced by another, and the case goes on', async () => {
  worker = await start();
  const caseId = await openCase(rig, { wakeInMs: 3_600_000 });
  expect(await rig.send(caseId, 'c1')).toBe('DECIDED');
  await worker.kill();
  worker = await start();
  expect(await rig.send(caseId, 'c2')).toBe('DECIDED');
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1', 'decide c2']);
});

test('a worker killed between commit and reply: the Update comes again and finds what was decided', async () => {
  let killed = false;
  worker = await start(({ method }) => !killed && (killed = method === 'decideCommand'));
  const caseId = await openCase(rig);
  const answer = rig.send(caseId, 'c1', { effects: 1, timeoutMs: 25_000 });
  await until('the worker is killed', () => killed);
  worker = await start();
  expect(await answer).toBe('DECIDED');
  expect(rig.journal.asked.filter(({ what }) => what === 'decide c1').length).toBeGreaterThan(1);
  await until('the effect is performed', () => rig.journal.cases.get(caseId)?.effects.length === 0);
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1', 'effect 2.0']);
});

test('a worker killed between two pages of an effect is replaced, and the pages left are performed', async () => {
  let pages = 0;
  rig.journal.furtherPages = 3;
  worker = await start(({ method }) => method === 'performEffect' && (pages += 1) === 2);
  const caseId = await openCase(rig);
  rig.journal.reaches = [{ caseId, process: 'nonconformity' }];
  expect(await rig.send(caseId, 'c1', { effects: 1 })).toBe('DECIDED');
  await until('the worker is killed', () => pages === 2);
  worker = await start();
  await until('the effect is performed', () => rig.journal.cases.get(caseId)?.effects.length === 0, 30_000);
  expect(rig.journal.entriesOf(caseId).filter((what) => what === 'effect 2.0')).toHaveLength(4);
  rig.journal.reaches = [];
}, 45_000);

test('an instant that passed while no worker ran is woken once when one runs again', async () => {
  worker = await start();
  const caseId = await openCase(rig, { wakeInMs: 1_000 });
  await until('the case has booted', () => rig.journal.asked.some((question) => question.caseId === caseId));
  await worker.kill();
  await until(
    'the instant has passed',
    () => Date.now() > (rig.journal.cases.get(caseId)?.wakeAt ?? 0) + 200,
  );
  worker = await start();
  await until('the case is woken', () => rig.journal.entriesOf(caseId).length > 0, 20_000);
  expect(rig.journal.entriesOf(caseId)).toEqual(['wake']);
});
