import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { calendarDays } from '../../domain/calendar/duration.ts';
import type { StateMeta } from '../../domain/kernel/definition.ts';
import type { MachineEvent } from '../../domain/kernel/machine.ts';
import { AUTHOR, seat, startTrial, trial } from '../support/approval-trial.ts';
import type { Trial } from '../support/approval-trial.ts';
import { bodyOf, report, today } from './bodies.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

/** Behind the approval a window of ten days that goes on, and one of five that is the end; the case can be called off. */
const machine = setup({ types: {} as { events: MachineEvent; meta: StateMeta } }).createMachine({
  id: 'windows',
  initial: 'rework',
  on: { CANCELLED: '.cancelled' },
  states: {
    rework: { meta: { task: 'submit' }, on: { SUBMIT: 'pending' } },
    pending: { meta: { round: 'trial' }, on: { APPROVED: 'resting', REJECTED: 'rework', REJECTED_FINAL: 'refused', EDIT: {} } },
    resting: { meta: { window: 'rest' }, on: { WINDOW_ELAPSED: 'ending', FINISH: 'done' } },
    ending: { meta: { window: 'last' }, on: { WINDOW_ELAPSED: 'done' } },
    done: { meta: { settled: 'done' }, type: 'final' },
    refused: { meta: { settled: 'refused' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
  },
});
const { policy } = trial;
const process = {
  ...trial,
  machine,
  policy: {
    ...policy,
    windows: { rest: () => calendarDays(10), last: () => calendarDays(5) },
    cancel: { by: ['author'], confirmedBy: ['topManagement'] },
  },
};
const condition = { text: 'Show the record', owner: 'p4', due: '2027-11-20' };
const approved = (setting: Omit<Trial, 'content'> = { mode: 'ALL', seats: [seat('a', 'p1')] }) => {
  const bench = startTrial(setting, process);
  bench.approve('p1', { conditions: [condition] });
  return bench;
};

describe('open conditions and time (rules §4.3)', () => {
  it('do not hold up a window that leads on: it ends on time', () => {
    const bench = approved();
    bench.pass(10);
    expect(bench.file()).toMatchObject({ state: 'ending', conditions: [{ outcome: null }] });
  });

  it('hold up the window with which the case would end, until the last of them is met', () => {
    const bench = approved();
    bench.pass(10);
    bench.pass(20);
    expect(bench.file().state).toBe('ending');
    bench.end(bench.file().conditions[0]!.action, 'done');
    expect(bench.file().state).toBe('done');
    expect(bench.entries().find(({ type }) => type === 'CONDITION_MET')!.version).toBeLessThan(bench.file().version);
  });
});

describe('open conditions and an end that nobody wanted (rules §4.3, §4.2 CANCEL)', () => {
  it('a case that two people call off takes its conditions with it, and their actions', () => {
    const bench = approved();
    expect(bench.send('FINISH', AUTHOR)).toMatchObject([{ code: 'CONDITIONS_OPEN' }]);
    bench.send('REQUEST_CANCEL', AUTHOR, { reason: 'Not needed' });
    expect(bench.send('CONFIRM_CANCEL', 'top', {})).toEqual([]);
    const { action, key } = bench.file().conditions[0]!;
    expect(bench.file()).toMatchObject({ settled: 'cancelled', conditions: [{ outcome: 'VOID' }] });
    expect(bench.entries().at(-1)!.happenings).toContainEqual({ kind: 'conditionsCalledOff', conditions: [key] });
    expect(bench.entries().at(-1)!.effects).toContainEqual(expect.objectContaining({ kind: 'command', to: action, command: 'CALL_OFF' }));
  });

  it('an action that is over already is told nothing', () => {
    const bench = approved();
    bench.end(bench.file().conditions[0]!.action, 'cancelled');
    bench.send('REQUEST_CANCEL', AUTHOR, { reason: 'Not needed' });
    bench.send('CONFIRM_CANCEL', 'top', {});
    expect(bench.file().settled).toBe('cancelled');
    expect(bench.entries().at(-1)!.effects.filter(({ kind }) => kind === 'command')).toEqual([]);
  });

  it('of a nonconformity: the action of the condition ends with it, and nothing is left on a desk', async () => {
    const world = await createWorld();
    const nc = await approvedUnderCondition(world);
    const { action } = world.file(nc).conditions[0]!;
    expect(world.file(action).settled).toBeNull();
    await world.does(nc, 'REQUEST_CANCEL', people.iso, { reason: 'The system is switched off' });
    await world.does(nc, 'CONFIRM_CANCEL', people.topManagement, {});
    expect(world.file(action).settled).toBe('cancelled');
    expect(world.file(nc)).toMatchObject({ settled: 'cancelled', refusedEffects: [], conditions: [{ outcome: 'VOID' }] });
    expect((await world.driver.view(nc)).asked).toEqual([]);
  });
});

async function approvedUnderCondition(world: World): Promise<string> {
  const nc = await world.open(people.reporter, 'nonconformity', report(world));
  const steps = [['ACCEPT', people.iso], ['RECORD_CORRECTION', people.ncOwner], ['SUBMIT_CAUSE', people.ncOwner], ['CA_NEEDED', people.iso], ['SUBMIT_PLAN', people.ncOwner]] as const;
  for (const [name, person] of steps) await world.does(nc, name, person, await bodyOf(world, nc, name));
  const conditions = [{ text: 'Tell the customer', owner: people.uninvolved, due: today(world, 20) }];
  await world.does(nc, 'APPROVE', people.iso, { ...(await bodyOf(world, nc, 'APPROVE')), conditions });
  return nc;
}
