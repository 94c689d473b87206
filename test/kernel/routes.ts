import { transitionsOf } from '../../domain/diagram/graph.ts';
import { groupBy } from '../../domain/directory/group-by.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { metaOf, statesOf } from '../../domain/kernel/machine.ts';

/** Paths through a machine, generated from it. A step says which guards let it pass, since the real ones ask for a whole case. */
export interface Step {
  event: string;
  passes: string[];
}

export interface Edge extends Step {
  from: string;
  /** Null: it stays. */
  to: string | null;
}

/** Every transition of the table, those possible anywhere once for each state. */
export function edgesOf(definition: ProcessDefinition<never>): Edge[] {
  return transitionsOf(definition).map(({ guard, ...edge }) => ({
    ...edge,
    passes: guard === null ? [] : [guard],
  }));
}

const known = new Map<string, Step[][]>();

/** All paths without a circle from the start to that state. */
export function routesTo(definition: ProcessDefinition<never>, state: string): Step[][] {
  const key = `${definition.name} ${state}`;
  const found = known.get(key) ?? findRoutes(definition, state);
  known.set(key, found);
  return found;
}

/** Some of them, in which each step is taken at least once: a machine with many ways has thousands. */
export function coveringRoutes(routes: readonly Step[][], enough = 100): Step[][] {
  if (routes.length <= enough) return [...routes];
  const seen = new Set<string>();
  return routes
    .toSorted((a, b) => a.length - b.length)
    .filter((route) => {
      const isNew = route.some((step) => !seen.has(nameOf(step)));
      route.forEach((step) => seen.add(nameOf(step)));
      return isNew;
    });
}

/** Depth first, by the table of transitions; of several that a step fits, the first that its guards let pass, as the machine does. */
function findRoutes(definition: ProcessDefinition<never>, state: string): Step[][] {
  const edges = groupBy(edgesOf(definition), ({ from }) => from);
  const steps = [...new Map([...edges.values()].flat().map(({ event, passes }) => [JSON.stringify({ event, passes }), { event, passes }])).values()];
  const leads = (from: string, { event, passes }: Step) =>
    (edges.get(from) ?? []).find((edge) => edge.event === event && edge.passes.every((guard) => passes.includes(guard)))?.to ?? null;
  const onward = (from: string, been: readonly string[]): Step[][] => {
    if (from === state) return [[]];
    return steps.flatMap((step) => {
      const to = leads(from, step);
      return to === null || been.includes(to) ? [] : onward(to, [...been, to]).map((rest) => [step, ...rest]);
    });
  };
  const start = statesOf(definition)[0]!;
  return onward(start, [start]);
}

export function endsOf(definition: ProcessDefinition<never>): string[] {
  return statesOf(definition).filter((state) => metaOf(definition, state).settled !== undefined);
}

export function nameOf({ event, passes }: Step): string {
  return passes.length > 0 ? `${event} (${passes.join()})` : event;
}
