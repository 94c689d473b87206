import { writeFileSync } from 'node:fs';
import type { CaseId } from '../../../contracts/identity.ts';
import { makePack } from '../../../api/packs/make-pack.ts';
import { sealingKey } from '../../seal-key.ts';
import { type Answer, answer } from '../answer.ts';
import { readEnvironmentOrFail } from '../environment.ts';
import { Failure } from '../failure.ts';
import { type Ground, withJournal } from './installation.ts';

interface PackOptions {
  out: string;
  title: string;
}

/** `isms pack`: what the journal has of these cases, for somebody who checks it without the engine. */
export async function pack(cases: string[], { out, title }: PackOptions): Promise<Answer> {
  const environment = await readEnvironmentOrFail();
  const bytes = await withJournal(async (ground) => {
    const { organisation } = await ground.journal.directory();
    const order = { title, organisation: organisation.name, madeBy: 'operator', now: ground.clock(), period: null, readable: [] };
    return makePack({ ...ground, key: sealingKey(environment) }, { ...order, cases: await idsOf(ground, cases) });
  });
  writeFileSync(out, bytes);
  return answer({ file: out, bytes: bytes.length, cases }, () => `${out}: ${bytes.length} bytes. Check it without the engine: node verifier/verify-pack.mjs ${out}`);
}

async function idsOf({ pool }: Ground, named: string[]): Promise<CaseId[]> {
  const { rows } = await pool.query<{ id: CaseId; ref: string }>('SELECT id::text, ref FROM case_head WHERE ref = ANY($1) OR id::text = ANY($1)', [named]);
  const unknown = named.filter((each) => !rows.some(({ id, ref }) => id === each || ref === each));
  if (unknown.length > 0) throw new Failure('notFound', `There is no case ${unknown.join(', ')}: name cases by their reference, such as NC-2026-0001.`);
  return rows.map(({ id }) => id);
}
