import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { renameSync } from 'node:fs';
import path from 'node:path';
import type { SealingKey } from '../prisma/journal/seals.ts';
import { keptFile } from './secret.ts';

/** The key that seals the journal: `SEAL_KEY` where several machines share it, else generated once and kept where only its owner reads. */

export interface SealKeyPlace {
  home: string;
  /** Private key, PEM. */
  sealKey?: string;
}

export function sealingKey({ home, sealKey }: SealKeyPlace): SealingKey {
  return keyOf(sealKey ?? keptFile(fileIn(home), newPem));
}

/** The key that the next seals are signed with, written down before the journal knows of it, so that a crash loses neither. */
export function nextSealingKey(home: string): { key: SealingKey; takeOver(): void } {
  const next = `${fileIn(home)}.next`;
  return { key: keyOf(keptFile(next, newPem)), takeOver: () => renameSync(next, fileIn(home)) };
}

/** @throws Error that says what is wrong with it */
export function keyOf(pem: string): SealingKey {
  const key = createPrivateKey(pem);
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key of seals must be an Ed25519 key in PEM (openssl genpkey -algorithm ed25519)');
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64');
  return { publicKey, sign: (text) => sign(null, Buffer.from(text), key).toString('base64') };
}

function fileIn(home: string): string {
  return path.join(home, 'secrets', 'seal-key');
}

function newPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
