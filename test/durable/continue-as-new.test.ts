import { afterAll, beforeAll, expect, test } from 'vitest';
import { handleOf, openCase, type Rig, startRig } from './rig.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  await rig.startWorker();
});
afterAll(() => rig.end());

test(
  'under steady load a case goes on in new runs, and every command is decided once',
  { timeout: 120_000 },
  async () => {
    const caseId = await openCase(rig, { wakeInMs: 3_600_000 });
    const { runId: firstRun } = await handleOf(rig, caseId).describe();
    const ids = Array.from({ length: 1_600 }, (_, index) => `c${index}`);
    const answers: string[] = [];
    const unsent = ids.values();
    const caller = async () => {
      for (const id of unsent) answers.push(await rig.send(caseId, id));
    };
    await Promise.all(Array.from({ length: 12 }, caller));
    expect(answers).toEqual(ids.map(() => 'DECIDED'));
    expect(rig.journal.entriesOf(caseId).toSorted()).toEqual(ids.map((id) => `decide ${id}`).toSorted());
    expect((await handleOf(rig, caseId).describe()).runId).not.toBe(firstRun);
    expect((await handleOf(rig, caseId).describe()).historyLength).toBeLessThan(6_000);
  },
);
