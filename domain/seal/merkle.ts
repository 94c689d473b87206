import { createHash } from 'node:crypto';
import type { SealProof, SealedHead } from '../../contracts/seal.ts';
import { canonicalJson } from '../kernel/canonical.ts';

/**
 * Merkle tree as in RFC 6962: leaves and nodes are hashed apart, and an odd one out moves up as it is.
 * So one head can be shown to be under a seal without showing the others.
 */

type Path = SealProof['path'];

export function leafOf({ stream, version, hash }: SealedHead): string {
  return sha256(0, Buffer.from(canonicalJson({ stream, version, hash })));
}

export interface MerkleTree {
  root: string;
  /** What stands beside the way from one leaf to the root. */
  pathOf(index: number): Path;
}

/** Over the heads in their order. @throws RangeError without any */
export function treeOf(heads: readonly SealedHead[]): MerkleTree {
  if (heads.length === 0) throw new RangeError('there is nothing to seal');
  const levels = [heads.map(leafOf)];
  while (levels.at(-1)!.length > 1) levels.push(levelAbove(levels.at(-1)!));
  return { root: levels.at(-1)![0]!, pathOf: (index) => levels.flatMap((level, height) => besideOf(level, index >> height)) };
}

/** The root that a head and its path give. */
export function rootFrom(head: SealedHead, path: Path): string {
  return path.reduce((hash, beside) => (beside.side === 'left' ? node(beside.hash, hash) : node(hash, beside.hash)), leafOf(head));
}

/** Two by two; the last one of an odd level stands for itself in the next. */
function levelAbove(level: readonly string[]): string[] {
  const above: string[] = [];
  for (let n = 0; n < level.length; n += 2) above.push(n + 1 < level.length ? node(level[n]!, level[n + 1]!) : level[n]!);
  return above;
}

function besideOf(level: readonly string[], index: number): Path {
  const beside = index ^ 1;
  return beside < level.length && level.length > 1 ? [{ side: beside < index ? 'left' : 'right', hash: level[beside]! }] : [];
}

function node(left: string, right: string): string {
  return sha256(1, Buffer.from(left + right, 'hex'));
}

function sha256(kind: 0 | 1, bytes: Buffer): string {
  return createHash('sha256').update(Buffer.of(kind)).update(bytes).digest('hex');
}
