import type pg from 'pg';
import { createClock } from '../../clock.ts';
import { runningEngine } from '../../running.ts';
import type { Instant } from '../../../contracts/identity.ts';
import type { Journal } from '../../../prisma/journal/journal.ts';
import { readEnvironmentOrFail } from '../environment.ts';
import { Failure } from '../failure.ts';

/** What the operator's commands work on. */
export interface Installation {
  databaseUrl: string;
  /** Of the engine that runs here; absent where the environment says how to reach Temporal. */
  temporalAddress?: string;
  publicUrl: string;
  /** Of the engine that runs here. */
  apiUrl?: string;
  clock: () => Instant;
}

/** DATABASE_URL, or the engine that runs on this machine. */
export async function findInstallation(): Promise<Installation> {
  const environment = await readEnvironmentOrFail();
  const { databaseUrl, home, publicUrl } = environment;
  const clock = createClock(environment);
  const engine = runningEngine(home);
  if (databaseUrl)
    return {
      databaseUrl,
      publicUrl,
      clock,
      ...(engine?.databaseUrl === databaseUrl && { temporalAddress: engine.temporalAddress, apiUrl: engine.url }),
    };
  if (!engine)
    throw new Failure('unreachable', 'No engine runs here: start it with npm start, or set DATABASE_URL.');
  const { databaseUrl: itsDatabase, temporalAddress, url } = engine;
  return {
    ...{ databaseUrl: itsDatabase, temporalAddress, clock, apiUrl: url },
    publicUrl: process.env.PUBLIC_URL ? publicUrl : url,
  };
}

export interface Ground extends Installation {
  pool: pg.Pool;
  journal: Journal;
}

/** Works with the journal of this installation and closes it afterwards. */
export async function withJournal<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const installation = await findInstallation();
  const { openJournal } = await import('../../open-journal.ts');
  const more = { connectionTimeoutMillis: 10_000 };
  const { pool, journal } = openJournal({ ...installation, max: 2, more });
  try {
    return await work({ ...installation, pool, journal });
  } catch (error) {
    throw explained(error);
  } finally {
    await pool.end();
  }
}

const UNDEFINED_TABLE = '42P01';
/** PostgreSQL: connection, authorization and resource errors, the database does not exist, the server is going down. */
const unreachable = /^(08|28|53|3D000|57P)/;
const network = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE)/;

function explained(error: unknown): unknown {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === UNDEFINED_TABLE)
    return new Failure(
      'unreachable',
      'This database has no journal yet: start the engine once, or run npm run migrate.',
    );
  if (unreachable.test(code) || network.test(code) || message.includes('connection timeout')) {
    return new Failure(
      'unreachable',
      `The database does not answer (${message || code}): start it, or correct DATABASE_URL.`,
    );
  }
  return error;
}
