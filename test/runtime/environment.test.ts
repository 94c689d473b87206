import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { EnvironmentError, readEnvironment } from '../../bin/environment.ts';

test('nothing has to be set', () => {
  const environment = readEnvironment({});
  expect(environment).toMatchObject({ host: '127.0.0.1', port: 8080, logLevel: 'warn' });
  expect(environment.listenUrl).toBe('http://127.0.0.1:8080');
  expect(environment.publicUrl).toBe(environment.listenUrl);
  expect(environment.home).toMatch(/\.isms$/);
});

test.each([
  [{ PORT: 'eighty' }, 'PORT must be a whole number from 1 to 65535, not "eighty".'],
  [{ PORT: '0' }, 'PORT must be a whole number from 1 to 65535, not "0".'],
  [{ PORT: '65536' }, 'PORT must be a whole number from 1 to 65535, not "65536".'],
  [{ PORT: '80.5' }, 'PORT must be a whole number from 1 to 65535, not "80.5".'],
  [{ HOST: 'a b' }, 'HOST must be a host name or an IP address, not "a b".'],
  [
    { PUBLIC_URL: 'ftp://x' },
    'PUBLIC_URL must be a URL that begins with http:// or https://, not "ftp://x".',
  ],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of silent, .*, not "loud"\.$/],
  [{ DATABASE_URL: 'mysql://u:hidden@h/d' }, 'DATABASE_URL must be a URL that begins with postgresql://.'],
  [{ EVIDENCE_HOSTS: 'http://wiki.intern' }, /^EVIDENCE_HOSTS must be host names .*, not "http:\/\/wiki.intern"\.$/],
  [{ AUTH_SECRET: 'short' }, 'AUTH_SECRET must have at least 32 characters.'],
])('a bad value is named in one sentence: %j', (source, sentence) => {
  expect(messageOf(source)).toMatch(sentence);
  expect(messageOf(source)).toEqual(expect.not.stringContaining('hidden'));
});

test('every bad value is named at once', () => {
  expect(messageOf({ PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toHaveLength(2);
});

test('hosts of the inside are named one by one, as addresses write them', () => {
  expect(readEnvironment({ EVIDENCE_HOSTS: 'Wiki.intern, 10.0.0.5:8443,[fd00::1]' }).evidenceHosts).toEqual(['wiki.intern', '10.0.0.5:8443', '[fd00::1]']);
  expect(readEnvironment({}).evidenceHosts).toEqual([]);
});

test('secrets may lie in files', () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'isms-secret-')), 'secret');
  writeFileSync(file, 's'.repeat(40) + '\n');
  expect(readEnvironment({ AUTH_SECRET_FILE: file }).authSecret).toBe('s'.repeat(40));
  expect(messageOf({ AUTH_SECRET_FILE: `${file}-not-there` })).toMatch(
    /^AUTH_SECRET_FILE names .*cannot be read/,
  );
});

test('an empty value counts as not set', () => {
  expect(readEnvironment({ PORT: '', DATABASE_URL: '' })).toMatchObject({
    port: 8080,
    databaseUrl: undefined,
  });
});

function messageOf(source: NodeJS.ProcessEnv): string {
  try {
    readEnvironment(source);
    return 'accepted';
  } catch (error) {
    if (error instanceof EnvironmentError) return error.message;
    throw error;
  }
}

test('mail needs a server and somebody in whose name it goes', () => {
  const smtp = { SMTP_URL: 'smtp://user:hidden@mail.example:587' };
  expect(readEnvironment({ MAIL_FROM: 'isms@example.org' }).mail).toBeNull();
  expect(messageOf(smtp)).toMatch(/^MAIL_FROM must be the sender .*: SMTP_URL needs it\.$/);
  expect(messageOf({ ...smtp, MAIL_FROM: 'ISMS <not an address>' })).toMatch(/^MAIL_FROM must be/);
  expect(messageOf({ ...smtp, MAIL_FROM: 'A\r\nBcc: b <a@example.org>' })).toMatch(/^MAIL_FROM must be/);
  expect(messageOf({ SMTP_URL: 'http://user:hidden@x' })).not.toContain('hidden');
  expect(readEnvironment({ ...smtp, MAIL_FROM: '"Our ISMS" <isms@example.org>' }).mail).toEqual({
    smtpUrl: smtp.SMTP_URL,
    from: { name: 'Our ISMS', address: 'isms@example.org' },
    replyTo: 'noreply@example.org',
  });
});
