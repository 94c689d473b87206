import { describe, expect, it } from 'vitest';
import type { CaseId } from '../../contracts/identity.ts';
import { SYSTEM } from '../../domain/kernel/draft.ts';
import { bodyOf } from './bodies.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

const step = (event: string) => ({ event, passes: [] });

/** A major nonconformity, whose acceptance asks for a risk reassessment. */
async function major(): Promise<{ world: World; nc: CaseId }> {
  const world = await createWorld();
  const nc = await openFor(world, 'nonconformity', []);
  await world.does(nc, 'ACCEPT', people.iso, await bodyOf(world, nc, 'ACCEPT', { grade: 'major' }));
  await take(world, nc, step('RECORD_CORRECTION'));
  return { world, nc };
}

async function submitUnassessedRisk(world: World, nc: CaseId): Promise<void> {
  const body = (await bodyOf(world, nc, 'SUBMIT_CAUSE')) as { causes: object[] };
  await world.does(nc, 'SUBMIT_CAUSE', people.ncOwner, {
    ...body,
    causes: body.causes.map((cause) => ({ ...cause, category: 'UNASSESSED_RISK' })),
  });
}

const reassessments = (world: World, nc: CaseId) =>
  world.file(nc).links.filter(({ type, void: never }) => type === 'riskAssessment' && !never);
const journalOf = (world: World, caseId: CaseId) => world.driver.journalInMemory().stored(caseId).journal;

describe('the same trigger of the same origin (rules §14)', () => {
  it('is attached to the case that it opened within 30 calendar days, and both know', async () => {
    const { world, nc } = await major();
    const [first] = reassessments(world, nc);
    await world.driver.advanceTo('2026-12-01T08:00:00.000Z');
    await submitUnassessedRisk(world, nc);
    expect(reassessments(world, nc)).toEqual([first]);
    expect(journalOf(world, first!.to).at(-1)).toMatchObject({
      type: 'ATTACH_TRIGGER',
      actor: SYSTEM,
      body: { from: nc },
    });
    expect(journalOf(world, nc).at(-1)).toMatchObject({
      type: 'EFFECT_ANSWERED',
      body: { outcome: 'ATTACHED', to: first!.to },
    });
  });

  it('opens another one afterwards, where the first has ended', async () => {
    const { world, nc } = await major();
    const { to } = reassessments(world, nc)[0]!;
    await world.does(to, 'NOT_NEEDED', people.iso, { reason: 'Assessed last week' });
    await world.does(to, 'CONFIRM_NOT_NEEDED', people.topManagement);
    await world.driver.advanceTo('2026-12-03T08:00:00.000Z');
    await submitUnassessedRisk(world, nc);
    const [first, second] = reassessments(world, nc);
    expect(second!.to).not.toBe(first!.to);
    expect(world.file(second!.to).state).toBe('triggered');
  });
});

describe('an effect that is refused', () => {
  it('leaves nobody waiting for a case that will never be, and lies on the desk of the ISO until it is dealt with', async () => {
    const { world, nc } = await major();
    for (const event of ['SUBMIT_CAUSE', 'CA_NEEDED', 'SUBMIT_PLAN', 'APPROVED'])
      await take(world, nc, step(event));
    const approval = journalOf(world, nc).findLast(({ type }) => type === 'APPROVE')!;
    const n = approval.effects.findIndex(({ kind }) => kind === 'openCase');
    const answer = { version: approval.version, n, outcome: 'REFUSED', reasons: [{ code: 'UNKNOWN_UNIT' }] };
    await world.driver.journalInMemory().decide(nc, { name: 'EFFECT_ANSWERED', body: answer, actor: SYSTEM });
    expect(world.file(nc).links.find(({ type }) => type === 'correctiveAction')).toMatchObject({
      awaited: false,
      void: true,
    });
    expect((await world.driver.view(nc)).asked).toEqual([
      { task: 'replanIfNeeded', persons: [people.ncOwner] },
      { task: 'lookAtRefusedEffect', persons: [people.iso] },
    ]);

    const settled = { version: approval.version, n, note: 'Planned anew' };
    expect(await world.send(nc, 'SETTLE_EFFECT', people.ncOwner, settled)).toMatchObject([
      { code: 'NOT_ENTITLED' },
    ]);
    expect(await world.send(nc, 'SETTLE_EFFECT', people.iso, { ...settled, n: 7 })).toMatchObject([
      { code: 'ALREADY_DONE' },
    ]);
    await world.does(nc, 'SETTLE_EFFECT', people.iso, settled);
    expect(world.file(nc).refusedEffects).toEqual([]);
  });
});

describe('carrying effects out twice', () => {
  it('opens nothing twice and tells nobody twice', async () => {
    const { world, nc } = await major();
    const { store, settle } = world.driver.journalInMemory();
    const before = { cases: store.cases.size, notices: store.notices.length };
    for (const { version, effects } of journalOf(world, nc))
      effects.forEach((effect, n) => store.owed.push({ caseId: nc, version, n, effect }));
    await settle();
    expect({ cases: store.cases.size, notices: store.notices.length }).toEqual(before);
  });
});
