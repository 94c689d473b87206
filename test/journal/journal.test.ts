import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { acceptance, cause, correction, plan, report } from '../support/nonconformity-bodies.ts';

describe('the journal on PostgreSQL', () => {
  let engine: InProcessEngine;
  beforeAll(async () => void (engine = await startInProcessEngine()));
  afterAll(() => engine.close());

  const fileOf = async (id: string) =>
    (await engine.pool.query<{ file: CaseFile<NonconformityDocument> }>('SELECT file FROM case_head WHERE id = $1', [id])).rows[0]!.file;
  const accepted = (outcome: unknown) => expect(outcome).toMatchObject({ outcome: 'ACCEPTED' });

  it('carries a minor nonconformity from report to proven effectiveness, and verifies', async () => {
    const id = await engine.open('nonconformity', 'emre.yilmaz', report);
    accepted(await engine.send(id, 'ACCEPT', 'anna.berger', acceptance));
    accepted(await engine.send(id, 'RECORD_CORRECTION', 'thomas.reiter', correction));
    accepted(await engine.send(id, 'SUBMIT_CAUSE', 'thomas.reiter', cause));
    accepted(await engine.send(id, 'CA_NEEDED', 'anna.berger'));
    accepted(await engine.send(id, 'SUBMIT_PLAN', 'thomas.reiter', plan));
    const { round } = await fileOf(id);
    accepted(await engine.send(id, 'APPROVE', 'anna.berger', { contentHash: round!.contentHash }));
    const action = (await fileOf(id)).links.find(({ type }) => type === 'correctiveAction')!.to;
    const { sha256 } = await engine.journal.storeEvidence({ bytes: Buffer.from('proof'), name: 'p.txt', mediaType: 'text/plain', person: 'leon.fischer' });
    accepted(await engine.send(action, 'ACKNOWLEDGE', 'leon.fischer'));
    accepted(await engine.send(action, 'SUBMIT', 'leon.fischer', { result: 'Done', evidence: [sha256] }));
    accepted(await engine.send(action, 'VERIFY', 'thomas.reiter', { note: 'Seen' }));
    expect(await fileOf(action)).toMatchObject({ state: 'done' });
    expect(await fileOf(id)).toMatchObject({ state: 'implemented' });
    accepted(await engine.send(id, 'CONFIRM_IMPLEMENTATION', 'sabine.wolf', { sampled: 'Record of the test' }));
    expect(await fileOf(id)).toMatchObject({ state: 'monitoring' });
    engine.setNow('2027-02-28T09:00:00.000Z');
    await engine.journal.wake(id);
    expect(await fileOf(id)).toMatchObject({ state: 'effectivenessReview' });
    expect(await engine.send(id, 'EFFECTIVE', 'leon.fischer', { statement: 'x', evidence: [sha256], risksUpdated: 'x', ismsChanges: 'x' })).toMatchObject({ outcome: 'REFUSED' });
    const second = await engine.journal.storeEvidence({ bytes: Buffer.from('second proof'), name: 'p2.txt', mediaType: 'text/plain', person: 'sabine.wolf' });
    accepted(await engine.send(id, 'EFFECTIVE', 'sabine.wolf', { statement: 'Both tests passed', evidence: [second.sha256], risksUpdated: 'R-7', ismsChanges: 'none' }));
    expect(await fileOf(id)).toMatchObject({ state: 'closed', settled: 'done' });
    expect(await engine.journal.verify()).toMatchObject({ ok: true, problems: [], attempts: 1 });
  });

  it('an effect is performed when the case it asks has decided, and the case that owed it has read the answer', async () => {
    const source = await engine.open('nonconformity', 'emre.yilmaz', report);
    const other = await engine.open('nonconformity', 'emre.yilmaz', report);
    const effect = { kind: 'command', to: other, command: 'COUNT_OCCURRENCE', body: { from: 'not a case', fromRef: '' } };
    await engine.pool.query(`INSERT INTO outbox (case_id, version, n, effect, created_at) VALUES ($1, 1, 0, $2, $3)`, [source, JSON.stringify(effect), engine.now()]);
    const perform = () => engine.journal.performEffect(source, { version: 1, n: 0 });
    const answer = async (caseId: string) => engine.journal.decideCommand(caseId, (await engine.journal.load(caseId)).pendingCommands[0]!);
    expect(await perform()).toMatchObject({ reached: [{ caseId: other }], more: true });
    expect(await answer(other)).toMatchObject({ outcome: 'REFUSED' });
    expect(await perform()).toMatchObject({ reached: expect.arrayContaining([expect.objectContaining({ caseId: source })]), more: true });
    expect(await answer(source)).toMatchObject({ outcome: 'ACCEPTED' });
    expect(await perform()).toMatchObject({ more: false });
  });

  it('what follows the opening at once names the case by its number', async () => {
    const body = { kind: 'LEAVES', person: 'leon.fischer', lastDay: '2026-11-01' };
    const id = await engine.open('departure', 'anna.berger', body);
    const { rows } = await engine.pool.query<{ told: string }>(
      `SELECT e->'body'->>'fromRef' AS told FROM entry_payload, jsonb_array_elements(payload->'effects') e WHERE stream = $1`,
      [id],
    );
    const { ref } = await fileOf(id);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ told }) => told))).toEqual(new Set([ref]));
  });
});
