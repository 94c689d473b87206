import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { claimHome, publishEngine, releaseHome, runningEngine } from '../../bin/running.ts';
import { keptSecret } from '../../bin/secret.ts';

const engine = { url: 'http://127.0.0.1:8080', databaseUrl: 'postgresql://u:p@h/d', temporalAddress: 'h:1' };
let home: string;
beforeEach(() => {
  home = path.join(mkdtempSync(path.join(tmpdir(), 'isms-home-')), '.isms');
});

test('other programs find the running engine, and only its owner may read where', () => {
  claimHome(home);
  expect(runningEngine(home)).toBeUndefined();
  publishEngine(home, engine);
  expect(runningEngine(home)).toEqual({ ...engine, pid: process.pid });
  expect(statSync(path.join(home, 'running.json')).mode & 0o777).toBe(0o600);
  releaseHome(home);
  expect(runningEngine(home)).toBeUndefined();
});

test('a folder belongs to one start at a time', async () => {
  const other = spawn('sleep', ['60']);
  await new Promise((resolve) => other.once('spawn', resolve));
  claimFor(other.pid ?? 0, 'sleep 60');
  expect(() => claimHome(home)).toThrow(`already runs on ${home} (process ${other.pid})`);
  other.kill('SIGKILL');
  await new Promise((resolve) => other.once('exit', resolve));
  expect(() => claimHome(home)).not.toThrow();
});

test('a killed start does not block the next one, whoever has its number now', () => {
  claimHome(home);
  claimFor(process.pid, 'node bin/start.mjs');
  expect(() => claimHome(home)).not.toThrow();
});

test('a generated secret stays the same and is read by its owner alone', () => {
  claimHome(home);
  const secret = keptSecret(home, 'auth-secret');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(keptSecret(home, 'auth-secret')).toBe(secret);
  expect(statSync(path.join(home, 'secrets/auth-secret')).mode & 0o777).toBe(0o600);
  expect(statSync(path.join(home, 'secrets')).mode & 0o777).toBe(0o700);
});

function claimFor(pid: number, command: string): void {
  claimHome(home);
  const file = path.join(home, 'running.json');
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), pid, command }));
}
