import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { processes } from '../../domain/processes.ts';
import { today } from './bodies.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { companyOf } from './random-walk.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Whoever leaves, in whatever order, announced or not: nothing is lost, and somebody is asked (rules §3.3, §16.4 no. 23). */

const n = fc.nat({ max: 9999 });
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('announce' as const), who: n, inDays: fc.integer({ min: -2, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('vanish' as const), who: n }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('time' as const), days: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('answer' as const), which: n, who: n }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const companies = fc.array(n, { minLength: 40, maxLength: 40 }).map(companyOf);

const story = fc.record({ company: companies, routes: fc.tuple(n, n), steps: fc.array(step, { minLength: 3, maxLength: 12 }) });
const { nonconformity, action } = processes;
const openStates = (process: typeof action) => Object.keys(process.machine.states).flatMap((state) => feasibleRoutesTo(process, state).slice(0, 1));
const ways = { nonconformity: openStates(nonconformity), action: openStates(action) };
const pick = <T>(items: readonly T[], at: number): T => items[at % items.length]!;

async function prepare(company: OrganisationFile, [one, other]: [number, number]): Promise<World> {
  const world = await createWorld(company);
  for (const [process, at] of [['nonconformity', one], ['action', other]] as const) {
    const route = pick(ways[process], at);
    const caseId = await openFor(world, process, route);
    // Some ways need line managers as the demo company has them; as far as it goes is far enough.
    await route.reduce((before, each) => before.then(() => take(world, caseId, each)), Promise.resolve()).catch(() => undefined);
  }
  return world;
}

const business = (world: World): CaseId[] => world.cases().filter((id) => ['nonconformity', 'action'].includes(world.file(id).process));
const active = (world: World): PersonId[] => world.driver.directory().activePeople(world.driver.now());

/** Somebody goes whom nobody has announced; the last ISO and TOP_MGMT cannot, as no import lets them. */
async function vanish(world: World, who: number): Promise<void> {
  const directory = world.driver.directory();
  const isLast = (person: PersonId) => (['ISO', 'TOP_MGMT'] as const).some((role) => directory.holders(role, world.driver.now()).every((each) => each === person));
  const free = active(world).filter((person) => !isLast(person));
  if (free.length > 0) await world.change({ leave: [pick(free, who)] });
}

async function carryOut(world: World, each: Step): Promise<void> {
  if (each.kind === 'time') return world.driver.advanceTo(new Date(Date.parse(world.driver.now()) + each.days * 86_400_000).toISOString());
  if (each.kind === 'vanish') return vanish(world, each.who);
  if (each.kind === 'answer') return answer(world, each);
  const person = pick(active(world), each.who);
  const [iso] = world.driver.directory().holders('ISO', world.driver.now());
  await world.driver.openCase({ as: iso!, process: 'departure', body: { kind: 'LEAVES', person, lastDay: today(world, each.inDays) } });
}

/** Who is asked to find an owner names somebody, or takes it himself; the rules may refuse either. */
async function answer(world: World, { which, who }: { which: number; who: number }): Promise<void> {
  const vacant = business(world).filter((id) => world.file(id).vacancies.length > 0);
  if (vacant.length === 0) return;
  const caseId = pick(vacant, which);
  const { role } = world.file(caseId).vacancies[0]!;
  const asked = (await world.driver.view(caseId)).asked.find(({ task }) => task === 'reassign')!.persons[0]!;
  if (who % 3 === 0) await world.send(caseId, 'CONFIRM_INTERIM', asked, { role });
  else await world.send(caseId, 'REASSIGN', asked, { role, to: pick(active(world), who), reason: 'Somebody has to' });
}

async function expectSomebody(world: World): Promise<void> {
  const here = active(world);
  for (const id of business(world)) {
    // What a vanishing does is noticed when the case is looked at next.
    await world.driver.journalInMemory().decide(id, null);
    await world.driver.journalInMemory().settle();
    const file = world.file(id);
    if (file.settled !== null) continue;
    const { asked } = await world.driver.view(id);
    for (const { task, persons } of asked) expect(persons, `${task} of ${file.ref}`).not.toEqual([]);
    const waits = file.window !== null || file.links.some(({ to, awaited }) => awaited && world.file(to).settled === null);
    if (!waits) expect(asked, `nobody is asked in ${file.state}`).not.toEqual([]);
    for (const role of Object.keys(processes[file.process as 'action'].policy.reassign)) {
      const holder = file.parties[role];
      const isDuty = role !== 'finder';
      if (holder === undefined || !isDuty || here.includes(holder)) continue;
      expect(file.vacancies, `${role} of ${file.ref}`).toContainEqual(expect.objectContaining({ role, interim: null }));
      expect(asked.map(({ task }) => task)).toContain('reassign');
    }
  }
}

/** A departure is over only when nothing needs an owner because of it, and is then over. */
function expectDeparturesTrue(world: World): void {
  for (const id of world.cases().filter((each) => world.file(each).process === 'departure')) {
    const { state } = world.file(id);
    const open = business(world).filter((each) => world.file(each).settled === null && world.file(each).vacancies.some(({ departure }) => departure === id));
    if (state === 'done') expect(open).toEqual([]);
    if (state === 'reassigning') expect(open).not.toEqual([]);
  }
}

describe('whoever leaves, in whatever order', () => {
  it('no open case is without somebody who is asked, and every departure knows what it waits for', async () => {
    await fc.assert(
      fc.asyncProperty(story, async ({ company, routes, steps }) => {
        const world = await prepare(company, routes);
        for (const each of steps) {
          await carryOut(world, each);
          await expectSomebody(world);
          expectDeparturesTrue(world);
        }
      }),
      propertyRuns(25),
    );
  });

  it('nobody decides after the last day, and what was decided before stays in that name', async () => {
    const world = await createWorld();
    const caseId = await openFor(world, 'nonconformity', []);
    await world.does(caseId, 'ACCEPT', people.iso, { grade: 'minor', owner: people.ncOwner, unit: 'it', requirement: 'A.8.13' });
    await world.does(caseId, 'RECORD_CORRECTION', people.ncOwner, { correction: 'Done', consequences: 'None', effect: 'LOW' });
    const before = JSON.stringify(world.driver.journalInMemory().stored(caseId).journal);
    await world.open(people.iso, 'departure', { kind: 'LEAVES', person: people.ncOwner, lastDay: today(world, -1) });
    const { journal } = world.driver.journalInMemory().stored(caseId);
    expect(JSON.stringify(journal).startsWith(before.slice(0, -1))).toBe(true);
    expect(await world.send(caseId, 'COMMENT', people.ncOwner, { text: 'x' })).toMatchObject([{ code: 'PERSON_NOT_ACTIVE' }]);
  });
});
