import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SealedHead } from '../../contracts/seal.ts';
import { leafOf, rootFrom, treeOf } from '../../domain/seal/merkle.ts';
import { propertyRuns } from '../support/property-runs.ts';

const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const head: fc.Arbitrary<SealedHead> = fc.record({ stream: fc.uuid(), version: fc.integer({ min: 1, max: 1e6 }), hash: hex });
const heads = fc.array(head, { minLength: 1, maxLength: 70 });

/** As RFC 6962 defines it: the largest power of two below the number of leaves goes to the left. */
function rootByDefinition(all: readonly SealedHead[]): string {
  if (all.length === 1) return leafOf(all[0]!);
  const left = 2 ** Math.floor(Math.log2(all.length - 1));
  const bytes = [Buffer.of(1), Buffer.from(rootByDefinition(all.slice(0, left)), 'hex'), Buffer.from(rootByDefinition(all.slice(left)), 'hex')];
  return createHash('sha256').update(Buffer.concat(bytes)).digest('hex');
}

describe('the tree under a seal', () => {
  it('is that of RFC 6962', () => {
    fc.assert(
      fc.property(heads, (all) => treeOf(all).root === rootByDefinition(all)),
      propertyRuns(100),
    );
  });

  it('shows every head to be under it, by itself', () => {
    fc.assert(
      fc.property(heads, fc.nat(), (all, n) => rootFrom(all[n % all.length]!, treeOf(all).pathOf(n % all.length)) === treeOf(all).root),
      propertyRuns(200),
    );
  });

  it('shows no other head to be under it', () => {
    fc.assert(
      fc.property(heads, fc.nat(), head, (all, n, other) => {
        fc.pre(!all.some((each) => each.hash === other.hash));
        return rootFrom(other, treeOf(all).pathOf(n % all.length)) !== treeOf(all).root;
      }),
      propertyRuns(200),
    );
  });

  it('gives another root when a head is added, left out or moved', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((each, n) => ({ stream: `s${n}`, version: 1, hash: each.repeat(64) })) as [SealedHead, SealedHead, SealedHead];
    const roots = [[a, b, c], [a, b], [b, a, c], [a, b, c, c], [a]].map((heads) => treeOf(heads).root);
    expect(new Set(roots).size).toBe(5);
  });

  it('is over something', () => {
    expect(() => treeOf([])).toThrow('nothing to seal');
  });
});
