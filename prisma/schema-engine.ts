import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindSqlAdapterFactory,
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import * as wasmModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { DatabaseError, type Pool, type QueryResult } from 'pg';
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

type Connection = Awaited<ReturnType<PrismaPg['connect']>>;

/** Connections as the engine needs them; it closes some of them itself, not all. */
class EngineConnections implements SqlDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  readonly #factory: PrismaPg;
  readonly #open: Connection[] = [];

  constructor(databaseUrl: string) {
    this.#factory = new PrismaPg(databaseUrl);
  }

  async connect(): Promise<Connection> {
    const connection = await this.#factory.connect();
    this.#open.push(connection);
    runScriptsWhole(connection);
    readChar(connection);
    return connection;
  }

  async close(): Promise<void> {
    const pools = this.#open.map((connection) => connection.underlyingDriver());
    await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
  }
}

/**
 * The adapter splits scripts at every semicolon, which tears function bodies and comments apart. PostgreSQL takes
 * a whole script as one simple query and runs it in one transaction: a migration is applied entirely or not at all.
 */
function runScriptsWhole(connection: Connection): void {
  connection.executeScript = async (script) => {
    await connection.underlyingDriver().query(script).catch(asAdapterError);
  };
}

/** What PostgreSQL says of a failed script, in the form in which the engine passes it on. */
function asAdapterError(error: unknown): never {
  if (!(error instanceof DatabaseError)) throw error;
  const { code = 'XX000', severity = 'ERROR', message, detail, column, hint } = error;
  throw new DriverAdapterError({ kind: 'postgres', code, severity, message, detail, column, hint });
}

const charType = 18;
const timeType = 1083;

/**
 * The engine describes a database by its catalogues, whose type "char" the adapter does not know. The type time,
 * which no catalogue has, carries it through the adapter.
 */
function readChar(connection: Connection): void {
  const pool = connection.underlyingDriver();
  const query = pool.query.bind(pool) as (...args: unknown[]) => Promise<QueryResult>;
  pool.query = ((...args: unknown[]) => query(...args).then(charAsTime)) as Pool['query'];
  const queryRaw = connection.queryRaw.bind(connection);
  connection.queryRaw = async (sql) => timeAsChar(await queryRaw(sql));
}

function charAsTime(result: QueryResult): QueryResult {
  for (const field of result.fields ?? []) if (field.dataTypeID === charType) field.dataTypeID = timeType;
  return result;
}

function timeAsChar(result: SqlResultSet): SqlResultSet {
  const { Time, Character } = ColumnTypeEnum;
  return { ...result, columnTypes: result.columnTypes.map((type) => (type === Time ? Character : type)) };
}
