import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';
import { acceptance, cause, correction, plan, report } from '../support/nonconformity-bodies.ts';

describe('decisions at the same time', () => {
  let engine: InProcessEngine;
  beforeAll(async () => void (engine = await startInProcessEngine()));
  afterAll(() => engine.close());

  const fileOf = async (id: string) => (await engine.pool.query<{ file: CaseFile }>('SELECT file FROM case_head WHERE id = $1', [id])).rows[0]!.file;

  it('two people decide at once: one wins, the other is told, and nothing is half done', async () => {
    const id = await engine.open('nonconformity', 'emre.yilmaz', report);
    const ids = await Promise.all(
      ['anna.berger', 'martin.huber'].map(async (person, n) => {
        const stored = await engine.journal.storeCommand({ caseId: id, person, name: 'ACCEPT', body: acceptance, ifMatch: 1, key: `race-${n}` });
        return 'commandId' in stored ? stored.commandId : '';
      }),
    );
    const outcomes = await Promise.all(ids.map((each) => engine.journal.decideCommand(id, each)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['ACCEPTED', 'REFUSED']);
    const recorded = await Promise.all(ids.map((each) => engine.journal.outcomeOf(each)));
    expect(JSON.stringify(recorded)).toContain('STALE_VERSION');
    expect((await fileOf(id)).state).toBe('containment');
  });

  it('the same command decided by many at once is decided once', async () => {
    const id = await engine.open('nonconformity', 'emre.yilmaz', report);
    const stored = await engine.journal.storeCommand({ caseId: id, person: 'anna.berger', name: 'COMMENT', body: { text: 'once' }, ifMatch: null, key: 'once' });
    const commandId = 'commandId' in stored ? stored.commandId : '';
    await Promise.all(Array.from({ length: 8 }, () => engine.journal.decideCommand(id, commandId)));
    const { rows } = await engine.pool.query(`SELECT version FROM entry WHERE stream = $1 AND type = 'COMMENT'`, [id]);
    expect(rows).toHaveLength(1);
  });

  it('the same opening sent by many at once opens one case', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => engine.journal.openCase({ process: 'nonconformity', person: 'emre.yilmaz', body: report, key: 'same' })),
    );
    expect(new Set(opened.map((each) => ('caseId' in each ? each.caseId : 'refused'))).size).toBe(1);
    const other = await engine.journal.openCase({ process: 'nonconformity', person: 'emre.yilmaz', body: { ...report, title: 'Another' }, key: 'same' });
    expect(other).toEqual({ opened: false, reused: true });
  });

  it('a verdict and the work it judges, sent at once by one person on two cases, never both stand (SOD-05)', async () => {
    for (let round = 0; round < 6; round++) {
      const { id, action, sha256 } = await reviewedCaseWithOpenAction(round);
      const commands = [
        { caseId: id, name: 'INEFFECTIVE', body: { reason: 'it happened again' } },
        { caseId: action, name: 'SUBMIT', body: { result: 'done', evidence: [sha256] } },
      ];
      const stored = await Promise.all(
        commands.map(async (each, n) => {
          const answer = await engine.journal.storeCommand({ ...each, person: 'sabine.wolf', ifMatch: null, key: `sod-${round}-${n}` });
          return { caseId: each.caseId, commandId: 'commandId' in answer ? answer.commandId : '' };
        }),
      );
      const outcomes = await Promise.all(stored.map(({ caseId, commandId }) => engine.journal.decideCommand(caseId, commandId)));
      expect(outcomes.filter(({ outcome }) => outcome === 'ACCEPTED')).toHaveLength(1);
      await engine.settle();
      const { rows } = await engine.pool.query(`SELECT DISTINCT relation FROM involvement WHERE object = $1 AND person = 'sabine.wolf' AND relation IN ('judgedEffectiveness', 'implementedAction')`, [id]);
      expect(rows).toHaveLength(1);
    }
  });

  /** A nonconformity in review whose verifier has meanwhile been given an action linked to it that she has not done yet. */
  async function reviewedCaseWithOpenAction(round: number) {
    const id = await engine.open('nonconformity', 'emre.yilmaz', { ...report, title: `Case ${round}` });
    const { sha256 } = await engine.journal.storeEvidence({ bytes: Buffer.from(`proof ${round}`), name: 'p.txt', mediaType: 'text/plain', person: 'leon.fischer' });
    await engine.send(id, 'ACCEPT', 'anna.berger', acceptance);
    await engine.send(id, 'RECORD_CORRECTION', 'thomas.reiter', correction);
    await engine.send(id, 'SUBMIT_CAUSE', 'thomas.reiter', cause);
    await engine.send(id, 'CA_NEEDED', 'anna.berger');
    await engine.send(id, 'SUBMIT_PLAN', 'thomas.reiter', plan);
    await engine.send(id, 'APPROVE', 'anna.berger', { contentHash: (await fileOf(id)).round!.contentHash });
    const first = (await fileOf(id)).links.find(({ type }) => type === 'correctiveAction')!.to;
    await engine.send(first, 'ACKNOWLEDGE', 'leon.fischer');
    await engine.send(first, 'SUBMIT', 'leon.fischer', { result: 'done', evidence: [sha256] });
    await engine.send(first, 'VERIFY', 'thomas.reiter', { note: 'seen' });
    await engine.send(id, 'NOT_CONFIRMED', 'anna.berger', { reason: 'incomplete', redo: [{ action: 'a1', due: '2026-12-20' }] });
    const action = (await fileOf(id)).links.filter(({ type }) => type === 'correctiveAction').at(-1)!.to;
    await engine.send(action, 'REASSIGN', 'thomas.reiter', { role: 'owner', to: 'sabine.wolf', reason: 'she offered' });
    await engine.send(action, 'ACKNOWLEDGE', 'sabine.wolf');
    // Straight to the review, as if the window had passed, so that both commands are possible at the same moment.
    await engine.pool.query(`UPDATE case_head SET state = 'effectivenessReview', file = jsonb_set(file, '{state}', '"effectivenessReview"') WHERE id = $1`, [id]);
    return { id, action, sha256 };
  }
});
