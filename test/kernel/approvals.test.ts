import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import { approvalPolicySchema } from '../../contracts/approval.ts';
import { reason } from '../../contracts/reasons.ts';
import type { StateMeta, View } from '../../domain/kernel/definition.ts';
import { predicates } from '../../domain/kernel/machine.ts';
import type { MachineEvent } from '../../domain/kernel/machine.ts';
import { AUTHOR, seat, startTrial, trial } from '../support/approval-trial.ts';
import type { Trial } from '../support/approval-trial.ts';

/** Rules §4.3, mode by mode, on a process that only tests know. */
const three = [seat('a', 'p1'), seat('b', 'p2'), seat('c', 'p3')];
const codes = (reasons: { code: string }[]) => reasons.map(({ code }) => code);
const lastEnd = (bench: ReturnType<typeof startTrial>) =>
  bench.entries().flatMap(({ happenings }) => happenings).findLast(({ kind }) => kind === 'roundEnded');

describe('the modes of approval', () => {
  it('ALL asks everybody at the same time and ends with the first rejection', () => {
    const bench = startTrial({ mode: 'ALL', seats: three });
    expect(bench.asked()['approve']).toEqual(['p1', 'p2', 'p3']);
    expect(bench.approve('p3')).toEqual([]);
    expect(bench.reject('p1')).toEqual([]);
    expect(bench.file()).toMatchObject({ state: 'rework', reworks: { trial: 1 } });
    expect(bench.entries().at(-1)!.notices.map(({ to, kind }) => `${to} ${kind}`)).toContain('p2 roundRejected');
  });

  it('SEQUENTIAL asks one after the other', () => {
    const bench = startTrial({ mode: 'SEQUENTIAL', seats: three });
    expect(codes(bench.approve('p2'))).toEqual(['NOT_YOUR_TURN']);
    for (const person of ['p1', 'p2', 'p3']) expect(bench.approve(person)).toEqual([]);
    expect(bench.file().state).toBe('working');
  });

  it('ANY is approved by the first approval, and rejected only when all have rejected', () => {
    const one = startTrial({ mode: 'ANY', seats: three });
    one.reject('p1');
    one.approve('p2');
    expect(one.file().state).toBe('working');
    const none = startTrial({ mode: 'ANY', seats: three });
    for (const person of ['p1', 'p2', 'p3']) none.reject(person);
    expect(none.file().state).toBe('rework');
  });

  it('QUORUM waits for a mandatory member, whatever the others say', () => {
    const bench = startTrial({ mode: 'QUORUM', quorum: { members: 2 }, seats: [{ ...three[0]!, mandatory: true }, three[1]!, three[2]!] });
    bench.approve('p2');
    bench.approve('p3');
    expect(bench.file().state).toBe('pending');
    bench.reject('p1');
    expect(bench.file().state).toBe('rework');
  });

  it('QUORUM in percent counts without those who have recused themselves', () => {
    const bench = startTrial({ mode: 'QUORUM', quorum: { percent: 60 }, seats: [...three, seat('d', 'p4')] });
    bench.send('RECUSE', 'p4', { reason: 'My company' });
    bench.approve('p1');
    expect(bench.file().state).toBe('pending');
    bench.approve('p2');
    expect(bench.file().state).toBe('working');
  });

  it('two of three with one recusal and one rejection: a substitute is asked for, by the ISO or top management (rules §16.4 no. 25)', () => {
    const bench = startTrial({ mode: 'QUORUM', quorum: { members: 2 }, seats: three });
    bench.send('RECUSE', 'p1', { reason: 'My brother' });
    bench.reject('p2');
    expect(bench.file().state).toBe('pending');
    expect(bench.asked()).toEqual({ approve: ['p3'], nameApprover: ['top', 'iso'] });
    expect(codes(bench.send('APPOINT_SUBSTITUTE', 'iso', { seat: 'a', person: AUTHOR, reason: 'He knows it' }))).toEqual(['SOD_BLOCKED']);
    expect(codes(bench.send('APPOINT_SUBSTITUTE', 'iso', { seat: 'a', person: 'p1', reason: 'He knows it' }))).toEqual(['RECUSED']);
    expect(codes(bench.send('APPOINT_SUBSTITUTE', 'iso', { seat: 'a', person: 'p3', reason: 'He knows it' }))).toEqual(['SOD_BLOCKED']);
    expect(bench.send('APPOINT_SUBSTITUTE', 'iso', { seat: 'a', person: 'p4', reason: 'She knows it' })).toEqual([]);
    bench.approve('p4');
    bench.approve('p3');
    expect(bench.file().state).toBe('working');
  });

  it('HIERARCHY climbs to the level whose authority is enough, past a level without anybody', () => {
    const levels = three.map((each, n) => ({ ...each, level: n + 1 }));
    const enough = startTrial({ mode: 'HIERARCHY', seats: levels, level: 2 });
    enough.approve('p1');
    expect(enough.asked()['approve']).toEqual(['p2']);
    enough.approve('p2');
    expect(enough.file().state).toBe('working');
    const climbing = startTrial({ mode: 'HIERARCHY', seats: levels, level: 2 });
    climbing.leave('p1');
    climbing.send('RECUSE', 'p2', { reason: 'My brother' });
    expect(climbing.asked()).toEqual({ approve: ['p3'] });
    climbing.approve('p3');
    expect(climbing.file().state).toBe('working');
  });

  it('a rejection for good ends the case only where all who reject say so', () => {
    const bench = startTrial({ mode: 'QUORUM', quorum: { members: 2 }, seats: three });
    bench.reject('p1', { final: true });
    bench.reject('p2');
    expect(bench.file().state).toBe('rework');
    const good = startTrial({ mode: 'ALL', seats: three });
    good.reject('p1', { final: true });
    expect(good.file()).toMatchObject({ state: 'refused', settled: 'refused', reworks: {} });
  });

  it('after the third rejection the next authority rules, whatever the mode was', () => {
    const bench = startTrial({ mode: 'ANY', seats: [seat('a', 'p1')] });
    for (const n of [1, 2, 3]) {
      expect(bench.file().round?.mode, `round ${n}`).toBe('ANY');
      bench.reject('p1');
      bench.send('SUBMIT', AUTHOR);
    }
    expect(bench.file().flags).toContain('rulingNeeded');
    expect(bench.asked()).toEqual({ approve: ['top'] });
  });

  it('the mode is changed only where the quorum cannot be reached, and approves nothing while anybody is left', () => {
    const bench = startTrial({ mode: 'QUORUM', quorum: { members: 3 }, seats: three });
    expect(codes(bench.send('CHANGE_MODE', 'top', { mode: 'ANY', reason: 'Faster' }))).toEqual(['QUORUM_POSSIBLE']);
    bench.approve('p1');
    bench.leave('p2');
    expect(codes(bench.send('CHANGE_MODE', 'top', { mode: 'ANY', reason: 'Faster' }))).toEqual(['INVALID_PAYLOAD']);
    expect(codes(bench.send('CHANGE_MODE', 'iso', { mode: 'ALL', reason: 'Faster' }))).toEqual(['NOT_ENTITLED']);
    expect(bench.send('CHANGE_MODE', 'top', { mode: 'ALL', reason: 'He has left' })).toEqual([]);
    expect(bench.file().round?.seats.map(({ name }) => name)).toEqual(['a', 'c']);
    bench.approve('p3');
    expect(lastEnd(bench)).toMatchObject({ result: 'APPROVED' });
  });

  it('a second decision of the same person is a note without effect, and its conditions are not opened', () => {
    const bench = startTrial({ mode: 'ALL', seats: three });
    bench.approve('p1');
    const revision = bench.file().revision;
    expect(codes(bench.approve('p1', { conditions: [{ text: 'More', owner: 'p2', due: '2026-12-01' }] }))).toEqual(['ALREADY_DECIDED']);
    expect(bench.entries().at(-1)).toMatchObject({ type: 'DUPLICATE_DECISION', happenings: [], effects: [] });
    expect(bench.file()).toMatchObject({ revision, conditions: [] });
  });
});

describe('an approval is given by a yes (rules §4.3 "silence is never consent")', () => {
  const half = () => startTrial({ mode: 'QUORUM', quorum: { percent: 50 }, seats: three });

  it('and not by a recusal, though fewer are counted then: whoever is left is asked', () => {
    const bench = half();
    bench.approve('p1');
    bench.send('RECUSE', 'p3', { reason: 'My brother' });
    expect(bench.file().state).toBe('pending');
    expect(bench.asked()).toEqual({ approve: ['p2'] });
    bench.approve('p2');
    expect(bench.file().state).toBe('working');
  });

  it('and not by a no: a substitute is sought for who has recused himself, and decides it', () => {
    const bench = half();
    bench.approve('p1');
    bench.send('RECUSE', 'p3', { reason: 'My brother' });
    bench.reject('p2');
    expect(bench.file().state).toBe('pending');
    expect(bench.asked()).toEqual({ nameApprover: ['top', 'iso'] });
    bench.send('APPOINT_SUBSTITUTE', 'iso', { seat: 'c', person: 'p4', reason: 'She knows it' });
    bench.reject('p4');
    expect(lastEnd(bench)).toMatchObject({ result: 'REJECTED' });
  });
});

describe('a decision whose consequence is blocked (a guard of the machine)', () => {
  const blocked = reason('TOO_LATE', { until: 'yesterday' });
  const guards = { mayGoOn: ({ doc }: View<Trial>) => (doc.content === 'one' ? [blocked] : []) };
  const machine = setup({ types: {} as { events: MachineEvent; meta: StateMeta }, guards: predicates(guards) }).createMachine({
    id: 'guarded',
    initial: 'rework',
    states: {
      rework: { meta: { task: 'submit' }, on: { SUBMIT: 'pending' } },
      pending: { meta: { round: 'trial' }, on: { APPROVED: { target: 'done', guard: 'mayGoOn' }, REJECTED: { target: 'rework', guard: 'mayGoOn' }, EDIT: {} } },
      done: { meta: { settled: 'done' }, type: 'final' },
    },
  });
  const guarded = (setting: Omit<Trial, 'content'>) => startTrial(setting, { ...trial, machine, guards });

  it('is refused when it is made: the approval, the rejection, and a change of the mode that would approve', () => {
    const bench = guarded({ mode: 'QUORUM', quorum: { members: 2 }, seats: three.slice(0, 2) });
    expect(bench.approve('p1')).toEqual([]);
    expect(bench.approve('p2')).toEqual([blocked]);
    expect(bench.reject('p2')).toEqual([blocked]);
    bench.leave('p2');
    expect(bench.send('CHANGE_MODE', 'top', { mode: 'ANY', reason: 'He has left' })).toEqual([blocked]);
    expect(bench.file()).toMatchObject({ state: 'pending', round: { mode: 'QUORUM' } });
    bench.send('EDIT', AUTHOR, { content: 'two' });
    bench.approve('p1');
    expect(bench.send('CHANGE_MODE', 'top', { mode: 'ANY', reason: 'He has left' })).toEqual([]);
    expect(bench.file().state).toBe('done');
  });

  it('is refused where the approval would be an end, and conditions are open', () => {
    const bench = guarded({ mode: 'QUORUM', quorum: { members: 2 }, seats: three.slice(0, 2) });
    bench.send('EDIT', AUTHOR, { content: 'two' });
    bench.approve('p1', { conditions: [condition] });
    bench.leave('p2');
    expect(codes(bench.send('CHANGE_MODE', 'top', { mode: 'ANY', reason: 'He has left' }))).toEqual(['CONDITIONS_OPEN']);
  });
});

const condition = { text: 'Show the record', owner: 'p4', due: '2026-11-20' };

describe('an approval under conditions', () => {
  const approved = () => {
    const bench = startTrial({ mode: 'ALL', seats: three.slice(0, 2) });
    bench.approve('p1', { conditions: [condition] });
    return bench;
  };

  it('opens them only when the round has approved', () => {
    const rejected = approved();
    rejected.reject('p2');
    expect(rejected.file().conditions).toEqual([]);
    const bench = approved();
    expect(bench.file().conditions).toEqual([]);
    bench.approve('p2');
    expect(bench.file().conditions).toMatchObject([{ owner: 'p4', by: 'p1', outcome: null }]);
    expect(bench.entries().at(-1)!.effects).toMatchObject([{ kind: 'openCase', process: 'action', link: 'condition' }]);
  });

  it('holds the end of the case until they are met', () => {
    const bench = approved();
    bench.approve('p2');
    expect(codes(bench.send('FINISH', AUTHOR))).toEqual(['CONDITIONS_OPEN']);
    bench.end(bench.file().conditions[0]!.action, 'done');
    expect(bench.file().conditions).toMatchObject([{ outcome: 'MET' }]);
    expect(bench.send('FINISH', AUTHOR)).toEqual([]);
  });

  it('lapses at the due date of one that is not met; an action that was called off meets nothing', () => {
    const bench = approved();
    bench.approve('p2');
    bench.end(bench.file().conditions[0]!.action, 'cancelled');
    bench.pass(17);
    expect(bench.file().state).toBe('working');
    bench.pass(2);
    expect(bench.file()).toMatchObject({ state: 'pending', conditions: [{ outcome: 'LAPSED' }] });
    const lapsed = bench.entries().find(({ type }) => type === 'APPROVAL_LAPSED')!;
    expect(lapsed.notices.filter(({ kind }) => kind === 'approvalLapsed').map(({ to }) => to)).toEqual(expect.arrayContaining(['iso', 'p1', AUTHOR]));
    expect(bench.file().round).toMatchObject({ number: 2, seats: [{ decision: null }, { decision: null }] });
  });

  it('is told of once, and never lapses by what was met in time, however late it is noticed', () => {
    const bench = approved();
    bench.approve('p2');
    const { action } = bench.file().conditions[0]!;
    bench.end(action, 'done');
    bench.pass(365);
    expect(bench.file().state).toBe('working');
    expect(bench.entries().map(({ type }) => type)).not.toContain('APPROVAL_LAPSED');
  });
});

describe('a question of an approver', () => {
  it('is asked of one, answered once, told to all who decide, and gone with the round', () => {
    const bench = startTrial({ mode: 'ALL', seats: three });
    expect(bench.send('REQUEST_INFORMATION', 'p1', { of: 'p5', question: 'Why?' })).toEqual([]);
    expect(bench.asked()['answerInformation']).toEqual(['p5']);
    expect(codes(bench.send('ANSWER_INFORMATION', 'p6', { question: 'q1', answer: 'So' }))).toEqual(['NOT_ENTITLED']);
    expect(bench.send('ANSWER_INFORMATION', 'p5', { question: 'q1', answer: 'So' })).toEqual([]);
    expect(bench.entries().at(-1)!.notices.map(({ to }) => to)).toEqual(['p1', 'p2', 'p3']);
    bench.send('REQUEST_INFORMATION', 'p2', { of: 'p5', question: 'And?' });
    bench.send('EDIT', AUTHOR, { content: 'two' });
    expect(bench.file().round).toMatchObject({ number: 2, questions: [], recusals: [] });
    expect(bench.asked()['answerInformation']).toBeUndefined();
  });
});

describe('an approval policy that an organisation sets', () => {
  const seats = [{ name: 'iso', who: ['ISO'] }, { name: 'legal', who: ['LEGAL'] }];

  it.each([
    ['a quorum without QUORUM', { mode: 'ALL', seats, quorum: { members: 1 } }],
    ['QUORUM without a quorum', { mode: 'QUORUM', seats }],
    ['more approvals than seats', { mode: 'QUORUM', seats, quorum: { members: 3 } }],
    ['one name for two seats', { mode: 'ALL', seats: [seats[0], seats[0]] }],
    ['a hierarchy without levels', { mode: 'HIERARCHY', seats }],
    ['two seats with SINGLE', { mode: 'SINGLE', seats }],
    ['no seat', { mode: 'ALL', seats: [] }],
  ])('is refused with %s', (_, policy) => {
    expect(approvalPolicySchema.safeParse(policy).success).toBe(false);
  });

  it('is taken in every mode', () => {
    const levels = seats.map((each, n) => ({ ...each, level: n + 1 }));
    const policies = [
      { mode: 'SINGLE', seats: seats.slice(1) },
      { mode: 'ALL', seats },
      { mode: 'ANY', seats },
      { mode: 'QUORUM', seats, quorum: { percent: 50 } },
      { mode: 'SEQUENTIAL', seats },
      { mode: 'HIERARCHY', seats: levels, level: 1 },
    ];
    expect(policies.map((policy) => approvalPolicySchema.safeParse(policy).success)).toEqual(policies.map(() => true));
  });
});
