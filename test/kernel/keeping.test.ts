import { describe, expect, it } from 'vitest';
import { openFor } from './openings.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

/** Records are kept by class: as the organisation has set, never less than law or contract demand, from the end on (rules §4.7). */
async function changed(world: World, set: object): Promise<void> {
  const day = world.driver.now().slice(0, 10);
  const change = await world.open(people.iso, 'configurationChange', { title: 'Keeping', set, effectiveOn: day, reason: 'Law' });
  await world.does(change, 'SUBMIT', people.iso, {});
  await world.does(change, 'APPROVE', people.topManagement, { contentHash: world.file(change).round!.contentHash });
}

async function withdrawn(world: World): Promise<string> {
  const nc = await openFor(world, 'nonconformity', []);
  const [log, contract] = [await world.evidence('log'), await world.evidence('contract')];
  await world.does(nc, 'ADD_EVIDENCE', people.reporter, { evidence: log, title: 'Log' });
  await world.does(nc, 'ADD_EVIDENCE', people.reporter, { evidence: contract, title: 'Contract', recordClass: 'contract', keepUntil: '2031-06-30' });
  expect(world.file(nc)).toMatchObject({ retainUntil: null });
  await world.does(nc, 'WITHDRAW', people.reporter, { reason: 'It was none' });
  return nc;
}

const kept = (world: World, nc: string) => [world.file(nc).retainUntil, ...world.file(nc).evidence.map(({ retainUntil }) => retainUntil)];

describe('what has ended', () => {
  it('is kept four years from its end, and longer where a contract says so', async () => {
    const world = await createWorld();
    expect(kept(world, await withdrawn(world))).toEqual(['2030-11-02', '2030-11-02', '2031-06-30']);
  });

  it('is kept as long as is set for its class, and never less than law or contract demand', async () => {
    const world = await createWorld();
    await changed(world, { 'retention.record': '36mo', 'retention.evidence': '60mo', 'retention.contract': '36mo', 'retention.contract.minimum': '120mo' });
    expect(kept(world, await withdrawn(world))).toEqual(['2029-11-02', '2031-11-02', '2036-11-02']);
  });

  it('keeps the day that was fixed at its end, until another end fixes it anew', async () => {
    const world = await createWorld();
    const nc = await openFor(world, 'nonconformity', []);
    await world.does(nc, 'REJECT_NOT_NC', people.iso, { reason: 'It is none' });
    expect(world.file(nc).retainUntil).toBe('2030-11-02');
    await changed(world, { 'retention.record': '60mo' });
    expect(world.file(nc).retainUntil).toBe('2030-11-02');
    await world.does(nc, 'APPEAL', people.reporter, { reason: 'It is one' });
    expect(world.file(nc).retainUntil).toBeNull();
    await world.does(nc, 'DISMISS_APPEAL', people.topManagement, { reason: 'It is none' });
    expect(world.file(nc).retainUntil).toBe('2031-11-02');
  });

  it('about single persons is a class of its own, which may be shorter than a cycle, and other classes may not', async () => {
    const world = await createWorld();
    await changed(world, { 'retention.personnel': '12mo' });
    const absence = await world.open(people.uninvolved, 'absence', { person: people.uninvolved, from: '2026-11-09', until: '2026-11-13' });
    await world.does(absence, 'CANCEL', people.uninvolved, { reason: 'Not away' });
    expect(world.file(absence)).toMatchObject({ recordClass: 'personnel', retainUntil: '2027-11-02' });
    await expect(world.open(people.iso, 'configurationChange', { title: 'x', set: { 'retention.evidence': '12mo' }, effectiveOn: '2026-11-02', reason: 'x' })).rejects.toThrow('must be from 36 to 480 months');
  });
});
