import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  createHome,
  killAll,
  processesOn,
  startEngine,
  type StartedEngine,
} from '../support/started-engine.ts';

const startScript = path.resolve(import.meta.dirname, '../../bin/start.mjs');
let home: string;
beforeEach(() => {
  home = createHome();
});
afterEach(() => {
  killAll(processesOn(home));
  rmSync(home, { recursive: true, force: true });
});

test('ready is one line, and true', { timeout: 60_000 }, async () => {
  const engine = await startEngine(home);
  expect(engine.lines.filter((line) => line === `isms-engine ready on ${engine.url}`)).toHaveLength(1);
  expect((await fetch(`${engine.url}/readyz`)).status).toBe(200);
  await stop(engine);
});

test('stopping leaves nothing behind', { timeout: 60_000 }, async () => {
  const engine = await startEngine(home);
  expect(processesOn(home).length).toBeGreaterThan(4);
  const begin = Date.now();
  await stop(engine);
  await vi.waitFor(() => expect(processesOn(home)).toEqual([]), 1_000);
  expect(Date.now() - begin).toBeLessThan(5_000);
});

test('a start after kill -9 of everything finds the data of the first', { timeout: 60_000 }, async () => {
  const first = await startEngine(home);
  await query(first, "CREATE TABLE memory AS SELECT 'remembered' AS what");
  killAll(processesOn(home));
  const second = await startEngine(home);
  expect(await query(second, 'SELECT what FROM memory')).toEqual([{ what: 'remembered' }]);
  await stop(second);
});

test('what is killed comes back', { timeout: 60_000 }, async () => {
  const engine = await startEngine(home);
  killAll(processesOn(home).filter((pid) => pid !== engine.pid));
  await vi.waitFor(async () => expect(await readiness(engine)).toBe(200), { timeout: 30_000, interval: 200 });
  expect(await query(engine, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await stop(engine);
});

test('its processes end with it, even if it is killed', { timeout: 60_000 }, async () => {
  const engine = await startEngine(home);
  process.kill(engine.pid, 'SIGKILL');
  await vi.waitFor(async () => expect(await readiness(engine)).toBe(0), 5_000);
  await stop(await startEngine(home));
  await vi.waitFor(() => expect(processesOn(home)).toEqual([]), 1_000);
});

test('a signal to npm alone stops everything', { timeout: 60_000 }, async () => {
  const { start } = await startEngine(home, ['npm', 'start']);
  start.kill('SIGTERM');
  await vi.waitFor(() => expect(processesOn(home)).toEqual([]), 5_000);
});

test('a bad value ends it with code 2 before anything starts', async () => {
  const env = { ...process.env, ISMS_HOME: home, PORT: 'http' };
  const refused = promisify(execFile)(process.execPath, [startScript], { env });
  await expect(refused).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('PORT must be') });
});

async function stop({ start }: StartedEngine): Promise<void> {
  start.kill('SIGTERM');
  if (start.exitCode === null) await once(start, 'exit');
  expect(start.exitCode).toBe(0);
}

async function readiness({ url }: StartedEngine): Promise<number> {
  return fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => 0,
  );
}

async function query({ databaseUrl }: StartedEngine, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return (await client.query(sql).finally(() => client.end())).rows;
}
