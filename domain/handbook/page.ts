import { partyName } from '../access/spoken-names.ts';
import { defaults } from '../configuration/defaults.ts';
import { transitionsOf } from '../diagram/graph.ts';
import type { Transition } from '../diagram/graph.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { metaOf, statesOf } from '../kernel/machine.ts';
import { names } from '../kernel/names.ts';
import { ladderLine } from './ladder-lines.ts';
import type { HandbookEntry } from './records.ts';
import { table } from './table.ts';

/** One page of the process handbook, in Markdown, written from machine and policy alone: it cannot say anything else than what runs. */
export function handbookPage(definition: ProcessDefinition<never>, about: HandbookEntry): string {
  return [
    `# ${about.title}`,
    '<!-- Written from machine and policy by `npm run handbook`; edit those. -->',
    about.purpose,
    `Clauses and controls: ${about.clauses.join(', ')} · References \`${definition.prefix}-…\` · definition version ${definition.version} · [rows and reasons](../processes/${definition.name}.md)`,
    `![States of ${about.title}](${definition.name}.svg)`,
    '## States',
    statesTable(definition),
    '## Who may do what',
    commandsTable(definition),
    ...section('Deadlines and escalation', deadlinesPart(definition)),
    ...section('Approvals', roundsTable(definition)),
    ...section('Values an organisation may set', valuesTable(definition)),
    '## Records kept',
    about.records.map((each) => `- ${each}`).join('\n'),
    'Every entry says who did what, when, in whose name, under which authority and on which version; what came late, whom it was escalated to and who acknowledged it.',
  ].join('\n\n') + '\n';
}

function section(title: string, text: string): string[] {
  return text === '' ? [] : [`## ${title}`, text];
}

const code = (text: string) => `\`${text}\``;
const codes = (list: readonly string[]) => list.map(code).join(', ');
const party = (name: string) => (name.includes(':') ? code(name) : partyName(name, 'en'));

function statesTable(definition: ProcessDefinition<never>): string {
  const rows = statesOf(definition).map((state) => {
    const { task, deadline, window, round, settled } = metaOf(definition, state);
    const asked = names(task).map((each) => `${code(each)}: ${party(definition.policy.tasks[each]!.for)}`);
    const waits = [...(round ? [`approval ${code(round)}`] : []), ...(window ? [`window ${code(window)}`] : []), ...(settled ? [`end (${settled})`] : [])];
    return [code(state), asked.join('; '), waits.join('; '), codes(names(deadline))];
  });
  return table(['State', 'Asked of', 'Waits for', 'Deadlines'], rows);
}

function commandsTable(definition: ProcessDefinition<never>): string {
  const moves = transitionsOf(definition);
  const rows = [...new Set(moves.map(({ event }) => event))].map((event) => {
    const own = definition.policy.commands[event];
    return [code(event), own ? own.by.map(spoken).join(', ') : 'the engine', waysOf(moves.filter((each) => each.event === event))];
  });
  return table(['Event', 'Who', 'From → to'], rows);
}

const everybody: Record<string, string> = { everyone: 'everyone', viewer: 'everyone who sees the case', system: 'the engine' };
const spoken = (name: string) => everybody[name] ?? party(name);

/** States from which the same follows are named together. */
function waysOf(moves: readonly Transition[]): string {
  const ways = new Map<string, string[]>();
  for (const { from, to, guard } of moves) {
    const way = `${to === null || to === from ? 'stays' : code(to)}${guard ? ` if ${code(guard)}` : ''}`;
    ways.set(way, [...(ways.get(way) ?? []), from]);
  }
  return [...ways].map(([way, from]) => `${codes(from)} → ${way}`).join('; ');
}

function deadlinesPart(definition: ProcessDefinition<never>): string {
  const { deadlines } = definition.policy;
  const rows = Object.entries(deadlines).map(([name, { after, owner, ladder }]) => {
    const runsIn = statesOf(definition).filter((state) => names(metaOf(definition, state).deadline).includes(name));
    return [code(name), codes(runsIn), code(after), party(owner), ladder];
  });
  if (rows.length === 0) return '';
  const ladders = [...new Set(Object.values(deadlines).map(({ ladder }) => ladder))];
  return [table(['Deadline', 'Runs in', 'From', 'Owed by', 'Ladder'], rows), ladders.map((each) => `- ${ladderLine(each)}`).join('\n')].join('\n\n');
}

function roundsTable({ policy: { rounds } }: ProcessDefinition<never>): string {
  const rows = Object.entries(rounds).map(([name, { neverRule, conditions, ruling, acceptsRisk }]) => [
    ...[code(name), code(neverRule), conditions ? 'yes' : 'no', ruling ? 'yes' : 'no', acceptsRisk ? 'yes' : 'no'],
  ]);
  return rows.length === 0 ? '' : table(['Approval', 'Who never decides', 'Under conditions', 'Ruling after rejections', 'Accepts risk'], rows);
}

function valuesTable({ name }: ProcessDefinition<never>): string {
  const own = Object.entries(defaults).filter(([key]) => key.startsWith(`${name}.`));
  const rows = own.map(([key, { value, source }]) => [code(key), value === null ? 'as for all processes' : code(typeof value === 'string' ? value : JSON.stringify(value)), source]);
  return rows.length === 0 ? '' : table(['Key', 'Default', 'Source'], rows);
}
