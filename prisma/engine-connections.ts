import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { DatabaseError, type Pool, type QueryResult } from 'pg';

type Connection = Awaited<ReturnType<PrismaPg['connect']>>;

/** Connections as the schema engine needs them; it closes some of them itself, not all. */
export class EngineConnections implements SqlDriverAdapterFactory {
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
