import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { graphOf, transitionsOf } from '../../domain/diagram/graph.ts';
import { draw } from '../../domain/diagram/layout.ts';
import { handbookFiles } from '../../domain/handbook/files.ts';
import { processes } from '../../domain/processes.ts';

const folder = new URL('../../docs/handbook/', import.meta.url);

describe('the process handbook', () => {
  it('in docs/handbook says what runs now (npm run handbook writes it anew)', () => {
    const files = handbookFiles();
    expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
  });

  it.each(Object.values(processes))('draws every state of $name once, within the paper and over no other', (definition) => {
    const { states, width, height } = draw(graphOf(definition));
    expect(states.map(({ name }) => name)).toEqual(Object.keys(definition.machine.states));
    for (const { at, width: wide, height: high } of states) {
      expect(at.x - wide / 2).toBeGreaterThanOrEqual(0);
      expect(at.x + wide / 2).toBeLessThanOrEqual(width);
      expect(at.y + high / 2).toBeLessThanOrEqual(height);
    }
    const overlaps = states.flatMap((one, n) => states.slice(n + 1).filter((other) => Math.abs(one.at.x - other.at.x) < (one.width + other.width) / 2 && Math.abs(one.at.y - other.at.y) < (one.height + other.height) / 2));
    expect(overlaps).toEqual([]);
  });

  it.each(Object.values(processes))('has an arrow or a note for every move of $name', (definition) => {
    const { arrows, fromAnywhere } = graphOf(definition);
    const drawn = [...arrows.flatMap(({ from, to, events }) => events.map((event) => `${from} ${event} ${to}`)), ...fromAnywhere.flatMap(({ to, events }) => events.map((event) => `* ${event} ${to}`))];
    for (const { from, event, to } of transitionsOf(definition)) if (to !== null && to !== from) expect(drawn.some((each) => each === `${from} ${event} ${to}` || each === `* ${event} ${to}`), `${from} ${event} ${to}`).toBe(true);
  });
});
