import type { Pool } from 'pg';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import type { PackManifest, PackedFile } from '../../contracts/pack.ts';
import { archiveOf } from './archive.ts';
import { keyIdOf } from '../../domain/seal/seal.ts';
import { sha256 } from '../../prisma/journal/chain.ts';
import type { Journal } from '../../prisma/journal/journal.ts';
import { createProofs, sealKeys, sealsAfter } from '../../prisma/journal/seals.ts';
import type { SealingKey } from '../../prisma/journal/seals.ts';
import { packedAttempts, packedEvidence, packedStream } from '../../prisma/queries/packed-streams.ts';

/** An evidence pack: the journal of its cases with proofs up to a signed seal, their attachments, and whatever makes it readable. */

export interface PackOrder {
  title: string;
  organisation: string;
  madeBy: string;
  now: Instant;
  period: PackManifest['period'];
  cases: readonly CaseId[];
  /** Index, documents and data for people; paths beside `journal/` and `evidence/`. */
  readable: readonly PackedFile[];
}

export interface PackGround {
  pool: Pool;
  journal: Pick<Journal, 'seal'>;
  key: SealingKey;
}

/** Nothing is handed out that no case holds. */
export class NothingToPack extends Error {
  constructor() {
    super('no case of that scope has anything in that period: choose another period or scope');
    this.name = 'NothingToPack';
  }
}

/** @throws NothingToPack */
export async function makePack({ pool, journal, key }: PackGround, order: PackOrder): Promise<Buffer> {
  // Whatever was decided until now is under a seal, so that all of it can be shown to be.
  await journal.seal(key);
  const proofs = createProofs(pool);
  const streams = (await Promise.all(order.cases.map((id) => packedStream(pool, proofs, id)))).filter((each) => each !== null);
  if (streams.length === 0) throw new NothingToPack();
  const evidence = await packedEvidence(pool, order.cases);
  const seals = await sealsAfter(pool, 0, Number.MAX_SAFE_INTEGER);
  const files = [
    ...order.readable,
    json('attempts.json', await packedAttempts(pool, proofs, order.cases)),
    ...evidence.map(({ sha256: hash, bytes }) => ({ path: `evidence/${hash}`, content: bytes })),
    ...streams.map((stream) => json(`journal/${stream.stream}.json`, stream)),
    json('keys.json', await sealKeys(pool)),
    json('seals.json', seals),
  ].sort((a, b) => (a.path < b.path ? -1 : 1));
  return archiveOf([...signed(manifestOf(order, files, { attachments: evidence.map(({ sha256: hash }) => hash), seal: seals.at(-1)!, key }), key), ...files]);
}

interface Sealed {
  attachments: string[];
  seal: { number: number; hash: string };
  key: SealingKey;
}

function manifestOf({ title, organisation, madeBy, now, period }: PackOrder, files: readonly PackedFile[], { attachments, seal, key }: Sealed): PackManifest {
  const listed = files.map(({ path, content }) => ({ path, bytes: content.length, sha256: sha256(content) }));
  const { number, hash } = seal;
  return { ...{ format: 'isms-engine evidence pack', version: 1, title, organisation, madeAt: now, madeBy, period, files: listed }, attachments, seal: { number, hash }, key: keyIdOf(key.publicKey) };
}

function signed(manifest: PackManifest, key: SealingKey): PackedFile[] {
  const file = json('manifest.json', manifest);
  return [file, { path: 'manifest.sig', content: Buffer.from(key.sign(`isms pack ${sha256(file.content)}`)) }];
}

function json(path: string, value: unknown): PackedFile {
  return { path, content: Buffer.from(`${JSON.stringify(value, null, 1)}\n`) };
}
