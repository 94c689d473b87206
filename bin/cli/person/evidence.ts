import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import type { evidenceView } from '../../../contracts/api.ts';
import type { evidenceLinkView } from '../../../contracts/evidence.ts';
import { type Answer, answer } from '../answer.ts';
import { Failure } from '../failure.ts';
import { type PersonOptions, connect } from './connection.ts';

type Stored = z.infer<typeof evidenceView>;
type Linked = z.infer<typeof evidenceLinkView>;

interface EvidenceOptions extends PersonOptions {
  name?: string;
  type: string;
}

/** `isms evidence add` */
export async function addEvidence(
  file: string,
  { name = path.basename(file), type, ...options }: EvidenceOptions,
): Promise<Answer> {
  const bytes = readBytes(file);
  const api = await connect(options);
  const stored = await api.upload<Stored>('/evidence', {
    bytes,
    type,
    query: { name: encodeURIComponent(name) },
  });
  if (stored.sha256 !== hashOf(bytes))
    throw new Failure('refused', `What was stored is not what ${file} holds: add it again, and report it.`, {
      code: 'INTERNAL',
    });
  return answer(stored, storedText);
}

function readBytes(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new Failure('usage', `${file} cannot be read: correct the path or its permissions.`);
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function storedText({ sha256, size, name }: Stored): string {
  return `${sha256}\n${name}, ${size} bytes. Commands name it by this hash: --set 'evidence:=["${sha256}"]'`;
}

/** `isms evidence link` */
export async function linkEvidence(address: string, options: PersonOptions): Promise<Answer> {
  const api = await connect(options);
  return answer((await api.send<Linked>('/evidence-links', { body: { url: address } })).data, linkedText);
}

function linkedText({ sha256, link: { finalUrl, status, bytes, whole, checkedAt } }: Linked): string {
  const seen = `${whole ? '' : 'the first '}${bytes} bytes`;
  return `${sha256}\n${finalUrl}: status ${status}, ${seen}, at ${checkedAt}. Commands name it by this hash: --set 'evidence:=["${sha256}"]'`;
}
