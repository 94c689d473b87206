import { readSchema, schemaFolder } from './migration-files.ts';
import { noFilters, withSchemaEngine } from './schema-engine.ts';

/** The SQL that turns what a database has into what `prisma/schema/` describes; empty where they agree. */
export async function missingSql(databaseUrl: string): Promise<string> {
  const files = await readSchema();
  const { stdout } = await withSchemaEngine(databaseUrl, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: schemaFolder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: noFilters,
    }),
  );
  return stdout?.trim() === '-- This is an empty migration.' ? '' : (stdout?.trimStart() ?? '');
}
