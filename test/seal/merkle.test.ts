import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealedHead } from '../../contracts/seal.ts';
import { pathOf, rootFrom, rootOf } from '../../domain/seal/merkle.ts';
import { propertyRuns } from '../support/property-runs.ts';

const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const head: fc.Arbitrary<SealedHead> = fc.record({ stream: fc.uuid(), version: fc.integer({ min: 1, max: 1e6 }), hash: hex });
const heads = fc.array(head, { minLength: 1, maxLength: 70 });

describe('the tree under a seal', () => {
  it('shows every head to be under it, by itself', () => {
    fc.assert(
      fc.property(heads, fc.nat(), (all, n) => rootFrom(all[n % all.length]!, pathOf(all, n % all.length)) === rootOf(all)),
      propertyRuns(200),
    );
  });

  it('shows no other head to be under it', () => {
    fc.assert(
      fc.property(heads, fc.nat(), head, (all, n, other) => {
        fc.pre(!all.some((each) => each.hash === other.hash));
        return rootFrom(other, pathOf(all, n % all.length)) !== rootOf(all);
      }),
      propertyRuns(200),
    );
  });

  it('gives another root when a head is added, left out or moved', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((each, n) => ({ stream: `s${n}`, version: 1, hash: each.repeat(64) })) as [SealedHead, SealedHead, SealedHead];
    const roots = [[a, b, c], [a, b], [b, a, c], [a, b, c, c], [a]].map(rootOf);
    expect(new Set(roots).size).toBe(5);
  });

  it('is over something', () => {
    expect(() => rootOf([])).toThrow('nothing to seal');
  });
});
