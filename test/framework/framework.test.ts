import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { annexAControls, clauses } from '../../domain/framework/framework.ts';
import { frameworkSource } from '../../scripts/framework-source.ts';

const read = (name: string) => readFileSync(new URL(`../../domain/framework/${name}`, import.meta.url), 'utf8');

describe('the framework', () => {
  it('is what the tables beside it say, and nothing typed by hand', () => {
    expect(read('framework.ts')).toBe(frameworkSource({ clauses: read('clauses.csv'), controls: read('controls.csv') }));
  });

  it('has the 93 controls of Annex A in its four themes, each once', () => {
    const ofTheme = (name: string) => annexAControls.filter(({ theme }) => theme === name).length;
    expect(['Organizational', 'People', 'Physical', 'Technological'].map(ofTheme)).toEqual([37, 8, 14, 34]);
    expect(new Set(annexAControls.map(({ id }) => id)).size).toBe(93);
  });

  it('has every clause once, in order, under its main clause', () => {
    expect(clauses).toHaveLength(34);
    expect(new Set(clauses.map(({ id }) => id)).size).toBe(34);
    for (const { id, clause } of clauses) expect(id.split('.')[0]).toBe(clause);
  });
});
