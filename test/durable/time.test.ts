import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { handleOf, openBootedCase, openCase, processName, type Rig, startRig, until } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  await rig.startWorker();
});
afterEach(() => {
  rig.journal.clockAheadMs = 0;
  rig.journal.failing = () => undefined;
});
afterAll(() => rig.end());

const firedAt = (caseId: string) => rig.journal.entries.find((entry) => entry.caseId === caseId)?.at ?? 0;
const questions = (caseId: string, what: string) =>
  rig.journal.asked.filter((question) => question.caseId === caseId && question.what === what).length;

async function timersOf(caseId: string): Promise<number> {
  const { events } = await handleOf(rig, caseId).fetchHistory();
  return (events ?? []).filter((event) => event.timerStartedEventAttributes).length;
}

test('a case is woken once, at its instant and not before', async () => {
  const due = Date.now() + 700;
  const caseId = await openCase(rig, { wakeInMs: 700 });
  await until('the case is woken', () => rig.journal.entriesOf(caseId).length > 0);
  expect(firedAt(caseId)).toBeGreaterThanOrEqual(due - 5);
  await sleep(1_500);
  expect(rig.journal.entriesOf(caseId)).toEqual(['wake']);
  expect(questions(caseId, 'wake')).toBe(1);
});

test('a command that brings the instant forward is followed by its wake', async () => {
  const caseId = await openBootedCase(rig, { wakeInMs: 3_600_000 });
  await rig.send(caseId, 'c1', { wakeInMs: 500 });
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'));
});

test('a command that lifts the instant is followed by no wake', async () => {
  const caseId = await openCase(rig, { wakeInMs: 3_000 });
  await rig.send(caseId, 'c1', { wakeInMs: null });
  await sleep(4_000);
  expect(rig.journal.entriesOf(caseId)).toEqual(['decide c1']);
});

test('a command that puts the instant off is followed by one wake, at the later instant', async () => {
  const caseId = await openBootedCase(rig, { wakeInMs: 1_500 });
  const due = Date.now() + 3_000;
  await rig.send(caseId, 'c1', { wakeInMs: 3_000 });
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'));
  expect(Date.now()).toBeGreaterThanOrEqual(due - 5);
  expect(questions(caseId, 'wake')).toBe(1);
});

test('an instant that goes to and fro is armed once', async () => {
  const caseId = await openBootedCase(rig, { wakeInMs: 3_600_000 });
  for (const [index, wakeInMs] of [7_200_000, 3_700_000, 9_000_000].entries()) await rig.send(caseId, `c${index}`, { wakeInMs });
  expect(await timersOf(caseId)).toBe(1);
});

test('a command that leaves the instant alone leaves the timer alone', async () => {
  const caseId = await openCase(rig, { wakeInMs: 3_600_000 });
  for (const id of ['c1', 'c2', 'c3']) await rig.send(caseId, id);
  expect(await timersOf(caseId)).toBe(1);
});

test('an instant decades away is armed like any other', async () => {
  const caseId = await openCase(rig, { wakeInMs: 50 * 365 * 24 * 3_600_000 });
  expect(await rig.send(caseId, 'c1')).toBe('DECIDED');
  expect(await timersOf(caseId)).toBe(1);
});

test('no wake and no command of one case ever meet', async () => {
  const caseId = await openBootedCase(rig, { wakeInMs: 300 });
  rig.journal.mostAtOnce = 0;
  const ids = Array.from({ length: 12 }, (_, index) => `c${index}`);
  await Promise.all(ids.map((id) => rig.send(caseId, id, { takesMs: 60 })));
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'));
  expect(rig.journal.mostAtOnce).toBe(1);
});

test('while the clock of the journal is behind, the case asks again less and less often', async () => {
  rig.journal.clockAheadMs = -4_000;
  const caseId = await openCase(rig, { wakeInMs: 4_200 });
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'));
  expect(questions(caseId, 'wake')).toBeGreaterThanOrEqual(2);
  expect(questions(caseId, 'wake')).toBeLessThanOrEqual(4);
});

test('a nudge lets time pass by the clock of the journal', async () => {
  const caseId = await openBootedCase(rig, { wakeInMs: 3_600_000 });
  rig.journal.clockAheadMs = 7_200_000;
  await rig.gateway.nudge(processName, caseId);
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'));
});

test('a wake that the journal could not answer is asked again when it is back', async () => {
  const back = Date.now() + 3_000;
  rig.journal.failing = (what) => (what === 'wake' && Date.now() < back ? new Error('down') : undefined);
  const caseId = await openCase(rig, { wakeInMs: 200 });
  await until('the case is woken', () => rig.journal.entriesOf(caseId).includes('wake'), 20_000);
  expect(rig.journal.entriesOf(caseId)).toEqual(['wake']);
});
