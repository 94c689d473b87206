import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, '..');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => name.endsWith('.test.ts') && !name.startsWith('architecture'),
);

it('every property is tried with the seed that is known: propertyRuns() of test/support', () => {
  const count = (text: string, what: string) => text.split(what).length - 1;
  const withoutSeed = files.filter((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    return count(text, 'fc.assert(') > count(text, 'propertyRuns(');
  });
  expect(withoutSeed).toEqual([]);
});
