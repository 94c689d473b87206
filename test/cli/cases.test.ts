import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseRow, CaseStateView, CaseView, EntryView, NextView, TaskView } from '../../contracts/api.ts';
import { createApiKey } from '../../api/sign-in/one-time-links.ts';
import { type TestApi, inProcessGateway, startTestApi } from '../api/test-api.ts';
import { acceptance, report } from '../support/nonconformity-bodies.ts';
import { type Ended, isms } from './isms.ts';

interface Page<T> {
  items: T[];
  next: string | null;
}

let api: TestApi;
let hasWorker = true;
const keys = new Map<string, string>();

beforeAll(async () => {
  api = await startTestApi({
    gateway: {
      start: () => Promise.resolve('STARTED'),
      nudge: () => Promise.resolve(),
      decide: (command) =>
        hasWorker ? inProcessGateway(api.engine).decide(command) : Promise.resolve('PENDING'),
    },
  });
  for (const personId of ['anna.berger', 'thomas.reiter', 'nina.schuster', 'leon.fischer']) {
    keys.set(personId, await createApiKey({ pool: api.engine.pool, personId, name: 'test' }));
  }
});
afterAll(() => api.close());

function as(person: string, args: readonly string[], input?: string): Promise<Ended> {
  return isms(args, {
    env: { ISMS_URL: api.url, ISMS_API_KEY: keys.get(person) ?? 'isms_nobody-at-all' },
    input,
  });
}

async function openCase(payload: object = report): Promise<CaseStateView> {
  const { code, json, stderr } = await as(
    'nina.schuster',
    ['open', 'nonconformity', '--with', '-', '--json'],
    JSON.stringify(payload),
  );
  expect([code, stderr]).toEqual([0, '']);
  return json() as CaseStateView;
}

const fieldsOf = (fields: Record<string, string>) =>
  Object.entries(fields).flatMap(([name, value]) => ['--set', `${name}=${value}`]);

describe('a case from the command line', () => {
  it('is opened field by field, found by its reference, and shown with what may be sent', async () => {
    const opened = await as('nina.schuster', ['open', 'nonconformity', ...fieldsOf(report)]);
    const [, ref = ''] = /^(NC-2026-\d{4}) is open \(reported\)/.exec(opened.stdout) ?? [];
    const [forOfficer, forReporter] = await Promise.all([
      as('anna.berger', ['show', ref.toLowerCase()]),
      as('nina.schuster', ['show', ref, '--json']),
    ]);
    expect(forOfficer.stdout).toContain(`${ref}  Backups not tested`);
    expect(forOfficer.stdout).toMatch(/ACCEPT +grade=major\|minor owner=<person>/);
    expect(forOfficer.stdout).toMatch(/triage +\w{3} 20\d\d-\d\d-\d\d 17:00/);
    expect((forReporter.json() as CaseView).availableCommands.map(({ command }) => command)).not.toContain(
      'ACCEPT',
    );
  });

  it('goes on by a command, after which inbox, next and history tell so', async () => {
    const { ref, id } = await openCase();
    const done = await as('anna.berger', ['do', ref, 'accept', ...fieldsOf(acceptance), '--if-match', '1']);
    expect([done.code, done.stdout]).toEqual([
      0,
      expect.stringContaining(`ACCEPT is recorded. ${ref} is now: containment · version 2`),
    ]);
    const [inbox, next, history, forPeople] = await Promise.all([
      as('thomas.reiter', ['inbox', '--json']),
      as('thomas.reiter', ['next', ref, '--json']),
      as('thomas.reiter', ['history', id, '--json']),
      as('thomas.reiter', ['history', ref]),
    ]);
    expect((inbox.json() as Page<TaskView>).items).toContainEqual(
      expect.objectContaining({ task: 'correct', case: expect.objectContaining({ ref }) }),
    );
    expect((next.json() as NextView).tasks[0]).toMatchObject({
      who: ['thomas.reiter'],
      commands: expect.arrayContaining(['RECORD_CORRECTION']),
    });
    expect((history.json() as Page<EntryView>).items.map(({ actor, to }) => [actor, to])).toEqual([
      ['nina.schuster', 'reported'],
      ['anna.berger', 'containment'],
    ]);
    expect(forPeople.stdout).toMatch(/anna\.berger \(iso\) +ACCEPT +reported → containment/);
  });

  it('tells people in their inbox and next steps in tables', async () => {
    const { ref } = await openCase();
    const [inbox, next] = await Promise.all([as('anna.berger', ['inbox']), as('anna.berger', ['next', ref])]);
    expect(inbox.stdout).toMatch(
      new RegExp(`20\\d\\d-\\d\\d-\\d\\d 17:00.* ${ref} +triage +reported +it +Backups not tested`),
    );
    expect(next.stdout).toMatch(/triage +anna\.berger/);
    expect(next.stdout).toMatch(
      /E1 +\w{3} 20\d\d-\d\d-\d\d 09:00 \(\+01:00\) +tells \S+, who must acknowledge by/,
    );
  });

  it('was once in another state, which --as-of shows', async () => {
    const { ref } = await openCase();
    api.engine.setNow('2026-11-03T09:00:00.000Z');
    await as('anna.berger', ['do', ref, 'ACCEPT', '--with', JSON.stringify(acceptance)]);
    const past = await as('anna.berger', ['show', ref, '--as-of', '2026-11-02T12:00:00Z']);
    expect(past.stdout).toContain('reported');
    expect(past.stdout).toContain('As it was at 2026-11-02 13:00');
    expect(past.stdout).not.toContain('You may send');
  });

  it('shows what it carries beside its process: later dates, hold, corrections, cancelling, how long it is kept', async () => {
    const { ref, id } = await openCase({ ...report, detectedOn: '2026-10-12' });
    const send = async (person: string, command: string, body: object) =>
      expect([command, (await api.as(person).post(`/api/v1/cases/${id}/commands/${command}`, body)).status]).toEqual([command, 200]);
    await send('anna.berger', 'ACCEPT', acceptance);
    await send('nina.schuster', 'CORRECT_RECORD', { entry: 1, field: 'title', value: 'Restores not tested', wrong: 'The word', reason: 'It is about restores' });
    await send('thomas.reiter', 'REQUEST_EXTENSION', { deadline: 'containment', newDate: '2026-11-27', reason: 'Parts are late', interimMeasure: 'Checked by hand' });
    await send('anna.berger', 'REFUSE_EXTENSION', { deadline: 'containment', reason: 'Not needed' });
    await send('anna.berger', 'LEGAL_HOLD', { reason: 'A customer sues' });
    await send('anna.berger', 'REQUEST_CANCEL', { reason: 'The server is gone' });
    await send('anna.berger', 'HOLD', { reason: 'The supplier is insolvent', reviewOn: '2026-11-27' });
    const [forPeople, json] = await Promise.all([as('anna.berger', ['show', ref]), as('anna.berger', ['show', id, '--json'])]);
    for (const words of [
      /on hold +by anna\.berger since .* looked at again on 2026-11-27: The supplier is insolvent/,
      /to be called off +asked for by anna\.berger .*: The server is gone/,
      /legal hold +by anna\.berger since .*: A customer sues/,
      /recorded later +it was on 2026-10-12/,
      /containment +2026-11-27 instead of 20\d\d-\d\d-\d\d +thomas\.reiter +REFUSED by anna\.berger +Parts are late/,
      /entry 1 +title +corrected in 3 +nina\.schuster/,
    ])
      expect(forPeople.stdout).toMatch(words);
    expect(json.json()).toMatchObject({
      ...{ occurredOn: '2026-10-12', retrospective: true, retainUntil: null, recordClass: 'record', approvedAt: null },
      extensions: [{ deadline: 'containment', newDate: '2026-11-27', requestedBy: 'thomas.reiter', requestedLate: false, outcome: { verdict: 'REFUSED', by: 'anna.berger', days: 0 } }],
      hold: { by: 'anna.berger', reviewOn: '2026-11-27' },
      cancelRequest: { by: 'anna.berger', reason: 'The server is gone' },
      corrections: [{ entry: 1, field: 'title', correctedIn: 3, by: 'nina.schuster' }],
      legalHold: { by: 'anna.berger', reason: 'A customer sues' },
    });
    expect(JSON.stringify(json.json())).not.toContain('"never"');
  });

  it('that has ended shows until when it is kept', async () => {
    const { ref } = await openCase();
    await as('nina.schuster', ['do', ref, 'WITHDRAW', '--set', 'reason=Seen twice']);
    expect((await as('nina.schuster', ['show', ref])).stdout).toMatch(/kept until +2030-11-0\d \(record\)/);
  });

  it('may be named by its reference inside a command too', async () => {
    const [first, second] = [await openCase(), await openCase()];
    const { code, stderr } = await as('anna.berger', [
      'do',
      second.ref,
      'MARK_DUPLICATE',
      '--set',
      `of=${first.ref}`,
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const { json } = await as('anna.berger', ['show', second.id, '--json']);
    expect((json() as CaseView).links).toContainEqual(
      expect.objectContaining({ to: first.id, ref: first.ref }),
    );
  });

  it('is one case for one key, however often it is sent', async () => {
    const send = () =>
      as('nina.schuster', ['open', 'nonconformity', ...fieldsOf(report), '--key', 'the-same', '--json']);
    const [first, again] = [await send(), await send()];
    expect((again.json() as CaseStateView).ref).toBe((first.json() as CaseStateView).ref);
    const other = await as('nina.schuster', [
      'open',
      'nonconformity',
      ...fieldsOf({ ...report, title: 'Other' }),
      '--key',
      'the-same',
    ]);
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('Use a new key')]);
  });

  it('is found in the list by what is asked for', async () => {
    const { ref } = await openCase({ ...report, title: 'Kaffeemaschine ohne Aufsicht' });
    const list = async (...filters: string[]) =>
      ((await as('anna.berger', ['list', '--json', ...filters])).json() as Page<CaseRow>).items.map(
        (row) => row.ref,
      );
    expect(await list('--search', 'kaffeemaschine')).toEqual([ref]);
    expect(await list('--search', 'kaffeemaschine', '--ended')).toEqual([]);
    expect(await list('--state', 'reported', '--unit', 'it', '--open')).toContain(ref);
    expect(await list('--limit', '1')).toHaveLength(1);
    const { stdout } = await as('anna.berger', ['list', '--limit', '1']);
    expect(stdout).toContain('There is more: --limit 2');
  });
});

describe('a refusal on the command line', () => {
  it('ends with 1 in the wrong state and names the commands that are possible', async () => {
    const { ref } = await openCase();
    const { code, stderr } = await as('thomas.reiter', ['do', ref, 'ca-needed']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/• .*reported.*ACCEPT/)]);
  });

  it('ends with 1 for a stale version and tells the present one', async () => {
    const { ref } = await openCase();
    const { code, stderr } = await as('anna.berger', [
      'do',
      ref,
      'ACCEPT',
      ...fieldsOf(acceptance),
      '--if-match',
      '7',
    ]);
    expect([code, stderr]).toEqual([1, expect.stringContaining('The case is at version 1 now.')]);
  });

  it('ends with 1 for fields that do not fit, and says which and how numbers are given', async () => {
    const { code, stderr, json } = await as('nina.schuster', [
      'open',
      'nonconformity',
      '--set',
      'title=x',
      '--set',
      'colour=red',
      '--json',
    ]);
    expect([code, stderr]).toEqual([1, '']);
    expect(json()).toMatchObject({
      error: {
        exitCode: 1,
        code: 'INVALID_REQUEST',
        status: 422,
        reasons: expect.arrayContaining([expect.objectContaining({ path: 'payload.statement' })]),
      },
    });
    const forPeople = await as('nina.schuster', ['open', 'nonconformity', '--set', 'title=x']);
    expect(forPeople.stderr).toContain('payload.statement');
    expect(forPeople.stderr).toContain('--set field:=value');
  });

  it('ends with 4 for the wrong person and names the right one', async () => {
    const { ref } = await openCase();
    const { code, stderr } = await as('nina.schuster', ['do', ref, 'ACCEPT', ...fieldsOf(acceptance)]);
    expect([code, stderr]).toEqual([4, expect.stringContaining('information security officer')]);
  });

  it('ends with 4 for a key that is not valid', async () => {
    const { code, stderr } = await as('somebody.else', ['inbox']);
    expect([code, stderr]).toEqual([4, expect.stringContaining('valid API key')]);
  });

  it.each([
    ['a reference that there is not', 'NC-2026-9999'],
    ['an id that there is not', '00000000-0000-4000-8000-00000000dead'],
  ])('ends with 5 for %s', async (_, named) => {
    const { code, stderr } = await as('anna.berger', ['show', named]);
    expect(stderr).toMatch(/There is no(thing| case)/);
    expect(code).toBe(5);
  });

  it('ends with 6 while nobody decides, and says how to see the outcome', async () => {
    const { ref } = await openCase();
    const send = () => as('anna.berger', ['do', ref, 'ACCEPT', ...fieldsOf(acceptance), '--key', 'patience']);
    hasWorker = false;
    const pending = await send().finally(() => (hasWorker = true));
    expect([pending.code, pending.stdout]).toEqual([
      6,
      expect.stringMatching(/--key patience, or GET \/api\/v1\/commands\/\S+/),
    ]);
    expect(await send()).toMatchObject({ code: 0, stdout: expect.stringContaining('containment') });
  });
});

describe('evidence from the command line', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'isms-evidence-'));
  const add = (file: string, ...more: string[]) => as('leon.fischer', ['evidence', 'add', file, ...more]);

  it('is stored byte by byte under its hash, with its own name alone', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 27, 91, 50, 74]);
    const file = path.join(folder, 'scan 100%25.bin');
    writeFileSync(file, bytes);
    const { json } = await add(file, '--json', '--type', 'image/png');
    expect(json()).toEqual({
      sha256: createHash('sha256').update(bytes).digest('hex'),
      size: 8,
      name: 'scan 100%25.bin',
      mediaType: 'image/png',
    });
  });

  it('of nothing is refused, and a file that is not there ends with 2', async () => {
    const empty = path.join(folder, 'empty.txt');
    writeFileSync(empty, '');
    expect(await add(empty)).toMatchObject({ code: 1, stderr: expect.stringContaining('empty') });
    expect(await add(path.join(folder, 'absent.txt'))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read'),
    });
  });
});

describe('text that others wrote', () => {
  it('cannot steer the terminal, in tables or in JSON, and is the same text for programs', async () => {
    const title = 'Ok \u202egnp.exe <b>שלום</b> 👩‍👩‍👧';
    const { ref } = await openCase({ ...report, title, statement: 'x'.repeat(3_000) + '\u001b[2J\u009b31m' });
    const [shown, listed, forPrograms] = await Promise.all([
      as('anna.berger', ['show', ref]),
      as('anna.berger', ['list']),
      as('anna.berger', ['show', ref, '--json']),
    ]);
    for (const sign of ['\u001b', '\u009b', '\u202e']) {
      for (const { stdout } of [shown, listed, forPrograms]) expect(stdout).not.toContain(sign);
    }
    expect(shown.stdout).toContain('Ok <U+202E>gnp.exe <b>שלום</b> 👩‍👩‍👧');
    expect((forPrograms.json() as CaseView).title).toBe(title);
  });
});
