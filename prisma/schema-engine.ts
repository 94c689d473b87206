import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as wasmModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { EngineConnections } from './engine-connections.ts';
import type { Migration } from './migration-files.ts';

export const noFilters: wasmModule.SchemaFilter = { externalTables: [], externalEnums: [] };

declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, unknown>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

let loading: Promise<void> | undefined;

/**
 * Work with Prisma's schema engine as WebAssembly: the native one of the Prisma CLI would have to be downloaded first.
 * It reaches the database through the same driver as the application.
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  work: (engine: wasmModule.SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loading ??= loadWasm());
  const connections = new EngineConnections(databaseUrl);
  const adapter = bindSqlAdapterFactory(connections);
  const engine = await wasmModule.SchemaEngine.new({ datamodels: [minimalSchema] }, () => undefined, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await connections.close();
  }
}

/** Migrations as the engine wants to be told of them. */
export function migrationList(baseDir: string, migrations: Migration[]): wasmModule.MigrationList {
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

const minimalSchema: [path: string, content: string] = [
  'schema.prisma',
  'datasource db {\n  provider = "postgresql"\n}\n',
];

async function loadWasm(): Promise<void> {
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.join(path.dirname(script), 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': wasmModule });
  wasmModule.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}
