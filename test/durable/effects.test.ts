import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { handleOf, openCase, processName, type Rig, startRig, until } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  await rig.startWorker();
});
afterEach(() => {
  rig.journal.failing = () => undefined;
  rig.journal.reaches = [];
});
afterAll(() => rig.end());

const effectsOf = (caseId: string) =>
  rig.journal.entriesOf(caseId).filter((what) => what.startsWith('effect'));
const owed = (caseId: string) => rig.journal.cases.get(caseId)?.effects.length;

test('effects are performed in the order of their entries, each once', async () => {
  const caseId = await openCase(rig);
  await rig.send(caseId, 'c1', { effects: 2 });
  await rig.send(caseId, 'c2', { effects: 1 });
  await until('nothing is owed', () => owed(caseId) === 0);
  expect(effectsOf(caseId)).toEqual(['effect 2.0', 'effect 2.1', 'effect 3.0']);
});

test('an effect that fails is tried again, and those behind it wait for it', async () => {
  const caseId = await openCase(rig);
  let failures = 3;
  rig.journal.failing = (what) =>
    what === 'effect 2.0' && failures-- > 0 ? new Error('not yet') : undefined;
  await rig.send(caseId, 'c1', { effects: 2 });
  await until('nothing is owed', () => owed(caseId) === 0);
  expect(effectsOf(caseId)).toEqual(['effect 2.0', 'effect 2.1']);
});

test('a command is answered while an effect still fails', async () => {
  const caseId = await openCase(rig);
  rig.journal.failing = (what) => (what.startsWith('effect') ? new Error('not yet') : undefined);
  await rig.send(caseId, 'c1', { effects: 1 });
  expect(await rig.send(caseId, 'c2')).toBe('DECIDED');
  expect(effectsOf(caseId)).toEqual([]);
});

test('the cases that an effect reaches are started where they are absent, and look again', async () => {
  const caseId = await openCase(rig);
  const child = randomUUID();
  rig.journal.open(child);
  rig.journal.store(child, 'from-parent');
  rig.journal.reaches = [{ caseId: child, process: processName }];
  await rig.send(caseId, 'c1', { effects: 1 });
  await until(
    'the command of the effect is decided',
    () => rig.journal.outcomeOf(child, 'from-parent') === 'ACCEPTED',
  );
});

test('a settled case ends only when its effects are performed', async () => {
  const caseId = await openCase(rig);
  let failures = 2;
  rig.journal.failing = (what) =>
    what.startsWith('effect') && failures-- > 0 ? new Error('not yet') : undefined;
  await rig.send(caseId, 'close', { settles: true, effects: 2 });
  await handleOf(rig, caseId).result();
  expect(effectsOf(caseId)).toEqual(['effect 2.0', 'effect 2.1']);
});

test('an effect of several pages is performed page by page until none is left, and what is behind it waits', async () => {
  const caseId = await openCase(rig);
  rig.journal.furtherPages = 2;
  rig.journal.reaches = [{ caseId, process: processName }];
  await rig.send(caseId, 'c1', { effects: 2 });
  await until('nothing is owed', () => owed(caseId) === 0);
  expect(effectsOf(caseId)).toEqual(['effect 2.0', 'effect 2.0', 'effect 2.0', 'effect 2.1']);
});

test('effects that were owed before the workflow was lost are performed when it boots', async () => {
  const caseId = randomUUID();
  rig.journal.open(caseId);
  rig.journal.cases.get(caseId)?.effects.push({ version: 1, n: 0 });
  await rig.gateway.start(processName, caseId);
  await until('nothing is owed', () => owed(caseId) === 0);
  expect(effectsOf(caseId)).toEqual(['effect 1.0']);
});
