import { getSimplePaths } from 'xstate/graph';
import type { AnyStateMachine, EventObject } from 'xstate';
import { transitionsOf } from '../../domain/diagram/graph.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { eventsOf, metaOf, statesOf } from '../../domain/kernel/machine.ts';

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

interface Steered extends EventObject {
  passes: string[];
}

/** The machine with guards that do what the step says. */
function steered({ machine, guards }: ProcessDefinition<never>): AnyStateMachine {
  const passing = Object.keys(guards).map((name) => [
    name,
    ({ event }: { event: Steered }) => event.passes?.includes(name) ?? false,
  ]);
  return machine.provide({ guards: Object.fromEntries(passing) as never });
}

/** Every transition of the table, those possible anywhere once for each state. */
export function edgesOf(definition: ProcessDefinition<never>): Edge[] {
  return transitionsOf(definition).map(({ guard, ...edge }) => ({
    ...edge,
    passes: guard === null ? [] : [guard],
  }));
}

/** All paths without a circle from the start to that state. */
export function routesTo(definition: ProcessDefinition<never>, state: string): Step[][] {
  const machine = steered(definition);
  const steps = edgesOf(definition).map(({ event, passes }): Steered => ({ type: event, passes }));
  const events = [...new Map(steps.map((each) => [JSON.stringify(each), each])).values()];
  const paths = getSimplePaths(machine, { events, toState: (snapshot) => snapshot.value === state });
  // What is possible anywhere is possible as long as the case is open; the machine alone does not know that.
  const isOpenWay = ({ steps: taken }: (typeof paths)[number]) =>
    taken.every(({ event }, n) => n === 0 || eventsOf(definition, String(taken[n - 1]!.state.value)).includes(event.type));
  return paths.filter(isOpenWay).map((path) =>
    path.steps.slice(1).map(({ event }) => ({ event: event.type, passes: (event as Steered).passes })),
  );
}

export function endsOf(definition: ProcessDefinition<never>): string[] {
  return statesOf(definition).filter((state) => metaOf(definition, state).settled !== undefined);
}

export function nameOf({ event, passes }: Step): string {
  return passes.length > 0 ? `${event} (${passes.join()})` : event;
}
