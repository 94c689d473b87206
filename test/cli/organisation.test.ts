import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { type TestDatabase, createTestDatabase } from '../support/database.ts';
import { demoOrganisation } from '../support/in-process-engine.ts';
import { isms } from './isms.ts';
import { createPool } from '../../prisma/pool.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'isms-organisation-'));

function fileWith(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const why = ['--reason', 'First load'];

describe('isms organisation', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = createPool(database.url, { max: 2 });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const here = () => ({ env: { DATABASE_URL: database.url } });
  const revisions = async () =>
    (
      await pool.query<{ revision: number }>('SELECT revision FROM organisation_revision ORDER BY 1')
    ).rows.map(({ revision }) => revision);

  it('says what to do while none is loaded', async () => {
    const [shown, merged] = await Promise.all([
      isms(['organisation', 'show'], here()),
      isms(['organisation', 'import', fileWith('first.csv', 'id,name,email,unit\n'), ...why], here()),
    ]);
    expect([shown.code, shown.stderr]).toEqual([5, expect.stringContaining('isms organisation import')]);
    expect([merged.code, merged.stderr]).toEqual([2, expect.stringContaining('--base')]);
  });

  it('import names every problem of a file and loads nothing of it', async () => {
    const broken = demoOrganisation();
    broken.people[1]!.unit = 'nowhere';
    broken.people[2]!.manager = 'nobody';
    broken.roles = broken.roles.filter(({ role }) => role !== 'TOP_MGMT');
    const { code, stdout } = await isms(
      ['organisation', 'import', fileWith('broken.json', broken), ...why],
      here(),
    );
    expect(stdout).toContain('There is no unit nowhere');
    expect(stdout).toContain('There is no person nobody');
    expect(stdout).toContain('Nobody is TOP_MGMT');
    expect(stdout).toContain('put these 3 things right first');
    expect([code, await revisions()]).toEqual([1, []]);
  });

  it.each([
    ['a file that is no JSON', 'no.json', '{', 'not valid JSON'],
    ['fields that do not exist', 'fields.json', { ...demoOrganisation(), staff: [] }, 'staff'],
    ['a date that does not exist', 'date.json', withLastDay('2026-02-30'), 'people.0.until'],
    ['a name that steers terminals', 'name.json', withName('Eve\u001b[2J'), 'people.0.name'],
  ])('import refuses %s and says where', async (_, name, content, expected) => {
    const { code, stdout } = await isms(['organisation', 'import', fileWith(name, content), ...why], here());
    expect(stdout).toContain(expected);
    expect(code).toBe(1);
  });

  it.each([
    ['no reason', ['demo/organisation.json'], '--reason'],
    ['a file of another kind', ['README.md', ...why], 'neither .json'],
    ['a file that is not there', ['/no/such.json', ...why], '/no/such.json cannot be read'],
  ])('import with %s ends with 2', async (_, args, expected) => {
    const { code, stderr } = await isms(['organisation', 'import', ...args], here());
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('import --dry-run checks, shows the warnings and changes nothing', async () => {
    const lonely = demoOrganisation();
    lonely.roles = lonely.roles.filter(({ role }) => role !== 'ISO_DEPUTY');
    const { code, json } = await isms(
      ['organisation', 'import', fileWith('lonely.json', lonely), '--dry-run', '--json'],
      here(),
    );
    expect(json()).toMatchObject({
      outcome: 'CHECKED',
      problems: [],
      warnings: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('ISO_DEPUTY') }),
      ]),
    });
    expect([code, await revisions()]).toEqual([0, []]);
  });

  it('import loads a file as an entry of the journal, with the reason, and once', async () => {
    const first = await isms(
      ['organisation', 'import', 'demo/organisation.json', '--reason', 'First load 🎉', '--json'],
      here(),
    );
    expect(first.json()).toMatchObject({ outcome: 'LOADED', revision: 1, people: 20 });
    const again = await isms(['organisation', 'import', 'demo/organisation.json', ...why], here());
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Nothing to do')]);
    const { rows } = await pool.query<{ payload: unknown }>(
      `SELECT payload FROM entry JOIN entry_payload USING (stream, version) WHERE type = 'ORGANISATION_IMPORTED'`,
    );
    expect(rows).toEqual([{ payload: expect.objectContaining({ reason: 'First load 🎉' }) }]);
  });

  it('import merges a people file into what is loaded, and names the line of a mistake', async () => {
    const head = 'id;name;email;unit;manager;roles\n';
    const bad = await isms(
      [
        'organisation',
        'import',
        fileWith('bad.csv', `${head}nina.neu;Nina Neu;nina@example.com;nowhere;anna.berger;AUDITOR\n`),
        ...why,
      ],
      here(),
    );
    expect([bad.code, bad.stdout]).toEqual([1, expect.stringMatching(/line 2 +There is no unit nowhere/)]);
    const good = await isms(
      [
        'organisation',
        'import',
        fileWith('good.csv', `${head}nina.neu;Nina Neu;nina@example.com;it;thomas.reiter;AUDITOR\n`),
        '--reason',
        'Joins',
        '--json',
      ],
      here(),
    );
    expect(good.json()).toMatchObject({ outcome: 'LOADED', revision: 2, people: 21 });
    const shown = await isms(['organisation', 'show'], here());
    expect(shown.stdout).toMatch(/nina\.neu +Nina Neu +it +thomas\.reiter +AUDITOR/);
  });

  it('import keeps whom a file leaves out; with --complete they end, and their departures are opened', async () => {
    const [stays, dry] = await Promise.all([
      isms(['organisation', 'import', 'demo/organisation.json', '--dry-run'], here()),
      isms(['organisation', 'import', 'demo/organisation.json', '--complete', '--dry-run', '--json'], here()),
    ]);
    expect([stays.code, stays.stdout]).toEqual([0, expect.stringContaining('Nothing to do')]);
    expect(dry.json()).toMatchObject({
      outcome: 'CHECKED',
      endings: [{ kind: 'LEAVES', person: 'nina.neu', openCases: 0 }],
      departures: [],
    });
    const ends = await isms(
      ['organisation', 'import', 'demo/organisation.json', '--complete', '--reason', 'Back', '--json'],
      here(),
    );
    expect(ends.json()).toMatchObject({ outcome: 'LOADED', revision: 3, departures: [expect.stringMatching(/^DEP-/)] });
    const again = await isms(['organisation', 'import', 'demo/organisation.json', '--complete', ...why], here());
    expect(again.stdout).toContain('Nothing to do');
  });

  it('import never takes the last ISO or TOP_MGMT away', async () => {
    const { people, ...rest } = demoOrganisation();
    const without = { ...rest, people: people.filter(({ id }) => id !== 'anna.berger') };
    without.units = without.units.map(({ head, ...unit }) => (head === 'anna.berger' ? unit : { ...unit, head }));
    without.roles = without.roles.filter(({ person }) => person !== 'anna.berger');
    const { code, stdout } = await isms(
      ['organisation', 'import', fileWith('without.json', without), '--complete', ...why],
      here(),
    );
    expect([code, stdout]).toEqual([1, expect.stringMatching(/nobody is ISO/)]);
  });

  it('import changes no calendar that is in force: that takes a second person', async () => {
    const before = await revisions();
    const moved = demoOrganisation();
    moved.calendars[0]!.holidays['2026-12-23'] = 'Closed';
    const { code, stdout } = await isms(['organisation', 'import', fileWith('moved.json', moved), ...why], here());
    expect([code, await revisions()]).toEqual([1, before]);
    expect(stdout).toContain('DE-BY is in force with other days: change it with isms open configurationChange');
  });

  it('show --json gives a file that can be imported again', async () => {
    const { json } = await isms(['organisation', 'show', '--json'], here());
    const { revision, data } = json() as { revision: number; data: OrganisationFile };
    expect(revision).toBe(3);
    expect(data.people.filter(({ id }) => id !== 'nina.neu')).toEqual(demoOrganisation().people);
    const again = await isms(['organisation', 'import', fileWith('shown.json', data), ...why], here());
    expect(again.stdout).toContain('Nothing to do');
  });

  it('the calendar of a site can be asked by its name', async () => {
    const ask = (...site: string[]) =>
      isms(['calendar', 'due', '--anchor', '2026-12-21', '--duration', '3wd', ...site], here());
    const { sites } = demoOrganisation();
    const [first, named, unknown] = await Promise.all([
      ask(),
      ask('--calendar', sites[0]!.id),
      ask('--calendar', 'atlantis'),
    ]);
    expect(first.stdout).toContain(sites[0]!.calendar);
    expect(named.stdout).toBe(first.stdout);
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining(sites[0]!.id)]);
  });

  it('show --as-of tells the organisation as it was recorded then, and what to write where it is no day', async () => {
    const [now, before, wrong] = await Promise.all([
      isms(['organisation', 'show', '--as-of', '2999-01-01'], here()),
      isms(['organisation', 'show', '--as-of', '1999-01-01'], here()),
      isms(['organisation', 'show', '--as-of', 'yesterday'], here()),
    ]);
    expect(now.stdout).toMatch(/anna\.berger .*ISO/);
    expect([before.code, before.stderr]).toEqual([5, expect.stringContaining('1999-01-01')]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('2026-12-31')]);
  });

  it('a key or a sign-in link is made for people of the directory alone', async () => {
    const [key, link, nobody] = await Promise.all([
      isms(['key', 'create', 'anna.berger', '--json'], here()),
      isms(['sign-in-link', 'anna.berger'], { env: { ...here().env, PUBLIC_URL: 'https://isms.example' } }),
      isms(['sign-in-link', 'nobody.here'], here()),
    ]);
    expect(key.json()).toMatchObject({
      person: 'anna.berger',
      days: 90,
      key: expect.stringMatching(/^isms_/),
    });
    expect(link.stdout).toMatch(/https:\/\/isms\.example\/sign-in\?token=\S+/);
    expect([nobody.code, nobody.stderr]).toEqual([5, expect.stringContaining('import the person first')]);
  });
});

function withLastDay(until: string): OrganisationFile {
  const [first, ...others] = demoOrganisation().people;
  return { ...demoOrganisation(), people: [{ ...first!, until }, ...others] };
}

function withName(name: string): OrganisationFile {
  const [first, ...others] = demoOrganisation().people;
  return { ...demoOrganisation(), people: [{ ...first!, name }, ...others] };
}
