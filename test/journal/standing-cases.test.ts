import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CaseId } from '../../contracts/identity.ts';
import { countOpenCases } from '../../prisma/queries/waiting.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';

describe('a case that stands still', () => {
  let engine: InProcessEngine;
  let asset: CaseId;
  beforeEach(async () => {
    engine = await startInProcessEngine();
    asset = await engine.open('asset', 'anna.berger', { name: 'Customer database', unit: 'it', owner: 'leon.fischer' });
  });
  afterEach(() => engine.close());

  const owed = async (): Promise<number> => (await engine.pool.query('SELECT 1 FROM outbox WHERE case_id = $1', [asset])).rowCount!;
  const needWorkflows = async () => (await engine.journal.openCases({ after: null, limit: 10 })).map(({ caseId }) => caseId);
  const counted = () => countOpenCases(engine.pool, '2100-01-01T00:00:00.000Z');

  it('owes no workflow when it is opened, rests after each command, and is not booted by a recovery', async () => {
    expect(await owed()).toBe(0);
    expect(await engine.journal.load(asset)).toMatchObject({ settled: true, wakeAt: null });
    await engine.send(asset, 'AMEND', 'leon.fischer', { criticality: 'high' });
    expect(await engine.journal.load(asset)).toMatchObject({ settled: true, version: 2 });
    expect(await needWorkflows()).toEqual([]);
    expect(await counted()).toBe(0);
  });

  it('is found when its owner leaves, and has a workflow until somebody owns it', async () => {
    const departure = await engine.open('departure', 'anna.berger', { kind: 'LEAVES', person: 'leon.fischer', lastDay: '2026-11-02' });
    const { wakeAt } = await engine.journal.load(departure);
    engine.setNow(wakeAt!);
    await engine.settle();
    expect(await engine.journal.load(asset)).toMatchObject({ settled: false, wakeAt: expect.any(String) });
    expect(await needWorkflows()).toContain(asset);
    await engine.send(asset, 'REASSIGN', 'thomas.reiter', { role: 'owner', to: 'felix.bauer', reason: 'Runs it' });
    expect(await engine.journal.load(asset)).toMatchObject({ settled: true });
    expect(await needWorkflows()).not.toContain(asset);
  });
});
