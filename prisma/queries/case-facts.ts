import type { Pool } from 'pg';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Directory } from '../../domain/directory/directory.ts';
import type { ProcessDefinition } from '../../domain/kernel/definition.ts';
import type { FactQuery, Facts } from '../../domain/kernel/facts.ts';
import { needsOf } from '../../domain/kernel/needs.ts';
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
      queries: needsOfPage(definition, file),
      caseId: file.id,
    });
    return facts;
  } finally {
    client.release();
  }
}

function needsOfPage(definition: ProcessDefinition<never>, file: CaseFile): FactQuery[] {
  const { needs, commands } = definition.policy;
  const own = Object.keys(commands).flatMap((command) => needs?.(file as never, command, {} as never) ?? []);
  return [...needsOf(definition, file), ...own];
}
