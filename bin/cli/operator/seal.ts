import { readFileSync } from 'node:fs';
import type { Seal, SealKey } from '../../../contracts/seal.ts';
import { sealKeys, sealsAfter } from '../../../prisma/journal/seals.ts';
import { keyOf, nextSealingKey, sealingKey } from '../../seal-key.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import { readEnvironmentOrFail } from '../environment.ts';
import { Failure } from '../failure.ts';
import { withJournal } from './installation.ts';

/** `isms seal list` */
export async function listSeals({ limit }: { limit: number }): Promise<Answer> {
  const found = await withJournal(async ({ pool }) => {
    const { rows } = await pool.query<{ newest: number }>('SELECT coalesce(max(number), 0) AS newest FROM seal');
    const after = Math.max(0, rows[0]!.newest - limit);
    return { seals: await sealsAfter(pool, after, limit), keys: await sealKeys(pool) };
  });
  return answer(found, listText);
}

/** `isms seal now` */
export async function sealNow(): Promise<Answer> {
  const environment = await readEnvironmentOrFail();
  const sealed = await withJournal(({ journal }) => journal.seal(sealingKey(environment)).catch(asFailure));
  return answer({ seal: sealed }, ({ seal }) => (seal ? `Seal ${seal.number} over ${seal.heads} heads: ${seal.hash}` : 'Nothing is new since the last seal.'));
}

/** `isms seal rotate`: to a key of one's own (`--next`) where the present one is given by SEAL_KEY, else to a fresh one. */
export async function rotateKey({ reason, next: file }: { reason: string; next?: string }): Promise<Answer> {
  const environment = await readEnvironmentOrFail();
  if ((environment.sealKey !== undefined) !== (file !== undefined))
    throw new Failure('usage', 'Name the new key with --next where the present one comes from SEAL_KEY, and only there; afterwards give it to all machines.');
  const next = file === undefined ? nextSealingKey(environment.home) : { key: keyIn(file), takeOver: () => undefined };
  const key = await withJournal(({ journal }) => journal.rotateSealKey({ present: sealingKey(environment), next: next.key, reason }).catch(asFailure));
  next.takeOver();
  return answer({ key }, ({ key: { id, fromSeal } }) => `From seal ${fromSeal} on key ${id} signs. Keep its public part outside of this machine: isms seal list --json.`);
}

function keyIn(file: string) {
  try {
    return keyOf(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure('usage', `${file} holds no Ed25519 private key in PEM: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function asFailure(error: unknown): never {
  if (error instanceof Error && error.name === 'OtherSealKey') throw new Failure('refused', error.message);
  throw error;
}

function listText({ seals, keys }: { seals: Seal[]; keys: SealKey[] }): string {
  if (seals.length === 0) return 'Nothing is sealed yet: a worker does it hour by hour, isms seal now at once.';
  const rows = seals.map(({ number, at, heads, key, hash }) => [String(number), at, String(heads), key.slice(0, 16), hash]);
  const known = keys.map(({ id, fromSeal, publicKey }) => [id.slice(0, 16), String(fromSeal), publicKey]);
  return [table(['SEAL', 'AT', 'HEADS', 'KEY', 'HASH'], rows), table(['KEY', 'FROM SEAL', 'PUBLIC KEY (SPKI)'], known)].join('\n\n');
}
