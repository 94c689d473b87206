import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createJournal } from '../../prisma/journal/journal.ts';
import { startInProcessEngine } from '../support/in-process-engine.ts';
import type { InProcessEngine } from '../support/in-process-engine.ts';

describe('a decision that changes the directory among others', () => {
  let engine: InProcessEngine;
  beforeAll(async () => void (engine = await startInProcessEngine()));
  afterAll(() => engine.close());

  const today = () => engine.now().slice(0, 10);
  const seqOf = async (type: string, stream: string) =>
    (await engine.pool.query<{ seq: string }>('SELECT seq FROM entry WHERE type = $1 AND stream = $2', [type, stream])).rows.map(({ seq }) => Number(seq));

  it('nobody decides on a delegation after it was revoked, however many decide at that moment and wherever', async () => {
    const delegation = await engine.open('delegation', 'felix.bauer', { delegate: 'lea.hoffmann', scope: 'EVERYTHING', from: today(), until: today(), reason: 'Travel' });
    expect(await engine.send(delegation, 'ACCEPT', 'lea.hoffmann')).toMatchObject({ outcome: 'ACCEPTED' });
    const cases: string[] = [];
    for (let n = 0; n < 12; n += 1) cases.push(await engine.open('action', 'stefan.krause', { title: `Work ${n}`, unit: 'development', owner: 'felix.bauer', due: '2027-06-30' }));
    const store = async (caseId: string, person: string, name: string, body: object) => {
      const stored = await engine.journal.storeCommand({ caseId, person, name, body, ifMatch: null, key: `${name}-${caseId}` });
      return { caseId, commandId: 'commandId' in stored ? stored.commandId : '' };
    };
    const acts = await Promise.all(cases.map((caseId) => store(caseId, 'lea.hoffmann', 'ACKNOWLEDGE', {})));
    const revoke = await store(delegation, 'felix.bauer', 'REVOKE', { reason: 'Back early' });
    const other = createJournal({ pool: engine.pool, clock: () => engine.now() });
    const decide = ({ caseId, commandId }: { caseId: string; commandId: string }, n: number) => (n % 2 === 0 ? engine.journal : other).decideCommand(caseId, commandId);
    const outcomes = await Promise.all([...acts.slice(0, 4), revoke, ...acts.slice(4)].map(decide));
    expect(outcomes[4]).toMatchObject({ outcome: 'ACCEPTED' });
    const [revoked] = await seqOf('REVOKE', delegation);
    for (const { caseId } of acts) for (const acted of await seqOf('ACKNOWLEDGE', caseId)) expect(acted).toBeLessThan(revoked!);
    const late = await store(cases[0]!, 'lea.hoffmann', 'START', {});
    expect(await decide(late, 1)).toMatchObject({ outcome: 'REFUSED' });
  });

  it('two changes at once give two revisions, in the order of their entries', async () => {
    const before = (await engine.journal.directory()).revision;
    const bodies = ['emre.yilmaz', 'nina.schuster', 'clara.winter', 'mehmet.demir'];
    await Promise.all(bodies.map((person) => engine.open('absence', person, { person, from: today(), until: today() })));
    const directory = await engine.journal.directory();
    expect(directory.revision).toBeGreaterThanOrEqual(before + bodies.length);
    for (const person of bodies) expect(directory.isAbsent(person, engine.now())).toBe(true);
    const { rows } = await engine.pool.query<{ revision: number }>('SELECT revision FROM directory_change ORDER BY revision');
    expect(rows.map(({ revision }) => revision)).toEqual(rows.map((_, n) => n + 1));
  });
});
