import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SealingKey } from '../prisma/journal/seals.ts';

/** The key that seals the journal: `SEAL_KEY` where several machines share it, else generated once and kept where only its owner reads. */

export interface SealKeyPlace {
  home: string;
  /** Private key, PEM. */
  sealKey?: string;
}

export function sealingKey({ home, sealKey }: SealKeyPlace): SealingKey {
  return keyOf(sealKey ?? keptPem(fileIn(home)));
}

/** The key that the next seals are signed with, written down before the journal knows of it, so that a crash loses neither. */
export function nextSealingKey(home: string): { key: SealingKey; takeOver(): void } {
  const next = `${fileIn(home)}.next`;
  return { key: keyOf(keptPem(next)), takeOver: () => renameSync(next, fileIn(home)) };
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

function keptPem(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    writeFileSync(file, newPem(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8');
}

function newPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
