import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { needsOfAsking } from '../../domain/kernel/needs.ts';
import { fetchGround } from '../journal/facts.ts';

export interface FactsQuestion {
  definition: ProcessDefinition<never>;
  file: CaseFile;
  directory: Directory;
}

/**
 * The facts that a page about the case stands on: what any command of it would need without a body. No locks: what is shown may be
 * outdated a moment later, and `decide` asks again.
 */
export async function factsFor(pool: Pool, { definition, file, directory }: FactsQuestion): Promise<Facts> {
  const client = await pool.connect();
  try {
    const known = { at: async () => directory, newest: async () => directory };
    const { facts } = await fetchGround(client, known, {
      queries: needsOfAsking(definition, file),
      caseId: file.id,
    });
    return facts;
  } finally {
    client.release();
  }
}
