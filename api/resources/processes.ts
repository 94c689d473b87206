import type { z } from 'zod';
import { processListView } from '../../contracts/api-records.ts';
import type { processView } from '../../contracts/api-records.ts';
import { commonCommandBodies } from '../../contracts/common-commands.ts';
import { commonCommands } from '../../domain/kernel/common-commands.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import { metaOf, statesOf } from '../../domain/kernel/machine.ts';
import { names } from '../../domain/kernel/names.ts';
import { jsonSchemaOf } from '../../domain/kernel/references.ts';
import { processes } from '../../domain/processes.ts';
import { endpoint, ok } from '../endpoint.ts';
import type { Endpoint } from '../endpoint.ts';
import { mermaidOf } from './mermaid.ts';

type ProcessView = z.infer<typeof processView>;
type CommandRow = ProcessView['commands'][number];

/** A command that only the engine sends is nobody's to choose. */
const isForPeople = ({ by }: CommandRow) => by.some((party) => party !== 'system');

const rowOf = (command: string, { by, body }: { by: readonly string[]; body: z.ZodType }): CommandRow => ({
  command,
  by: by.filter((party) => party !== 'system'),
  schema: jsonSchemaOf(body) as CommandRow['schema'],
});

function viewOf(definition: ProcessDefinition<never>): ProcessView {
  const { name, prefix, version, policy, open } = definition;
  const common = Object.entries(commonCommandBodies).map(([command, body]) =>
    rowOf(command, { by: commonCommands[command as keyof typeof commonCommands].by, body }),
  );
  return {
    ...{ name, prefix, version, states: statesOf(definition).map((state) => stateOf(definition, state)) },
    opens: jsonSchemaOf(open.body) as ProcessView['opens'],
    commands: Object.entries(policy.commands)
      .map(([command, row]) => rowOf(command, row as never))
      .filter(isForPeople),
    commonCommands: common.filter(isForPeople),
    diagram: mermaidOf(definition),
  };
}

function stateOf(definition: ProcessDefinition<never>, state: string): ProcessView['states'][number] {
  const { task, deadline, window = null, round = null, settled = null } = metaOf(definition, state);
  return { state, tasks: [...names(task)], deadlines: [...names(deadline)], window, round, settled };
}

/** The definitions do not change while the program runs. */
let views: ProcessView[] | undefined;

const list = endpoint({
  ...{ method: 'get', path: '/processes', tag: 'Processes', access: 'signedIn' },
  summary: 'Kinds of cases: states, commands with their schemas, diagram',
  answers: { 200: { description: 'All that run here', schema: processListView } },
  errors: [],
  async handle() {
    views ??= Object.values(processes).map(viewOf);
    return ok({ items: views });
  },
});

export const processEndpoints: Endpoint[] = [list];
