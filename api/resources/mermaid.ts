import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { metaOf, statesOf } from '../../domain/kernel/machine.ts';

/** The machine as a Mermaid state diagram: it cannot say anything but what runs. */
export function mermaidOf(definition: ProcessDefinition<never>): string {
  const states = statesOf(definition);
  const initial = definition.machine.root.initial.target[0]?.key ?? '';
  const ends = states.filter((state) => metaOf(definition, state).settled !== undefined);
  return [
    'stateDiagram-v2',
    `  [*] --> ${initial}`,
    ...states.flatMap((state) => edgesOf(definition, state)),
    ...ends.map((state) => `  ${state} --> [*]`),
  ].join('\n');
}

function edgesOf({ machine }: ProcessDefinition<never>, state: string): string[] {
  const transitions = [...(machine.states[state]?.transitions.entries() ?? [])];
  return transitions.flatMap(([event, ways]) =>
    ways.map(({ guard, target }) => {
      const under = guard === undefined ? '' : ` [${String(guard)}]`;
      return `  ${state} --> ${target?.[0]?.key ?? state}: ${event}${under}`;
    }),
  );
}
