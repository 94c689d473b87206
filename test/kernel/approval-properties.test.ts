import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quorum, RoundMode } from '../../contracts/approval.ts';
import type { Round } from '../../contracts/case-file.ts';
import type { Happening } from '../../contracts/entry.ts';
import { AUTHOR, approvers, seat, startTrial } from '../support/approval-trial.ts';
import type { Bench, Trial } from '../support/approval-trial.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Random rounds, and people who decide, recuse themselves, pass seats, leave and are replaced in any order. */
const n = fc.nat({ max: 999 });
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length]!;

const settings: fc.Arbitrary<Omit<Trial, 'content'>> = fc
  .record({
    mode: fc.constantFrom<RoundMode>('SINGLE', 'ALL', 'ANY', 'QUORUM', 'SEQUENTIAL', 'HIERARCHY'),
    seats: fc.array(fc.record({ who: fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 2 }), mandatory: fc.boolean() }), { minLength: 1, maxLength: 4 }),
    quorum: fc.oneof(fc.record({ members: fc.integer({ min: 1, max: 4 }) }), fc.record({ percent: fc.integer({ min: 1, max: 100 }) })),
    level: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
  })
  .map(({ mode, seats: all, quorum, level }) => {
    const seats = (mode === 'SINGLE' ? all.slice(0, 1) : all).map(({ who, mandatory }, at) => ({
      ...seat(`s${at}`, ...who.map((each) => approvers[each]!)),
      ...(mode === 'QUORUM' && mandatory && at === 0 && { mandatory }),
      ...(mode === 'HIERARCHY' && { level: at + 1 }),
    }));
    const fits: Quorum = 'members' in quorum ? { members: Math.min(quorum.members, seats.length) } : quorum;
    return { mode, seats, ...(mode === 'QUORUM' && { quorum: fits }), ...(mode === 'HIERARCHY' && level !== undefined && { level }) };
  });

const kinds = ['approve', 'approve', 'approve', 'reject', 'recuse', 'recuse', 'pass', 'appoint', 'mode', 'leave', 'time', 'edit', 'ask'] as const;
const steps = fc.array(fc.record({ kind: fc.constantFrom(...kinds), who: n, what: n }), { minLength: 4, maxLength: 25 });
const people = [...approvers, AUTHOR, 'iso', 'top'];

interface Move {
  kind: (typeof kinds)[number];
  who: number;
  what: number;
}

const because = { reason: 'Because' };

/** What each kind of step does; a person is mostly somebody who is asked, now and then anybody. */
const acts: Record<Move['kind'], (bench: Bench, person: string, move: Move, gone: string[]) => unknown> = {
  approve: (bench, person, { what }) => bench.approve(person, what % 3 === 0 ? { conditions: [{ text: 'More', owner: 'iso', due: '2028-12-01' }] } : {}),
  reject: (bench, person, { what }) => bench.reject(person, { final: what % 2 === 0 }),
  recuse: (bench, person) => bench.send('RECUSE', person, because),
  pass: (bench, person, { what }) => bench.send('PASS_SEAT', person, { to: pick(people, what), ...because }),
  appoint: (bench, _person, { who, what }) => bench.send('APPOINT_SUBSTITUTE', pick(['iso', 'top'], who), { seat: `s${what % 4}`, person: pick(people, what), ...because }),
  mode: (bench, _person, { what }) => bench.send('CHANGE_MODE', 'top', { mode: pick(['ALL', 'ANY', 'SEQUENTIAL'], what), ...because }),
  ask: (bench, person, { what }) => bench.send('REQUEST_INFORMATION', person, { of: pick(approvers, what), question: 'Why?' }),
  edit: (bench, _person, { who, what }) => bench.send('EDIT', AUTHOR, { content: `version ${who} ${what}` }),
  time: (bench) => bench.pass(365),
  leave: (bench, _person, { who }, gone) => {
    const leaver = pick(approvers, who);
    if (gone.length >= 3 || gone.includes(leaver)) return;
    gone.push(leaver);
    bench.leave(leaver);
  },
};

function take(bench: Bench, move: Move, gone: string[]): void {
  const asked = bench.asked()['approve'] ?? [];
  const person = move.what % 4 === 0 || asked.length === 0 ? pick(people, move.who) : pick(asked, move.who);
  acts[move.kind](bench, person, move, gone);
}

interface Told {
  round: Round;
  happening: Happening;
}

/** Entry by entry, with the round as it was when it was made. */
function told(bench: Bench): Told[] {
  let round: Round | null = null;
  return bench.entries().flatMap(({ happenings, file }) => {
    const before = round;
    round = file.round ?? null;
    return happenings.map((happening) => ({ round: (file.round ?? before)!, happening }));
  });
}

interface Reckoning {
  said: Map<string, string>;
  seats: string[];
  out: Set<string>;
  mode: Trial['mode'];
  quorum: Trial['quorum'];
}

/** The round as the entries tell it, reckoned anew. */
function reckon(so: Reckoning, happening: Happening, setting: Omit<Trial, 'content'>): Reckoning {
  if (happening.kind === 'roundOpened') return { said: new Map(), seats: happening.seats, out: new Set(), mode: setting.mode, quorum: setting.quorum };
  if (happening.kind === 'modeChanged') return { ...so, mode: happening.to, quorum: happening.quorum ?? undefined, seats: happening.seats };
  if (happening.kind === 'decided') so.said.set(happening.seat, happening.verdict);
  if (happening.kind === 'recused') so.out.add(happening.seat);
  if (happening.kind === 'seatPassed') so.out.delete(happening.seat);
  return so;
}

function everySeat(approvals: string[], { seats }: Reckoning): void {
  expect(approvals).toEqual(seats);
}

function quorumReached(approvals: string[], { said, seats, out, quorum }: Reckoning, setting: Omit<Trial, 'content'>): void {
  // At most those are out whose seat somebody has left by recusal and that nobody has decided on.
  const fewest = seats.filter((each) => !out.has(each) || said.has(each)).length;
  if (quorum && 'members' in quorum) expect(approvals.length).toBeGreaterThanOrEqual(quorum.members);
  if (quorum && 'percent' in quorum) expect(approvals.length * 100).toBeGreaterThanOrEqual(quorum.percent * fewest);
  const mandatory = setting.seats.filter((each) => each.mandatory && seats.includes(each.name)).map(({ name }) => name);
  for (const name of mandatory) expect(approvals).toContain(name);
}

function levelReached(approvals: string[], { seats }: Reckoning, setting: Omit<Trial, 'content'>): void {
  const enough = Math.min(setting.level ?? seats.length, seats.length);
  expect(Math.max(...approvals.map((each) => Number(each.slice(1)) + 1))).toBeGreaterThanOrEqual(enough);
}

const thresholds: Record<Trial['mode'], (approvals: string[], so: Reckoning, setting: Omit<Trial, 'content'>) => void> = {
  ...{ SINGLE: everySeat, ALL: everySeat, SEQUENTIAL: everySeat },
  ...{ ANY: () => undefined, QUORUM: quorumReached, HIERARCHY: levelReached },
};

/** The threshold by the words of rules §4.3. */
function expectThreshold(bench: Bench, setting: Omit<Trial, 'content'>): void {
  let so: Reckoning = { said: new Map(), seats: [], out: new Set(), mode: setting.mode, quorum: setting.quorum };
  for (const { happening } of told(bench)) {
    so = reckon(so, happening, setting);
    if (happening.kind !== 'roundEnded' || happening.result !== 'APPROVED' || so.seats[0] === 'ruling') continue;
    const approvals = so.seats.filter((each) => so.said.get(each) === 'APPROVE');
    expect(approvals.length).toBeGreaterThan(0);
    thresholds[so.mode](approvals, so, setting);
  }
}

function expectOnceEach(bench: Bench): void {
  let deciders: string[] = [];
  let recused: string[] = [];
  for (const { actor, happenings } of bench.entries()) {
    for (const each of happenings) {
      if (each.kind === 'roundOpened') [deciders, recused] = [[], []];
      if (each.kind === 'recused') recused.push(each.person);
      if (each.kind !== 'decided') continue;
      expect(actor.person).not.toBeNull();
      expect(actor.person).not.toBe(AUTHOR);
      expect([...deciders, ...recused]).not.toContain(actor.person);
      deciders.push(actor.person!);
    }
  }
}

/** Whoever has to be found is being sought, and an open round always asks somebody. */
function expectAsked(bench: Bench): void {
  const { round } = bench.file();
  if (!round) return;
  const { approve = [], nameApprover = [] } = bench.asked();
  expect([...approve, ...nameApprover]).not.toEqual([]);
  expect(nameApprover.length > 0).toBe(round.unstaffedReminderAt !== null);
  if (nameApprover.length > 0) {
    const reminders = bench.entries().flatMap(({ notices }) => notices).filter(({ kind }) => kind === 'noEligibleApprover');
    expect(reminders.map(({ to }) => to)).toEqual(expect.arrayContaining(['top', 'iso']));
  }
}

/** A round that starts again knows nothing of the one before. */
function expectFresh(bench: Bench): void {
  for (const { happenings, file } of bench.entries()) {
    if (!happenings.some(({ kind }) => kind === 'roundOpened')) continue;
    expect(file.round).toMatchObject({ recusals: [], questions: [] });
    expect(file.round!.seats.filter(({ decision, recused }) => decision !== null || recused)).toEqual([]);
  }
}

/** Rules §4.3 "silence is never consent": who takes no part, and who says no, brings about no approval. */
function expectGivenByAYes(bench: Bench): void {
  for (const { type, happenings } of bench.entries()) {
    if (!happenings.some((each) => each.kind === 'roundEnded' && each.result === 'APPROVED')) continue;
    if (type === 'CHANGE_MODE') continue;
    expect(happenings.find(({ kind }) => kind === 'decided'), type).toMatchObject({ verdict: 'APPROVE' });
  }
}

const bySilence = ['NO_ELIGIBLE_APPROVER', 'ROUND_RESTARTED', 'DUPLICATE_DECISION', 'LATE_DECISION'];

describe('an approval, whatever its members do in whatever order', () => {
  it('is given by the threshold of its mode alone, by each of them once, by nobody who is barred, and never by silence', () => {
    fc.assert(
      fc.property(settings, steps, (setting, taken) => {
        const bench = startTrial(setting);
        const gone: string[] = [];
        for (const step of taken) {
          if (bench.file().state === 'rework') bench.send('SUBMIT', AUTHOR);
          take(bench, step, gone);
          expectAsked(bench);
        }
        expectThreshold(bench, setting);
        expectOnceEach(bench);
        expectGivenByAYes(bench);
        expectFresh(bench);
        for (const { type, from, to } of bench.entries()) if (bySilence.includes(type)) expect(to).toBe(from);
      }),
      propertyRuns(150),
    );
  });

  it('waits a year of silence, and changes nothing but the reminders', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const bench = startTrial(setting);
        const { state, round } = bench.file();
        bench.pass(365);
        expect(bench.file().state).toBe(state);
        expect(bench.file().round?.seats).toEqual(round?.seats);
      }),
      propertyRuns(50),
    );
  });
});
