import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { freePort } from '../../bin/embedded/free-port.ts';
import { commandOf } from '../../bin/embedded/process.ts';
import { temporalProgram } from '../../bin/embedded/temporal-cli.ts';
import { startTemporal, type TemporalServer } from '../../bin/embedded/temporal-server.ts';

let folder: string;
let running: TemporalServer | undefined;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'isms-temporal-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a server that a killed start left running is ended by the next one', async () => {
  const leftOver = await start();
  const next = await start();
  await leftOver.ended;
  expect(commandOf(leftOver.pid)).toBeNull();
  expect(commandOf(next.pid)).toContain('server start-dev');
});

test('what keeps it from starting is told', async () => {
  await expect(start('/bin/false')).rejects.toThrow(/does not start \(see .*temporal\.log\)/);
});

test('a program on the PATH comes first, then the folder that all clones share', async () => {
  const onPath = executable(path.join(folder, 'bin/temporal'));
  const shared = executable(path.join(folder, 'isms-engine/temporal-1.9.1'));
  vi.stubEnv('XDG_CACHE_HOME', folder);
  vi.stubEnv('PATH', path.dirname(onPath));
  expect(await temporalProgram('temporal')).toBe(onPath);
  vi.stubEnv('PATH', '');
  expect(await temporalProgram('temporal')).toBe(shared);
});

async function start(program?: string): Promise<TemporalServer> {
  const files = { logFile: path.join(folder, 'temporal.log'), pidFile: path.join(folder, 'temporal.json') };
  const options = {
    program: program ?? (await temporalProgram('temporal')),
    port: await freePort(),
    ...files,
  };
  return (running = await startTemporal(options));
}

function executable(file: string): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}
