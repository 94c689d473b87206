import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import { applied, patchOf } from '../../domain/kernel/patch.ts';
import { propertyRuns } from '../support/property-runs.ts';

const file = (document: unknown) => ({ id: 'a', document }) as unknown as CaseFile;
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** Ten statements in one, as they are derived anew. */
const rows = (status: string) => Array.from({ length: 930 }, (_, n) => ({ control: `A.${n}`, status, reasons: [{ code: 'RISK', refs: ['R-1', 'R-2'] }], justification: null }));

describe('the patch of an entry', () => {
  it('leads from any content to any other, whatever lists are in it', () => {
    // As it lies in the database: without a minus before zero, and no document has such a member.
    const value = fc.jsonValue({ maxDepth: 4 }).map(plain).filter((each) => !JSON.stringify(each).includes('"__proto__"'));
    fc.assert(
      fc.property(value, value, (one, other) => {
        const [before, after] = [file(one), file(other)];
        expect(applied(before, patchOf(before, after))).toEqual(after);
      }),
      propertyRuns(300),
    );
  });

  it('of a list says only what has changed in it', () => {
    const list = ['a', 'b', { c: 1 }, 'd'];
    expect(patchOf(file(list), file(['a', 'x', { c: 2 }, 'd']))).toEqual([
      { op: 'replace', path: '/document/1', value: 'x' },
      { op: 'replace', path: '/document/2/c', value: 2 },
    ]);
    expect(patchOf(file(list), file(['a', 'b', 'n', { c: 1 }, 'd']))).toEqual([{ op: 'add', path: '/document/2', value: 'n' }]);
    expect(patchOf(file(list), file(['a', 'd']))).toEqual([{ op: 'remove', path: '/document/1' }, { op: 'remove', path: '/document/1' }]);
    expect(patchOf(file(list), file(list))).toEqual([]);
  });

  it('of a whole statement takes time in proportion to its rows', () => {
    const begin = performance.now();
    expect(patchOf(file(rows('PLANNED')), file(rows('IMPLEMENTED')))).toHaveLength(930);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});
