import { describe, expect, it } from 'vitest';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { metaOf, statesOf } from '../../domain/kernel/machine.ts';
import { processes } from '../../domain/processes.ts';
import { bodyOf } from './bodies.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { wayOut } from './way-out.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

/** No state depends on one particular person answering (rules §18 "Everywhere"). */
const key = ['iso', 'topManagement', 'auditor', 'ncOwner', 'actionOwner'] as const;

async function reach(
  process: string,
  state: string,
  grade: 'minor' | 'major',
): Promise<{ world: World; caseId: CaseId }> {
  const definition = processes[process as keyof typeof processes];
  const path = feasibleRoutesTo(definition, state)
    .find((steps) => grade === 'minor' || !steps.some(({ event }) => event === 'NO_CA_NEEDED'))!;
  const world = await createWorld();
  const caseId = await openFor(world, process, path);
  for (const step of path) {
    await take(world, caseId, step);
    if (grade === 'major' && step.event === 'ACCEPT')
      await world.does(caseId, 'REGRADE', people.iso, await bodyOf(world, caseId, 'REGRADE', { grade }));
  }
  return { world, caseId };
}

function openStates(process: string): string[] {
  const definition = processes[process as keyof typeof processes];
  return statesOf(definition).filter(
    (state) => metaOf(definition, state).settled === undefined && state !== 'verified',
  );
}

/** Somebody active is asked, at the case or at what it waits for; or the case waits for the end of its window. */
async function expectSomebodyAsked(world: World, caseId: CaseId): Promise<void> {
  const { file, asked } = await world.driver.view(caseId);
  if (file.window) return;
  for (const { task, persons } of asked) expect(persons, task).not.toEqual([]);
  if (asked.length > 0) return;
  const running = file.links.filter(({ to, awaited }) => awaited && world.file(to).settled === null);
  expect(running, `nobody is asked in ${file.state}`).not.toEqual([]);
  for (const { to } of running) await expectSomebodyAsked(world, to);
}

const places = [
  ...openStates('action').map((state) => ({ process: 'action', state, grade: 'minor' as const })),
  ...openStates('nonconformity').map((state) => ({
    process: 'nonconformity',
    state,
    grade: 'minor' as const,
  })),
  ...['planApproval', 'implementing', 'effectivenessReview'].map((state) => ({
    process: 'nonconformity',
    state,
    grade: 'major' as const,
  })),
];

describe.each(key)('when the %s', (who) => {
  const person: PersonId = people[who];

  it.each(places)(
    'has left, somebody is asked in $process $state ($grade), and the others bring it to its end',
    async ({ process, state, grade }) => {
      const { world, caseId } = await reach(process, state, grade);
      await world.change({ leave: [person] });
      await expectSomebodyAsked(world, caseId);
      const steps = await wayOut({ world, caseId, without: person });
      expect(world.file(caseId).settled, steps.join(', ')).toBe('done');
    },
  );

  it.each(places)(
    'says nothing, others hear of it in $process $state ($grade) and bring it to its end',
    async ({ process, state, grade }) => {
      const { world, caseId } = await reach(process, state, grade);
      const before = (await world.driver.notices()).length;
      const { window } = world.file(caseId);
      await world.driver.advanceTo(
        new Date(Date.parse(window?.ends ?? world.driver.now()) + 60 * 86_400_000).toISOString(),
      );
      const told = (await world.driver.notices()).slice(before).map(({ to }) => to);
      expect(told.filter((each) => each !== person)).not.toEqual([]);
      const steps = await wayOut({ world, caseId, without: person });
      expect(world.file(caseId).settled, steps.join(', ')).toBe('done');
    },
  );
});
