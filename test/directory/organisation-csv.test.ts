import { describe, expect, it } from 'vitest';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { importPeopleCsv } from '../../domain/directory/organisation-csv.ts';
import { demoOrganisation, demoText, role } from './organisations.ts';

const header = 'id,name,email,unit,manager,roles,from,until,external';

function imported(csv: string, base = demoOrganisation()): OrganisationFile {
  const result = importPeopleCsv(csv, base);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.organisation;
}

function refused(csv: string, base = demoOrganisation()): [number | null, string][] {
  const result = importPeopleCsv(csv, base);
  if (result.ok) throw new Error('was imported');
  return result.problems.map(({ line, reason }) => [line, reason]);
}

describe('a people file', () => {
  it('fills an organisation without people: the demo company is the same from both files', () => {
    const demo = demoOrganisation();
    expect(imported(demoText('people.csv'), { ...demo, people: [], roles: [] })).toEqual(demo);
  });

  it('changes nothing when it says what is already there', () => {
    expect(imported(demoText('people.csv'))).toEqual(demoOrganisation());
  });

  it('adds people, changes those it lists and leaves the others', () => {
    const demo = demoOrganisation();
    const data = imported(
      `${header}
uwe.lang,"Lang, Uwe",uwe.lang@lindwurm-medtech.example,it,thomas.reiter,admin | DPO,2027-01-01,2027-12-31,yes
felix.bauer,Felix Bauer,felix.bauer@lindwurm-medtech.example,development,stefan.krause,,,2026-12-31,
`,
      demo,
    );
    expect(data.people).toHaveLength(21);
    expect(data.people.at(-1)).toEqual({
      id: 'uwe.lang',
      name: 'Lang, Uwe',
      email: 'uwe.lang@lindwurm-medtech.example',
      unit: 'it',
      manager: 'thomas.reiter',
      from: '2027-01-01',
      until: '2027-12-31',
      external: true,
    });
    expect(data.people.find(({ id }) => id === 'felix.bauer')?.until).toBe('2026-12-31');
    expect(data.roles.slice(demo.roles.length)).toEqual([role('ADMIN', 'uwe.lang'), role('DPO', 'uwe.lang')]);
    expect(demo).toEqual(demoOrganisation());
  });

  it('reads up to which level a person accepts risks alone, and what he may spend on a plan', () => {
    const csv = `id,name,email,unit,acceptanceLimit,budgetLimit
thomas.reiter,Thomas Reiter,thomas.reiter@lindwurm-medtech.example,it,high,"25000,50"
stefan.krause,Stefan Krause,stefan.krause@lindwurm-medtech.example,development,,
`;
    const { people } = imported(csv);
    expect(people.find(({ id }) => id === 'thomas.reiter')).toMatchObject({ acceptanceLimit: 'high', budgetLimit: 25000.5 });
    expect(people.find(({ id }) => id === 'stefan.krause')).not.toHaveProperty('budgetLimit');
    expect(refused(csv.replace('high', 'all').replace('"25000,50"', 'much'))).toEqual([[2, expect.stringContaining('budgetLimit: "much" is no amount')]]);
    expect(refused(csv.replace('high', 'all'))).toEqual([[2, expect.stringContaining('acceptanceLimit')]]);
  });

  it('makes the roles it lists exactly those of the person, but keeps their dates and those limited to a part', () => {
    const demo = demoOrganisation();
    demo.roles.push(role('AUDITOR', 'felix.bauer', { from: '2026-01-01' }), role('DPO', 'felix.bauer'));
    demo.roles.push(
      role('LEGAL', 'felix.bauer', { unit: 'sales' }),
      role('ISO', 'felix.bauer', { scope: 'A.8' }),
    );
    const row = 'felix.bauer,Felix Bauer,felix.bauer@lindwurm-medtech.example,development,stefan.krause';
    const { roles } = imported(`${header}\n${row},LEGAL|AUDITOR,,,\n`, demo);
    expect(roles.filter(({ person }) => person === 'felix.bauer')).toEqual([
      role('AUDITOR', 'felix.bauer', { from: '2026-01-01' }),
      role('LEGAL', 'felix.bauer', { unit: 'sales' }),
      role('ISO', 'felix.bauer', { scope: 'A.8' }),
      role('LEGAL', 'felix.bauer'),
    ]);
  });

  it('leaves alone what it has no column for, and clears what has an empty cell', () => {
    const demo = demoOrganisation();
    const row = 'anna.berger,Anna Berger-Kurz,anna.berger@lindwurm-medtech.example,security';
    const short = imported(`id,name,email,unit\n${row}\n`, demo);
    expect(short.people[1]).toEqual({ ...demo.people[1], name: 'Anna Berger-Kurz' });
    expect(short.roles).toEqual(demo.roles);
    expect(imported(`id,name,email,unit,manager\n${row},\n`, demo).people[1]).not.toHaveProperty('manager');
  });

  it('may come from a spreadsheet: semicolons, byte-order mark, CRLF, empty lines, capitals in the header', () => {
    const csv = `\uFEFFID;Name;Email;Unit;Roles\r\n\r\nuwe.lang;Lang, Uwe;uwe@x.example;it;DPO|LEGAL\r\n`;
    expect(imported(csv).people.at(-1)).toMatchObject({ id: 'uwe.lang', name: 'Lang, Uwe' });
  });

  it('tells the warnings of the organisation that it makes', () => {
    const row = 'martin.huber,Martin Huber,martin.huber@lindwurm-medtech.example,quality,';
    const result = importPeopleCsv(`id,name,email,unit,roles\n${row}\n`, demoOrganisation());
    expect(result).toMatchObject({ ok: true, warnings: [{ code: 'NO_ISO_DEPUTY' }] });
  });
});

describe('a bad people file imports nothing and', () => {
  it('names every bad line with what is wrong in it', () => {
    const problems = refused(`${header}
good.one,Good One,good.one@x.example,it,,,,,
Bad One,,bad.one@x.example,it,,,,,
bad.two,Bad Two,nowhere,it,,,2027-02-29,,
bad.three,"Bad
Three",bad.three@x.example,it,,KING,,,
bad.four,Bad Four,bad.four@x.example,it,,,,,perhaps
bad.five,Bad Five,bad.five@x.example
good.one,Good Again,good.again@x.example,it,,,,,
`);
    expect(problems.map(([line]) => line)).toEqual([3, 4, 5, 7, 8, 9]);
    expect(problems.map(([, reason]) => reason)).toEqual([
      'name: must not be empty',
      expect.stringMatching(/^email: .*; from: must be a date that exists/),
      expect.stringMatching(/^roles: there is no role "KING"; use TOP_MGMT, ISO,/),
      'external: "perhaps" is neither yes nor no',
      'there are 3 cells for 9 columns',
      'id: good.one stands in line 2 already',
    ]);
  });

  it('names the line of a person whose unit, manager or period does not fit', () => {
    const problems = refused(`${header}
a,A,a@x.example,attic,,,,,
b,B,b@x.example,it,ghost,,,,
c,C,anna.berger@lindwurm-medtech.example,it,,,2027-02-01,2027-01-31,
`);
    expect(problems).toEqual([
      [2, 'There is no unit attic: add it or correct the id.'],
      [3, 'There is no person ghost: add them or correct the id.'],
      [4, expect.stringContaining('share the address')],
      [4, expect.stringContaining('lies before the first')],
    ]);
  });

  it('names no line where the organisation it is merged into is at fault', () => {
    const problems = refused(`id,name,email,unit,roles\nanna.berger,A,a@x.example,security,\n`);
    expect(problems).toEqual([[null, expect.stringContaining('Nobody is ISO')]]);
  });

  it.each([
    ['is empty', '', 1, 'the file is empty'],
    ['has an unknown column', 'id,name,email,unit,shoe size\n', 1, 'there is no column "shoe size"'],
    ['lacks a column', 'id,name,unit\n', 1, 'the column email is missing'],
    ['has a column twice', 'id,name,email,unit,id\n', 1, 'a column stands there twice'],
    [
      'has quotes that do not pair up',
      'id,name,email,unit\n\na,"A,a@x.example,it\n',
      3,
      'quotes do not pair up',
    ],
  ])('says so when the file %s', (_, csv, line, reason) => {
    expect(refused(csv)).toEqual([[line, expect.stringContaining(reason)]]);
  });
});
