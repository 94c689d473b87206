import { describe, expect, it } from 'vitest';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { metaOf, statesOf } from '../../domain/kernel/machine.ts';
import { processes } from '../../domain/processes.ts';
import { anyWayOut, canGoOn } from './any-way-out.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';

/** The demo company has twenty people, one TOP_MGMT, an ISO who also runs the audit programme, and one auditor (rules §18 "Everywhere"). */

interface Place {
  world: World;
  caseId: CaseId;
}

/** Where the case comes to rest in that state; null for one that it leaves by itself. */
async function reach(definition: ProcessDefinition<never>, state: string): Promise<Place | null> {
  const path = feasibleRoutesTo(definition, state).toSorted((a, b) => a.length - b.length)[0];
  expect(path, `no path leads to ${state}`).toBeDefined();
  const world = await createWorld();
  const caseId = await openFor(world, definition.name, path!);
  for (const step of path!) await take(world, caseId, step);
  return world.file(caseId).state === state ? { world, caseId } : null;
}

/** Who has done something in the case, or holds a part of it, becomes the only one in that role. */
async function putInConflict({ world, caseId }: Place, role: RoleName): Promise<void> {
  const { file } = world.driver.journalInMemory().stored(caseId);
  const involved = (world.driver.journalInMemory().store.involvements.get(caseId) ?? []).map(
    ({ person }) => person,
  );
  const isInside = (person: PersonId) =>
    world.organisation.people.some(({ id, external }) => id === person && !external);
  const [person] = [...involved, ...Object.values(file.parties), file.openedBy].filter(isInside);
  const holders = world.organisation.roles.filter((each) => each.role === role);
  await world.change({
    take: holders.map((each) => ({ role, person: each.person })),
    give: [{ role, person: person! }],
  });
}

const hardships: Record<string, (place: Place) => Promise<PersonId | null>> = {
  'who is asked first says nothing': async ({ world, caseId }) =>
    (await world.driver.view(caseId)).asked[0]?.persons[0] ?? people.iso,
  'the only ISO has a part in it': (place) => putInConflict(place, 'ISO').then(() => null),
  'top management has a part in it': (place) => putInConflict(place, 'TOP_MGMT').then(() => null),
};

/** What ends in the course of other cases, or not as long as it is in use; every other process is walked to an end. */
const goesOnElsewhere: Record<string, string> = {
  acceptance: 'its owner is named at the risk',
  audit: 'waits for its findings, each of which comes to its own end',
  control: 'is kept as long as it is in use',
  finding: 'is presented, confirmed and issued by its audit',
  risk: 'is treated by plans and accepted by acceptances',
  statementOfApplicability: 'is superseded by its next version',
  treatmentPlan: 'stands on its risks, their owners and its actions',
};

describe.each(Object.values(processes))('$name in a company of twenty', (definition) => {
  const open = statesOf(definition).filter((state) => metaOf(definition, state).settled === undefined);

  it.each(open)('finds somebody who takes it on from %s, whoever is silent or in conflict', async (state) => {
    const place = await reach(definition, state);
    if (place === null) return;
    const { organisation } = place.world;
    for (const [name, befall] of Object.entries(hardships)) {
      const without = await befall(place);
      expect(await canGoOn({ ...place, without }), `nobody takes it on when ${name}`).toBe(true);
      place.world.organisation = organisation;
      await place.world.driver.changeOrganisation(organisation);
    }
  });

  if (definition.name in goesOnElsewhere) return;

  it.each(open)('finds a way to an end from %s, whoever is silent or in conflict', async (state) => {
    for (const [name, befall] of Object.entries(hardships)) {
      const place = await reach(definition, state);
      if (place === null) return;
      const without = await befall(place);
      const steps = await anyWayOut({ ...place, without });
      expect(
        place.world.file(place.caseId).settled,
        `${name}: stuck in ${place.world.file(place.caseId).state} after ${steps.join(', ')}`,
      ).not.toBeNull();
    }
  });
});
