import { graphOf } from '../diagram/graph.ts';
import type { ProcessGraph } from '../diagram/graph.ts';
import { draw } from '../diagram/layout.ts';
import { svgOf } from '../diagram/svg.ts';
import { processes } from '../processes.ts';
import type { ProcessName } from '../processes.ts';
import { handbookPage } from './page.ts';
import { handbook } from './records.ts';
import { table } from './table.ts';

/** All files of the process handbook by name: what `docs/handbook` has to hold. */
export function handbookFiles(): Map<string, string> {
  const all = Object.entries(processes) as [ProcessName, (typeof processes)[ProcessName]][];
  const pages = all.flatMap(([name, definition]): [string, string][] => {
    const graph = graphOf(definition);
    const caption = { title: handbook[name].title, description: described(graph) };
    return [
      [`${name}.md`, handbookPage(definition, handbook[name])],
      [`${name}.svg`, svgOf(draw(graph), caption)],
    ];
  });
  return new Map([['README.md', contents(all.map(([name]) => name))], ...pages]);
}

function contents(names: readonly ProcessName[]): string {
  const rows = names.map((name) => [`[${handbook[name].title}](${name}.md)`, handbook[name].purpose, handbook[name].clauses.join(', ')]);
  return ['# Process handbook', 'Written from the machines and policies that run.', table(['Process', 'What it is for', 'Clauses and controls'], rows)].join('\n\n') + '\n';
}

/** The drawing in words. */
function described({ states, arrows, fromAnywhere }: ProcessGraph): string {
  const ways = [...arrows.map(({ from, to, events }) => `${from} to ${to} by ${events.join(', ')}`), ...fromAnywhere.map(({ to, events }) => `from any open state to ${to} by ${events.join(', ')}`)];
  return `States: ${states.map(({ name }) => name).join(', ')}. ${ways.join('. ')}.`;
}
