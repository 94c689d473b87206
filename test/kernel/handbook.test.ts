import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metaOf, statesOf } from '../../domain/kernel/machine.ts';
import { names } from '../../domain/kernel/names.ts';
import { processes } from '../../domain/processes.ts';
import { edgesOf } from './routes.ts';

/** The tables in docs/processes say what the machines do: no transition without its row, no row without its transition. */
function rowsOf(process: string): string[][] {
  const text = readFileSync(new URL(`../../docs/processes/${process}.md`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const ticked = (cell = '') => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

describe.each(Object.values(processes))('the handbook of $name', (definition) => {
  const rows = rowsOf(definition.name);
  const open = statesOf(definition).filter((state) => metaOf(definition, state).settled === undefined);
  const before = open.slice(0, open.indexOf('implementing'));

  const fromOf = (cell = ''): string[] => {
    if (cell === 'any open state') return open;
    if (cell === 'before `implementing`') return before;
    if (cell === 'all but `verified` and the ends') return open.filter((state) => state !== 'verified');
    return ticked(cell);
  };

  /** `from EVENT to`, and the guard where the row names one. */
  const told = rows
    .filter(([, event]) => /^`[A-Z_]+`$/.test(event ?? ''))
    .flatMap(([from, event, , holds, to]) =>
      fromOf(from).map((state) => ({
        from: state,
        event: ticked(event)[0],
        to: ticked(to)[0] ?? null,
        guards: ticked(holds),
      })),
    );

  it('has a row for every transition and no other, and names its guard', () => {
    const key = ({ from, event, to }: { from: string; event?: string; to: string | null }) =>
      `${from} ${event} ${to ?? 'stays'}`;
    const edges = edgesOf(definition);
    expect([...new Set(told.map(key))].sort()).toEqual([...new Set(edges.map(key))].sort());
    for (const edge of edges)
      expect(
        told.filter((row) => key(row) === key(edge)).map(({ guards }) => guards),
        key(edge),
      ).toContainEqual(expect.arrayContaining(edge.passes));
  });

  it('names every deadline and the states in which it runs', () => {
    const found = rows.filter(
      ([name, event]) =>
        !/^`[A-Z_]+`$/.test(event ?? '') && ticked(name).some((each) => each in definition.policy.deadlines),
    );
    expect(found.flatMap(([name]) => ticked(name)).sort()).toEqual(
      Object.keys(definition.policy.deadlines).sort(),
    );
    for (const row of found) {
      const deadline = ticked(row[0])[0]!;
      const states = statesOf(definition).filter((state) =>
        names(metaOf(definition, state).deadline).includes(deadline),
      );
      expect(states, deadline).toEqual(expect.arrayContaining(ticked(row.at(-1))));
    }
  });
});
