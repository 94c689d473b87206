import { describe, expect, it } from 'vitest';
import { isms } from './isms.ts';

const nobodyThere = { ISMS_URL: 'http://127.0.0.1:9', ISMS_API_KEY: 'isms_not-a-real-key' };

describe('isms, used wrongly', () => {
  it('explains itself when asked to', async () => {
    const { code, stdout } = await isms(['--help']);
    expect(code).toBe(0);
    for (const command of [
      'inbox',
      'show',
      'open',
      'do',
      'history',
      'next',
      'verify',
      'recover',
      'key',
      'scenario',
      'calendar',
    ]) {
      expect(stdout).toContain(`\n  ${command} `);
    }
  });

  it.each([
    ['without a command', [], 'Usage: isms'],
    ['with a command that does not exist', ['inbx'], 'Did you mean inbox?'],
    ['without an argument', ['show'], "missing required argument 'case'"],
    ['with an argument too many', ['inbox', 'mine'], 'too many arguments'],
    ['with an option that does not exist', ['inbox', '--everything'], "unknown option '--everything'"],
    [
      'with a value that an option does not know',
      ['list', '--escalation', '7'],
      'Allowed choices are 0, 1, 2, 3, 4',
    ],
    ['with nothing asked for', ['inbox', '--limit', '0'], 'at least 1'],
    [
      'with an idempotency key that no header can carry',
      ['open', 'action', '--key', 'schlüssel'],
      'visible ASCII',
    ],
    ['with a number that is none', ['inbox', '--limit', 'many'], 'must be a whole number'],
    ['with a key for longer than a year', ['key', 'create', 'anna.berger', '--days', '400'], 'from 1 to 365'],
    ['without a required option', ['calendar', 'due', '--anchor', '2026-10-23'], '--duration'],
    ['with two filters that exclude each other', ['list', '--open', '--ended'], 'cannot be used with'],
  ])('%s, ends with 2 and says what is wrong', async (_, args, expected) => {
    const { code, stdout, stderr } = await isms(args);
    expect(stderr).toContain(expected);
    expect([code, stdout]).toEqual([2, '']);
  });

  it.each([
    ['a setting without a sign', ['--set', 'grade'], 'field=value'],
    ['a setting of nothing', ['--set', '=minor'], 'field=value'],
    ['JSON that is none', ['--with', '{"grade":'], 'not valid JSON'],
    ['a value that is no JSON', ['--set', 'days:=ninety'], '--set days is not valid JSON'],
    ['JSON that is no object', ['--with', '[1]'], 'one JSON object'],
    ['a file that is not there', ['--with', '@/no/such/file.json'], '/no/such/file.json'],
    [
      'a place that a list does not have',
      ['--with', '{"causes":[1]}', '--set', 'causes.length=3'],
      'no place length',
    ],
  ])('%s in the fields of a command ends with 2 before anything is sent', async (_, fields, expected) => {
    const { code, stderr } = await isms(['do', 'NC-2026-0001', 'ACCEPT', ...fields], { env: nobodyThere });
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });

  it('what names no case ends with 2', async () => {
    const { code, stderr } = await isms(['show', 'the one from yesterday'], { env: nobodyThere });
    expect([code, stderr]).toEqual([2, expect.stringContaining('give a reference such as NC-2026-0001')]);
  });
});

describe('isms in a bad environment', () => {
  it.each([
    [
      'an address that is none',
      ['inbox'],
      { ISMS_URL: 'localhost:8080', ISMS_API_KEY: 'isms_x1234567' },
      'ISMS_URL must be a URL',
    ],
    [
      'a key that is none',
      ['inbox'],
      { ISMS_URL: 'http://localhost', ISMS_API_KEY: 'my key' },
      'This is no API key',
    ],
    [
      'a key file that is not there',
      ['inbox'],
      { ISMS_URL: 'http://localhost', ISMS_API_KEY_FILE: '/no/such/key' },
      'ISMS_API_KEY_FILE names /no/such/key',
    ],
    ['a port that is none', ['verify'], { PORT: '99999' }, 'PORT must be a whole number from 1 to 65535'],
    [
      'a database of another kind',
      ['verify'],
      { DATABASE_URL: 'mysql://localhost/isms' },
      'DATABASE_URL must be a URL that begins with postgresql://',
    ],
  ])('%s ends with 2 and is named', async (_, args, env, expected) => {
    const { code, stderr } = await isms(args, { env });
    expect(stderr).toContain(expected);
    expect(code).toBe(2);
  });

  it.each([
    ['no engine', ['inbox'], {}, 'start it with npm start, or set ISMS_URL'],
    ['no engine for the operator', ['verify'], {}, 'start it with npm start, or set DATABASE_URL'],
    ['nobody who answers', ['inbox'], nobodyThere, 'Nothing answers on http://127.0.0.1:9'],
    [
      'no database',
      ['verify'],
      { DATABASE_URL: 'postgresql://postgres@127.0.0.1:9/isms' },
      'correct DATABASE_URL',
    ],
  ])('%s there ends with 3 and says what to start', async (_, args, env, expected) => {
    const { code, stderr } = await isms(args, { env });
    expect(stderr).toContain(expected);
    expect(code).toBe(3);
  });

  it('without a key it ends with 4 and says who makes one', async () => {
    const { code, stderr } = await isms(['inbox'], { env: { ISMS_URL: 'http://127.0.0.1:9' } });
    expect([code, stderr]).toEqual([4, expect.stringContaining('isms key create PERSON')]);
  });

  it('after a lost answer the key is told under which the same can be sent again', async () => {
    const { code, stderr } = await isms(['open', 'action', '--set', 'title=x', '--key', 'once-1'], {
      env: nobodyThere,
    });
    expect([code, stderr]).toEqual([3, expect.stringContaining('--key once-1')]);
  });
});

describe('what isms prints when it fails', () => {
  it('is one JSON value on standard output for programs', async () => {
    const { code, stderr, json } = await isms(['inbox', '--json'], { env: nobodyThere });
    expect(json()).toEqual({
      error: { exitCode: 3, code: 'UNAVAILABLE', message: expect.stringContaining('Nothing answers') },
    });
    expect([code, stderr]).toEqual([3, '']);
  });

  it('is no stack trace unless DEBUG=isms asks for it', async () => {
    const [plain, debugging] = await Promise.all([
      isms(['inbox'], { env: nobodyThere }),
      isms(['inbox'], { env: { ...nobodyThere, DEBUG: 'isms' } }),
    ]);
    expect(plain.stderr).not.toMatch(/\n\s+at /);
    expect(debugging.stderr).toMatch(/\n\s+at /);
  });
});
