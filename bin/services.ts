import path from 'node:path';
import { migrate } from '../prisma/migrate.ts';
import { temporalConfig } from '../temporal.config.ts';
import { ensureDatabase, urlOfDatabase } from './embedded/database.ts';
import { freePort } from './embedded/free-port.ts';
import { startNodeProcess } from './embedded/node-process.ts';
import { startPostgres } from './embedded/postgres.ts';
import { temporalProgram } from './embedded/temporal-cli.ts';
import { startTemporal } from './embedded/temporal-server.ts';
import { openJournal } from './open-journal.ts';
import { keptSecret } from './secret.ts';
import { readStartMarks, settleStartMark } from './start-mark.ts';
import type { Say, Service } from './supervisor.ts';

const database = 'isms';

/** Our own PostgreSQL, on the same free port until we end, so that its address stays good when it is started again. */
export async function postgresService({ home, apiPort }: { home: string; apiPort: number }): Promise<{ service: Service; databaseUrl: string }> {
  const port = await freePort(apiPort);
  const password = keptSecret(home, 'postgres-password');
  const dataFolder = path.join(home, 'postgres');
  const logFile = path.join(home, 'postgres.log');
  const start = async () => {
    const server = await startPostgres({ dataFolder, logFile, port, password });
    const databaseUrl = await ensureDatabase(server.url, database);
    await migrate(databaseUrl);
    await noteOwnStart({ databaseUrl, home });
    return server;
  };
  const serverUrl = `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
  return { service: { name: 'PostgreSQL', start }, databaseUrl: urlOfDatabase(serverUrl, database) };
}

/** Holds mail back where the data are not those of the last start. */
async function noteOwnStart({ databaseUrl, home }: { databaseUrl: string; home: string }): Promise<void> {
  const { pool, journal } = openJournal({ databaseUrl, max: 1 });
  const marks = readStartMarks(home);
  try {
    await journal.noteStart({ marks });
  } finally {
    await pool.end();
  }
  settleStartMark(home, marks);
}

/** Our own Temporal: in memory, so whoever starts it again has to bring the open cases back (`restarted`). */
export async function temporalService(options: {
  home: string;
  apiPort: number;
  say: Say;
  restarted: () => Promise<void>;
}): Promise<{ service: Service; address: string }> {
  const { home, apiPort, say, restarted } = options;
  const program = await temporalProgram('temporal', say);
  const port = await freePort(apiPort);
  const files = { logFile: path.join(home, 'temporal.log'), pidFile: path.join(home, 'temporal.json') };
  const start = () => startTemporal({ program, port, namespace: temporalConfig().namespace, ...files });
  return { service: { name: 'Temporal', start, restarted }, address: `127.0.0.1:${port}` };
}

/** One of our own processes. */
export function processService(name: 'API' | 'Worker', env: NodeJS.ProcessEnv): Service {
  const script = path.join(import.meta.dirname, `${name.toLowerCase()}.ts`);
  return { name, start: () => startNodeProcess({ script, env }) };
}
