import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../bin/embedded/free-port.ts';
import { type PostgresServer, startPostgres } from '../../bin/embedded/postgres.ts';
import { commandOf } from '../../bin/embedded/process.ts';

let home: string;
let running: PostgresServer | undefined;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'isms-home-'));
  chmodSync(home, 0o711);
});
afterEach(async () => {
  await running?.stop();
  rmSync(home, { recursive: true, force: true });
});

test('data survives an orderly stop', async () => {
  await remember(await start());
  await running?.stop();
  expect(await recall(await start())).toEqual(['remembered']);
});

test('data survives kill -9', async () => {
  const first = await start();
  await remember(first);
  process.kill(first.pid, 'SIGKILL');
  expect(await recall(await start())).toEqual(['remembered']);
});

test('a server that was left running is ended before the next one uses its data', async () => {
  const leftOver = await start();
  await remember(leftOver);
  const next = await start();
  expect(commandOf(leftOver.pid)).toBeNull();
  expect(await recall(next)).toEqual(['remembered']);
});

test('a stranger that got the number of a dead server is left alone', async () => {
  await remember(await start());
  await running?.stop();
  const stranger = spawn('sleep', ['60']);
  writeFileSync(
    path.join(home, 'postgres/postmaster.pid'),
    `${stranger.pid}\n${home}/postgres\n1\n5432\n\n\n`,
  );
  expect(await recall(await start())).toEqual(['remembered']);
  expect(stranger.exitCode).toBeNull();
  stranger.kill();
});

test('a server that has ended is noticed', async () => {
  const { pid, ended } = await start();
  process.kill(pid, 'SIGKILL');
  await ended;
});

test('it listens on loopback alone, and lets nobody in without its password', async () => {
  const { url } = await start();
  expect(await query(url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  await expect(query(url.replace(':secret@', ':guessed@'), 'SELECT 1')).rejects.toThrow('password');
});

test('what keeps it from starting is told', async () => {
  await (await start()).stop();
  writeFileSync(path.join(home, 'postgres/postgresql.conf'), 'nonsense = 1');
  await expect(start()).rejects.toThrow(
    /PostgreSQL does not start: configuration file .* contains errors .*postgres\.log/,
  );
});

async function start(): Promise<PostgresServer> {
  const files = { dataFolder: path.join(home, 'postgres'), logFile: path.join(home, 'postgres.log') };
  return (running = await startPostgres({ ...files, port: await freePort(), password: 'secret' }));
}

async function remember({ url }: PostgresServer): Promise<void> {
  await query(url, "CREATE TABLE memory AS SELECT 'remembered' AS what");
}

async function recall({ url }: PostgresServer): Promise<unknown[]> {
  return (await query(url, 'SELECT what FROM memory')).map((row) => row.what);
}

async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString });
  await client.connect();
  return (await client.query<Record<string, unknown>>(sql).finally(() => client.end())).rows;
}
