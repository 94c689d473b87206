import { createHash } from 'node:crypto';
import type { SealProof, SealedHead } from '../../contracts/seal.ts';
import { canonicalJson } from '../kernel/canonical.ts';

/**
 * Merkle tree as in RFC 6962: leaves and nodes are hashed apart, and of n leaves the largest power of two below n goes to the left.
 * So one head can be shown to be under a seal without showing the others.
 */

type Path = SealProof['path'];

export function leafOf({ stream, version, hash }: SealedHead): string {
  return sha256(0, Buffer.from(canonicalJson({ stream, version, hash })));
}

/** Root over the heads in their order. @throws RangeError without any */
export function rootOf(heads: readonly SealedHead[]): string {
  return rootOfLeaves(heads.map(leafOf));
}

/** What stands beside the way from one leaf to the root. */
export function pathOf(heads: readonly SealedHead[], index: number): Path {
  return pathOfLeaves(heads.map(leafOf), index);
}

/** The root that a head and its path give. */
export function rootFrom(head: SealedHead, path: Path): string {
  return path.reduce((hash, beside) => (beside.side === 'left' ? node(beside.hash, hash) : node(hash, beside.hash)), leafOf(head));
}

function rootOfLeaves(leaves: readonly string[]): string {
  if (leaves.length === 0) throw new RangeError('there is nothing to seal');
  if (leaves.length === 1) return leaves[0]!;
  const middle = splitOf(leaves.length);
  return node(rootOfLeaves(leaves.slice(0, middle)), rootOfLeaves(leaves.slice(middle)));
}

function pathOfLeaves(leaves: readonly string[], index: number): Path {
  if (leaves.length === 1) return [];
  const middle = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return index < middle
    ? [...pathOfLeaves(left, index), { side: 'right', hash: rootOfLeaves(right) }]
    : [...pathOfLeaves(right, index - middle), { side: 'left', hash: rootOfLeaves(left) }];
}

/** The largest power of two below the number of leaves. */
function splitOf(leaves: number): number {
  return 2 ** Math.floor(Math.log2(leaves - 1));
}

function node(left: string, right: string): string {
  return sha256(1, Buffer.from(left + right, 'hex'));
}

function sha256(kind: 0 | 1, bytes: Buffer): string {
  return createHash('sha256').update(Buffer.of(kind)).update(bytes).digest('hex');
}
