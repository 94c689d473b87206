import { createHash, createPublicKey, verify } from 'node:crypto';
import type { Seal, SealHeader, SealKey } from '../../contracts/seal.ts';
import { contentHash } from '../kernel/canonical.ts';

/** What a seal says and whether it says so rightly; pure, so that whoever holds the seals alone can ask it. */

export function sealHash({ number, at, key, heads, root, previous }: SealHeader): string {
  return contentHash({ number, at, key, heads, root, previous });
}

/** The text under the signature of a seal. */
export function sealText(hash: string): string {
  return `isms seal ${hash}`;
}

/** The text by which one key hands over to the next. */
export function introductionText({ id, fromSeal }: Pick<SealKey, 'id' | 'fromSeal'>): string {
  return `isms key ${id} from ${fromSeal}`;
}

export function keyIdOf(publicKey: string): string {
  return createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex');
}

export function isSignedBy({ publicKey }: Pick<SealKey, 'publicKey'>, text: string, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

export interface SealProblem {
  /** Of the seal; 0 where it is about a key. */
  number: number;
  problem: string;
}

/** What is wrong with keys: each is what its id says, and but for the first introduced by the one before it. */
export function keyProblems(keys: readonly SealKey[]): SealProblem[] {
  return keys.flatMap((key, n) => {
    const before = keys[n - 1];
    const faults = [
      ...(keyIdOf(key.publicKey) === key.id ? [] : ['is not what its id says']),
      ...(isIntroduced(key, before) ? [] : ['was not introduced by the key before it']),
    ];
    return faults.map((fault) => ({ number: 0, problem: `key ${key.id.slice(0, 16)} ${fault}` }));
  });
}

function isIntroduced(key: SealKey, before: SealKey | undefined): boolean {
  if (before === undefined) return key.introducedBy === null && key.fromSeal === 1;
  const follows = key.introducedBy === before.id && key.fromSeal > before.fromSeal;
  return follows && key.introduction !== null && isSignedBy(before, introductionText(key), key.introduction);
}

/** What is wrong with one seal, given the one before it and all keys. */
export function sealProblems(seal: Seal, previous: Pick<Seal, 'number' | 'hash'>, keys: readonly SealKey[]): SealProblem[] {
  const key = keyFor(seal.number, keys);
  const faults = [
    ...(seal.number === previous.number + 1 ? [] : [`seal ${previous.number + 1} is missing`]),
    ...(seal.previous === previous.hash ? [] : ['does not follow its predecessor']),
    ...(sealHash(seal) === seal.hash ? [] : ['seal was changed']),
    ...(key?.id === seal.key ? [] : ['is not of the key that seals at that time']),
    ...(key && isSignedBy(key, sealText(seal.hash), seal.signature) ? [] : ['signature does not fit']),
  ];
  return faults.map((problem) => ({ number: seal.number, problem }));
}

/** The key that signs the seal of that number. */
export function keyFor(number: number, keys: readonly SealKey[]): SealKey | undefined {
  return keys.findLast(({ fromSeal }) => fromSeal <= number);
}
