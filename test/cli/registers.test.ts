import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import { startTestApi } from '../api/test-api.ts';
import type { TestApi } from '../api/test-api.ts';
import { isms } from './isms.ts';

let api: TestApi;
let key: string;
const folder = mkdtempSync(path.join(tmpdir(), 'isms-registers-'));
beforeAll(async () => {
  api = await startTestApi();
  key = await createApiKey({ pool: api.engine.pool, personId: 'anna.berger', name: 'test' });
});
afterAll(() => api.close());

const run = (...args: string[]) => isms(args, { env: { ISMS_URL: api.url, ISMS_API_KEY: key } });

describe('a register from the command line', () => {
  it('is tried, refused line by line, taken over and written to a file', async () => {
    const file = path.join(folder, 'servers.csv');
    writeFileSync(file, 'Name;unit;Verantwortlich\nMail server;it;leon.fischer\nFile server;it;nobody\n');
    const refused = await run('register', 'import', 'asset', file, '--map', 'owner=Verantwortlich');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('nobody here is called "nobody"')]);
    writeFileSync(file, 'Name;unit;Verantwortlich\nMail server;it;leon.fischer\n');
    expect((await run('register', 'import', 'asset', file, '--map', 'owner=Verantwortlich', '--dry-run')).stdout).toContain('Nothing was changed');
    expect((await run('register', 'import', 'asset', file, '--map', 'owner=Verantwortlich')).stdout).toContain('AST-2026-0001');
    const out = path.join(folder, 'assets.csv');
    expect((await run('register', 'export', 'asset', '--out', out)).stdout).toMatch(/SHA-256 of its content [0-9a-f]{64}/);
    expect(readFileSync(out, 'utf8')).toContain('Mail server');
  });
});
