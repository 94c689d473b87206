import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './free-port.ts';
import { type PostgresServer, startPostgres } from './postgres.ts';
import { endLeftOverPostgres } from './postmaster.ts';
import { commandOf } from './process.ts';

const prefix = 'isms-engine-throw-away-';

/** Loses everything at a crash, and is quick for it. */
const quick = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '200',
  autovacuum: 'off',
};

/** A real PostgreSQL for tests and tools, without past or future: its data goes when it stops. Where it is measured, it writes as usual. */
export async function startThrowAwayPostgres({ settings = quick }: { settings?: Record<string, string> } = {}): Promise<PostgresServer> {
  await removeLeftOvers();
  const folder = await mkdtemp(path.join(tmpdir(), `${prefix}${process.pid}-`));
  await chmod(folder, 0o711); // started by root, it runs as another user, who has to get in
  const server = await startIn(folder, settings);
  const stop = async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ...server, stop };
}

async function startIn(folder: string, settings: Record<string, string>): Promise<PostgresServer> {
  return startPostgres({
    dataFolder: path.join(folder, 'postgres'),
    logFile: path.join(folder, 'postgres.log'),
    port: await freePort(),
    password: 'throw-away',
    settings,
  });
}

/** A killed run leaves its server and its folder; the folder's name holds the number of its process. */
async function removeLeftOvers(): Promise<void> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(prefix));
  const abandoned = names.filter(
    (name) => commandOf(Number(name.slice(prefix.length).split('-')[0])) === null,
  );
  for (const folder of abandoned.map((name) => path.join(tmpdir(), name))) {
    await endLeftOverPostgres(path.join(folder, 'postgres'));
    await rm(folder, { recursive: true, force: true });
  }
}
