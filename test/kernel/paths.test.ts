import { describe, expect, it } from 'vitest';
import type { CaseId } from '../../contracts/identity.ts';
import { processes } from '../../domain/processes.ts';
import { fold } from '../../domain/kernel/patch.ts';
import { feasibleRoutesTo, isFeasible } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { coveringRoutes, edgesOf, endsOf, nameOf, routesTo } from './routes.ts';
import type { Step } from './routes.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

async function walk(
  process: string,
  path: readonly Step[],
  ahead: readonly Step[] = [],
): Promise<{ world: World; caseId: CaseId }> {
  const world = await createWorld();
  const caseId = await openFor(world, process, [...path, ...ahead]);
  for (const step of path) await take(world, caseId, step);
  return { world, caseId };
}

function expectWhole(world: World): void {
  for (const { file, journal } of world.driver.journalInMemory().store.cases.values()) {
    expect(fold(journal.map(({ patch }) => patch))).toEqual(JSON.parse(JSON.stringify(file)));
    expect(journal.map(({ version }) => version)).toEqual(journal.map((_, n) => n + 1));
    for (const [n, entry] of journal.entries()) expect(entry.from).toBe(n === 0 ? null : journal[n - 1]!.to);
  }
}

describe.each(Object.values(processes))('paths through $name, generated from its machine', (definition) => {
  const ends = endsOf(definition).flatMap((end) =>
    coveringRoutes(feasibleRoutesTo(definition, end)).map((path) => ({ end, path })),
  );

  it('leads to every end of the machine', () => {
    expect([...new Set(ends.map(({ end }) => end))]).toEqual(endsOf(definition));
  });

  it.each(ends.map(({ end, path }) => ({ end, path, name: path.map(nameOf).join(' → ') })))(
    'to $end: $name',
    async ({ end, path }) => {
      const { world, caseId } = await walk(definition.name, path);
      expect(world.file(caseId)).toMatchObject({ state: end, round: null, window: null });
      expect(world.file(caseId).settled).not.toBeNull();
      expect((await world.driver.view(caseId)).asked).toEqual([]);
      expectWhole(world);
    },
  );

  it.each(
    edgesOf(definition).map((edge) => ({
      edge,
      name: `${edge.from} –${nameOf(edge)}→ ${edge.to ?? 'stays'}`,
    })),
  )('takes $name', async ({ edge }) => {
    const path = routesTo(definition, edge.from).find((route) => isFeasible(definition.name, [...route, edge]));
    expect(path, 'no path leads there').toBeDefined();
    const { world, caseId } = await walk(definition.name, path!, [edge]);
    // The engine goes on by itself from here: the state is left with the step that led to it.
    const goesOn = ['NOTHING_OPEN', 'OWNER_NAMED', 'BROADCAST_ENDED', 'IMPORTED', 'NONE_ACTIVE', 'SIGNED', 'STARTS', 'RETAINED'].includes(edge.event);
    if (!goesOn) expect(world.file(caseId).state).toBe(edge.from);
    const before = world.driver.journalInMemory().stored(caseId).journal.length;
    await take(world, caseId, edge);
    const added = world.driver
      .journalInMemory()
      .stored(caseId)
      .journal.slice(goesOn ? 0 : before);
    const moved = added
      .flatMap(({ happenings }) => happenings)
      .filter((each) => each.kind === 'machineEvent');
    if (edge.to !== null)
      expect(moved).toContainEqual({ kind: 'machineEvent', event: edge.event, from: edge.from, to: edge.to });
    else
      expect(added.map(({ type, from, to }) => ({ type, from, to }))).toContainEqual({
        type: edge.event,
        from: edge.from,
        to: edge.from,
      });
    expectWhole(world);
  });
});
