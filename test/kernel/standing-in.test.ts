import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { delegableDecisions, delegableProcesses } from '../../contracts/delegable.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { accept } from '../../domain/kernel/accept.ts';
import type { Accepted } from '../../domain/kernel/accept.ts';
import { needsOf } from '../../domain/kernel/needs.ts';
import { processes } from '../../domain/processes.ts';
import type { StoredCase } from '../../simulation/memory-store.ts';
import { bodyOf, commandsOf, report, today } from './bodies.ts';
import { duties, expectDisjoint } from './journal-reading.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';
import { propertyRuns } from '../support/property-runs.ts';

const rule = (name: string, data: object = {}) => [expect.objectContaining({ rule: name, ...data })];
const code = (reasons: readonly Reason[]) => reasons.map((each) => each.code);

async function delegate(world: World, from: PersonId, to: PersonId, extra: object = {}): Promise<CaseId> {
  const days = { from: today(world), until: today(world, 60) };
  const body = { delegate: to, scope: 'EVERYTHING', reason: 'Away', ...days, ...extra };
  const id = await world.open(from, 'delegation', body);
  await world.does(id, 'ACCEPT', to);
  return id;
}

async function atState(state: string): Promise<{ world: World; nc: CaseId }> {
  const path = feasibleRoutesTo(processes.nonconformity, state)
    .find((route) => !route.some(({ event }) => event === 'APPEAL' || event === 'NO_CA_NEEDED'))!;
  const world = await createWorld();
  const nc = await openFor(world, 'nonconformity', path);
  for (const step of path) await take(world, nc, step);
  return { world, nc };
}

describe('a delegate', () => {
  it('does what the delegator may, and both are involved', async () => {
    const { world, nc } = await atState('containment');
    await delegate(world, people.ncOwner, people.uninvolved);
    await world.does(nc, 'RECORD_CORRECTION', people.uninvolved, await bodyOf(world, nc, 'RECORD_CORRECTION'));
    const { involvements, actor } = world.driver.journalInMemory().stored(nc).journal.at(-1)!;
    expect(actor).toEqual({ person: people.uninvolved, role: 'ncOwner', onBehalfOf: people.ncOwner });
    expect(involvements).toEqual([
      expect.objectContaining({ person: people.uninvolved, relation: 'recordedCorrection' }),
      expect.objectContaining({ person: people.ncOwner, relation: 'recordedCorrection', onBehalf: true }),
    ]);
  });

  it('uses the own authority where there is one', async () => {
    const { world, nc } = await atState('containment');
    await delegate(world, people.iso, people.ncOwner);
    await world.does(nc, 'RECORD_CORRECTION', people.ncOwner, await bodyOf(world, nc, 'RECORD_CORRECTION'));
    expect(world.driver.journalInMemory().stored(nc).journal.at(-1)!.actor).toEqual({ person: people.ncOwner, role: 'ncOwner' });
  });

  it('passes nothing on: what was lent is not lent again (chain length 1)', async () => {
    const { world, nc } = await atState('containment');
    await delegate(world, people.ncOwner, people.uninvolved);
    await delegate(world, people.uninvolved, 'felix.bauer');
    const body = await bodyOf(world, nc, 'RECORD_CORRECTION');
    expect(code(await world.send(nc, 'RECORD_CORRECTION', 'felix.bauer', body))).toEqual(['NOT_ENTITLED']);
  });

  it('is barred by the own past although the delegator is free', async () => {
    const { world, nc } = await atState('effectivenessReview');
    // Who implemented an action is lent the verdict.
    await delegate(world, people.auditor, people.actionOwner);
    const reasons = await world.send(nc, 'EFFECTIVE', people.actionOwner, await bodyOf(world, nc, 'EFFECTIVE'));
    expect(reasons).toEqual(rule('SOD-05', { person: people.actionOwner }));
  });

  it('is barred by the past of the delegator although free himself: SOD-12 with the rule behind it', async () => {
    const { world, nc } = await atState('implemented');
    // The one who recorded the correction answers for the nonconformity; the ISO took it over and would confirm.
    await world.does(nc, 'REASSIGN', people.iso, { role: 'verifier', to: 'lea.hoffmann', reason: 'Better so' });
    await world.change({ give: [{ role: 'ISO', person: people.actionOwner }] });
    await delegate(world, people.actionOwner, people.uninvolved);
    const body = await bodyOf(world, nc, 'CONFIRM_IMPLEMENTATION');
    const reasons = await world.send(nc, 'CONFIRM_IMPLEMENTATION', people.uninvolved, body);
    expect(reasons).toEqual(rule('SOD-12', { underlying: 'SOD-05', person: people.actionOwner, waivable: false }));
    expect(world.driver.journalInMemory().store.attempts.at(-1)).toMatchObject({ person: people.uninvolved, command: 'CONFIRM_IMPLEMENTATION' });
  });

  it('takes the first of several in whose name nothing stands against it', async () => {
    const { world, nc } = await atState('implemented');
    await world.change({ give: [{ role: 'ISO', person: people.actionOwner }] });
    await delegate(world, people.actionOwner, people.uninvolved);
    await delegate(world, people.iso, people.uninvolved);
    await world.does(nc, 'CONFIRM_IMPLEMENTATION', people.uninvolved, await bodyOf(world, nc, 'CONFIRM_IMPLEMENTATION'));
    expect(world.driver.journalInMemory().stored(nc).journal.findLast(({ actor }) => actor.person !== null)!.actor.onBehalfOf).toBe(people.iso);
  });

  it('is lent no role of which the organisation says that it is not, nor ADMIN', async () => {
    const plain = await createWorld();
    const { organisation } = plain;
    const roles = organisation.roles.map((each) => (each.role === 'ISO' ? { ...each, mayDelegate: false } : each));
    const world = await createWorld({ ...organisation, roles: [...roles, { role: 'ADMIN', person: people.iso }] });
    await delegate(world, people.iso, people.uninvolved);
    const keys = world.driver.directory().lentKeysOf(people.iso, world.driver.now());
    expect(keys).toContain(`person:${people.iso}`);
    expect(keys).not.toContain('role:ISO');
    expect(keys).not.toContain('role:ADMIN');
    const nc = await world.open(people.reporter, 'nonconformity', report(world));
    expect(code(await world.send(nc, 'ACCEPT', people.uninvolved, await bodyOf(world, nc, 'ACCEPT')))).toEqual(['NOT_ENTITLED']);
  });

  it('is lent nothing by somebody who may not delegate, who cannot even offer it', async () => {
    const { organisation } = await createWorld();
    const persons = organisation.people.map((each) => (each.id === people.iso ? { ...each, mayDelegate: false } : each));
    const world = await createWorld({ ...organisation, people: persons });
    const body = { delegate: people.uninvolved, scope: 'EVERYTHING', from: today(world), until: today(world, 5), reason: 'Away' };
    const answer = await world.driver.openCase({ as: people.iso, process: 'delegation', body });
    expect('reasons' in answer && code(answer.reasons)).toEqual(['MAY_NOT_DELEGATE']);
  });

  it('accepts a delegation only in person, not through who stands in for him', async () => {
    const world = await createWorld();
    await delegate(world, people.uninvolved, 'felix.bauer');
    const days = { from: today(world), until: today(world, 5) };
    const id = await world.open(people.iso, 'delegation', { delegate: people.uninvolved, scope: 'EVERYTHING', reason: 'Away', ...days });
    expect(code(await world.send(id, 'ACCEPT', 'felix.bauer'))).toEqual(['NOT_ENTITLED']);
  });
});

describe('a substitute', () => {
  const absent = (world: World, as: PersonId, body: object) => world.driver.openCase({ as, process: 'absence', body: { from: today(world), until: today(world, 9), ...body } });

  it('acts only while the absence lasts, and prolongs it not himself', async () => {
    const { world, nc } = await atState('containment');
    const answer = await absent(world, people.ncOwner, { person: people.ncOwner, substitute: people.uninvolved });
    const id = 'caseId' in answer ? answer.caseId : '';
    expect(code(await world.send(id, 'CHANGE_END', people.uninvolved, { until: today(world, 30) }))).toEqual(['NOT_ENTITLED']);
    expect(code(await world.send(id, 'NAME_SUBSTITUTE', people.uninvolved, { substitute: 'felix.bauer' }))).toEqual(['NOT_ENTITLED']);
    await world.does(id, 'CHANGE_END', people.ncOwner, { until: today(world) });
    await world.driver.advanceTo(world.file(id).window!.ends);
    expect(world.file(id).state).toBe('ended');
    const body = await bodyOf(world, nc, 'RECORD_CORRECTION');
    expect(code(await world.send(nc, 'RECORD_CORRECTION', people.uninvolved, body))).toEqual(['NOT_ENTITLED']);
  });

  it('acknowledges an escalation in the name of the absent line manager, who stays the one who owed it', async () => {
    const world = await createWorld();
    const work = await world.open('stefan.krause', 'action', { title: 'Encrypt', unit: 'development', owner: 'felix.bauer', due: today(world, 10) });
    await absent(world, 'stefan.krause', { person: 'stefan.krause', substitute: 'lea.hoffmann', until: today(world, 40) });
    await world.driver.advanceTo('2026-11-11T10:00:00.000Z');
    const step = world.file(work).deadlines['acknowledgement']!.steps.find((each) => each.step === 'E1')!;
    expect(step).toMatchObject({ recipients: ['stefan.krause'] });
    await world.does(work, 'ACKNOWLEDGE_ESCALATION', 'lea.hoffmann', { deadline: 'acknowledgement', step: 'E1' });
    expect(world.driver.journalInMemory().stored(work).journal.at(-1)!.actor).toMatchObject({ person: 'lea.hoffmann', onBehalfOf: 'stefan.krause' });
  });

  it('is refused for the same days twice, for oneself, and for a year too long', async () => {
    const world = await createWorld();
    await absent(world, people.ncOwner, { person: people.ncOwner });
    const reasonsOf = async (as: PersonId, body: object) => {
      const answer = await absent(world, as, body);
      return 'reasons' in answer ? code(answer.reasons) : [];
    };
    expect(await reasonsOf(people.iso, { person: people.ncOwner })).toEqual(['PERIOD_OVERLAPS']);
    expect(await reasonsOf(people.iso, { person: people.topManagement, substitute: people.iso })).toEqual(['NOT_OWN_SUBSTITUTE']);
    expect(await reasonsOf(people.auditor, { person: people.auditor, substitute: people.auditor })).toEqual(['SAME_PERSON']);
    expect(await reasonsOf(people.auditor, { person: people.auditor, until: today(world, 366) })).toEqual(['PERIOD_TOO_LONG']);
    expect(await reasonsOf(people.uninvolved, { person: people.auditor })).toEqual(['NOT_ENTITLED']);
  });
});

describe('the scope of a delegation', () => {
  it('can name every process but those about standing in itself, and every decision there is', () => {
    const personal = ['absence', 'delegation'];
    expect([...delegableProcesses, ...personal].sort()).toEqual(Object.keys(processes).sort());
    for (const decision of delegableDecisions) {
      const [process, command] = decision.split(':') as [string, string];
      expect(commandsOf(process), decision).toContain(command);
    }
  });
});

describe('whoever lends to whomever', () => {
  const everybody = async () => (await createWorld()).organisation.people.map(({ id }) => id);
  // Where rules of segregation have most to say.
  const states = ['reported', 'caDecision', 'planApproval', 'implemented', 'effectivenessReview'];
  const n = fc.nat({ max: 9999 });
  const lendings = fc.record({ roles: fc.array(fc.tuple(n, n), { minLength: 1, maxLength: 3 }), state: n, route: n, absences: fc.array(fc.tuple(n, n), { maxLength: 3 }), delegations: fc.array(fc.tuple(n, n), { minLength: 3, maxLength: 8 }) });
  const cast = Object.values(people);
  const pick = <T>(items: readonly T[], at: number): T => items[at % items.length]!;

  /** What the kernel would say to this person, without its becoming so. */
  async function ask(world: World, caseId: CaseId, name: string, person: PersonId): Promise<Accepted> {
    const journal = world.driver.journalInMemory();
    const { definition, file } = journal.stored(caseId);
    const command = { name, body: (await bodyOf(world, caseId, name)) as Json, actor: { person, role: '' } };
    const facts = await journal.facts(needsOf(definition, file, command));
    return accept({ definition, file, facts, now: world.driver.now(), command });
  }

  interface Lending {
    roles: [number, number][];
    state: number;
    route: number;
    absences: [number, number][];
    delegations: [number, number][];
  }

  /** A nonconformity in some state, and people with a past who lend to one another. */
  async function lentWorld({ roles, state, route, delegations, absences }: Lending, persons: readonly PersonId[]): Promise<{ world: World; nc: CaseId }> {
    const world = await createWorld();
    const path = pick(feasibleRoutesTo(processes.nonconformity, pick(states, state)), route);
    const nc = await openFor(world, 'nonconformity', path);
    for (const step of path) await take(world, nc, step);
    // Roles fall on people with a past, so that lenders are in conflict, too.
    await world.change({ give: roles.map(([role, who]) => ({ role: pick(['ISO', 'TOP_MGMT', 'AUDITOR'] as const, role), person: pick(cast, who) })) });
    const days = { from: today(world), until: today(world, 20) };
    const lenders = [...roles.map(([, who]) => pick(cast, who)), ...cast];
    for (const [count, [from, to]] of delegations.entries()) {
      const as = count < roles.length ? lenders[count]! : pick(lenders, from);
      const opened = await world.driver.openCase({ as, process: 'delegation', body: { delegate: pick(persons, to), scope: 'EVERYTHING', reason: 'Away', ...days } });
      if ('caseId' in opened) await world.send(opened.caseId, 'ACCEPT', pick(persons, to));
    }
    for (const [who, to] of absences)
      await world.driver.openCase({ as: pick(cast, who), process: 'absence', body: { person: pick(cast, who), substitute: pick(persons, to), ...days } });
    return { world, nc };
  }

  /** Whoever may do it for another does only what that one may, and stands on no other side afterwards. */
  async function expectLent(world: World, caseId: CaseId, command: string, { entry }: Extract<Accepted, { accepted: true }>): Promise<void> {
    const { person, onBehalfOf } = entry.actor;
    const lender = await ask(world, caseId, command, onBehalfOf!);
    expect(lender.accepted, `${person} may ${command} for ${onBehalfOf}, who may not`).toBe(true);
    const before = world.driver.journalInMemory().stored(caseId);
    const { file, ...rest } = entry;
    const after: StoredCase = { ...before, file, journal: [...before.journal, { ...rest, patch: [] }] };
    const all = [...world.driver.journalInMemory().store.cases.values()].map((each) => (each.file.id === caseId ? after : each));
    for (const each of all) expectDisjoint(duties(each, all));
  }

  function questions({ world, nc }: { world: World; nc: CaseId }, persons: readonly PersonId[]) {
    const standIns = persons.filter((person) => world.driver.directory().mandatesOf(person, world.driver.now()).length > 0);
    const actions = world.file(nc).links.flatMap(({ to, type }) => (type === 'correctiveAction' ? [to] : []));
    return [nc, ...actions].flatMap((caseId) => commandsOf(world.file(caseId).process).flatMap((command) => standIns.map((person) => ({ caseId, command, person }))));
  }

  it('nobody gets more than the lender has, and no rule of segregation falls', async () => {
    const persons = await everybody();
    let accepted = 0;
    let barred = 0;
    await fc.assert(
      fc.asyncProperty(lendings, async (lending) => {
        const lent = await lentWorld(lending, persons);
        for (const { caseId, command, person } of questions(lent, persons)) {
          const answer = await ask(lent.world, caseId, command, person);
          if (!answer.accepted) {
            barred += answer.refusal.reasons.some((each) => 'rule' in each && each.rule === 'SOD-12') ? 1 : 0;
          } else if (answer.entry.actor.onBehalfOf !== undefined) {
            accepted += 1;
            await expectLent(lent.world, caseId, command, answer);
          }
        }
      }),
      propertyRuns(12),
    );
    // Otherwise it has shown nothing.
    expect(accepted).toBeGreaterThan(20);
    expect(barred).toBeGreaterThan(5);
  }, 60_000);
});
