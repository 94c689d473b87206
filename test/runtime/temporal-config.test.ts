import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hasTemporal, temporalConfig } from '../../temporal.config.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'isms-temporal-')), 'temporal.toml');
writeFileSync(
  file,
  '[profile.default]\naddress = "home:1"\n[profile.prod]\naddress = "prod:7233"\nnamespace = "isms"\n',
);

test('without settings Temporal is expected on this machine', () => {
  expect(hasTemporal({})).toBe(false);
  expect(temporalConfig({})).toEqual({
    connectionOptions: { address: '127.0.0.1:7233' },
    namespace: 'default',
  });
});

test('an address leads to another server', () => {
  const env = { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'isms' };
  expect(hasTemporal(env)).toBe(true);
  expect(temporalConfig(env)).toMatchObject({
    connectionOptions: { address: 'temporal:7233' },
    namespace: 'isms',
  });
});

test('a profile of a named file leads to another server', () => {
  const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'prod' };
  expect(hasTemporal(env)).toBe(true);
  expect(temporalConfig(env)).toMatchObject({
    connectionOptions: { address: 'prod:7233' },
    namespace: 'isms',
  });
});
