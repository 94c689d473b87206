import { describe, expect, it } from 'vitest';
import { organisationFileSchema } from '../../contracts/organisation.ts';
import type { OrganisationFile, RoleAssignment } from '../../contracts/organisation.ts';
import { validateOrganisation } from '../../domain/directory/validation.ts';
import type { OrganisationProblem, OrganisationProblemCode } from '../../domain/directory/validation.ts';
import { problemText } from '../../domain/directory/organisation-problems.ts';
import { demoOrganisation, organisationOf, role } from './organisations.ts';

/** The demo company after one change, and what validation says about it. */
function errorsAfter(change: (data: OrganisationFile) => void): OrganisationProblem[] {
  const data = demoOrganisation();
  change(data);
  return validateOrganisation(data).errors;
}

function warningsOf(data: OrganisationFile): OrganisationProblem[] {
  return validateOrganisation(data).warnings;
}

function codes(problems: readonly OrganisationProblem[]): OrganisationProblemCode[] {
  return problems.map(({ code }) => code);
}

function find<T extends { id: string }>(items: T[], id: string): T {
  const item = items.find((each) => each.id === id);
  if (item === undefined) throw new Error(`no ${id}`);
  return item;
}

describe('an organisation is refused', () => {
  it('when an id is used twice', () => {
    const errors = errorsAfter((data) => data.units.push({ ...find(data.units, 'it'), name: 'IT again' }));
    expect(errors).toMatchObject([{ code: 'DUPLICATE_ID', path: ['units', 10, 'id'], data: { id: 'it' } }]);
  });

  it('when two people share an address, however it is written', () => {
    const errors = errorsAfter(
      (data) => (find(data.people, 'felix.bauer').email = 'Anna.Berger@LINDWURM-medtech.example'),
    );
    expect(errors).toMatchObject([
      { code: 'DUPLICATE_EMAIL', data: { people: ['anna.berger', 'felix.bauer'] } },
    ]);
  });

  it('when something refers to what is not there', () => {
    const errors = errorsAfter((data) => {
      find(data.sites, 'berlin').calendar = 'DE-XX';
      find(data.units, 'it').site = 'bonn';
      find(data.units, 'it').parent = 'technology';
      find(data.units, 'it').head = 'nobody';
      find(data.people, 'felix.bauer').unit = 'labs';
      find(data.people, 'felix.bauer').manager = 'ghost';
      data.roles.push(role('DPO', 'phantom', { unit: 'attic' }));
    });
    expect(errors.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['UNKNOWN_CALENDAR', 'sites.1.calendar'],
      ['UNKNOWN_UNIT', 'units.3.parent'],
      ['UNKNOWN_SITE', 'units.3.site'],
      ['UNKNOWN_PERSON', 'units.3.head'],
      ['UNKNOWN_UNIT', 'people.10.unit'],
      ['UNKNOWN_PERSON', 'people.10.manager'],
      ['UNKNOWN_PERSON', 'roles.11.person'],
      ['UNKNOWN_UNIT', 'roles.11.unit'],
    ]);
  });

  it('when people manage each other in a circle, which is then named', () => {
    const errors = errorsAfter((data) => (find(data.people, 'stefan.krause').manager = 'mehmet.demir'));
    expect(codes(errors)).toEqual(['MANAGER_CYCLE']);
    expect(errors[0]?.message).toContain('stefan.krause → mehmet.demir → lea.hoffmann → stefan.krause');
  });

  it('when somebody is their own manager', () => {
    const errors = errorsAfter((data) => (find(data.people, 'nina.schuster').manager = 'nina.schuster'));
    expect(errors).toMatchObject([{ code: 'MANAGER_CYCLE', data: { people: ['nina.schuster'] } }]);
  });

  it('when units lie within each other', () => {
    const errors = errorsAfter((data) => (find(data.units, 'management').parent = 'it-operations'));
    expect(errors).toMatchObject([
      { code: 'UNIT_CYCLE', data: { units: ['management', 'it-operations', 'it'] } },
    ]);
  });

  it('when a period ends before it begins', () => {
    const errors = errorsAfter((data) => {
      Object.assign(find(data.people, 'felix.bauer'), { from: '2026-02-01', until: '2026-01-31' });
      data.roles.push(role('LEGAL', 'ingrid.pohl', { from: '2026-02-02', until: '2026-02-01' }));
    });
    expect(codes(errors)).toEqual(['UNTIL_BEFORE_FROM', 'UNTIL_BEFORE_FROM']);
  });

  it('when nobody is ISO or TOP_MGMT, or only limited to a unit or outside their own time', () => {
    const limited = [role('ISO', 'anna.berger', { unit: 'it' }), role('TOP_MGMT', 'katharina.vogt')];
    expect(codes(errorsAfter((data) => (data.roles = [])))).toEqual(['NO_ISO', 'NO_TOP_MGMT']);
    expect(codes(errorsAfter((data) => (data.roles = limited)))).toEqual(['NO_ISO']);
    const beforeJoining = errorsAfter((data) => {
      find(data.people, 'anna.berger').from = '2027-01-01';
      data.roles = [role('ISO', 'anna.berger', { until: '2026-12-31' }), role('TOP_MGMT', 'katharina.vogt')];
    });
    expect(codes(beforeJoining)).toEqual(['NO_ISO']);
  });

  it('in words that say what to do', () => {
    const [error] = errorsAfter((data) => (find(data.people, 'felix.bauer').unit = 'labs'));
    expect(error?.message).toBe('There is no unit labs: add it or correct the id.');
  });
});

describe('an organisation is warned', () => {
  const people = [{ id: 'ceo' }, { id: 'anna', manager: 'ceo' }, { id: 'bert' }, { id: 'cleo' }, { id: 'dora' }];
  const complete = [
    role('TOP_MGMT', 'ceo'),
    role('WITNESS', 'cleo'),
    role('ISO', 'anna'),
    role('ISO_DEPUTY', 'bert'),
    role('AUDITOR', 'bert'),
  ];
  const warnings = (roles: RoleAssignment[]): OrganisationProblemCode[] =>
    codes(warningsOf(organisationOf({ people, roles })));
  const without = (...names: string[]): RoleAssignment[] =>
    complete.filter((each) => !names.includes(each.role));

  it('about nothing when every office is filled by somebody of their own', () => {
    expect(warnings(complete)).toEqual([]);
  });

  it('when the ISO reports to whoever heads IT, works in IT or below it, or administers systems', () => {
    const reporting = (manager: string, unit: string): OrganisationProblem[] => {
      const data = demoOrganisation();
      find(data.people, 'anna.berger').manager = manager;
      find(data.people, 'felix.bauer').unit = unit;
      data.units.push({ id: 'it-berlin', name: 'IT Berlin', parent: 'it', site: 'berlin' });
      data.units.unshift({ id: 'it-lab', name: 'IT laboratory', parent: 'it-berlin', site: 'berlin' });
      return warningsOf(data);
    };
    const warning = { code: 'ISO_REPORTS_TO_IT', path: ['people', 1, 'manager'] };
    expect(reporting('thomas.reiter', 'development')).toMatchObject([warning]);
    expect(reporting('felix.bauer', 'it-lab')).toMatchObject([warning]);
    expect(reporting('leon.fischer', 'development')).toMatchObject([warning]);
    expect(reporting('felix.bauer', 'development')).toEqual([]);
  });

  it('when the ISO also audits or administers', () => {
    const both = [...complete, role('LEAD_AUDITOR', 'anna'), role('ADMIN', 'anna')];
    expect(warnings(both)).toEqual(['ISO_HOLDS_ROLE', 'ISO_HOLDS_ROLE', 'ROLES_COLLIDE']);
  });

  it('not about an ISO who audited before taking the office', () => {
    const earlier = [role('AUDITOR', 'anna', { until: '2026-05-31' }), role('AUDITOR', 'bert')];
    const iso = role('ISO', 'anna', { from: '2026-06-01' });
    expect(warnings([...without('ISO', 'AUDITOR'), ...earlier, iso])).toEqual([]);
  });

  it('when the ISO has no deputy, or is the only one', () => {
    expect(warnings(without('ISO_DEPUTY'))).toEqual(['NO_ISO_DEPUTY']);
    expect(warnings([...without('ISO_DEPUTY'), role('ISO_DEPUTY', 'anna')])).toEqual(['NO_ISO_DEPUTY']);
  });

  it('when a sole TOP_MGMT has no witness, also where each of two is sole in their own time', () => {
    expect(warnings(without('WITNESS'))).toEqual(['NO_WITNESS']);
    expect(warnings([...without('WITNESS'), role('TOP_MGMT', 'bert')])).toEqual([]);
    const oneAfterTheOther = [
      role('TOP_MGMT', 'ceo', { until: '2026-12-31' }),
      role('TOP_MGMT', 'bert', { from: '2027-01-01' }),
    ];
    expect(warnings([...without('WITNESS', 'TOP_MGMT'), ...oneAfterTheOther])).toEqual([
      'NO_WITNESS',
      'NO_WITNESS',
    ]);
  });

  it('when nobody besides the ISO could audit', () => {
    expect(warnings(without('AUDITOR'))).toEqual(['NO_INDEPENDENT_AUDITOR']);
    expect(warnings([...without('AUDITOR'), role('AUDITOR', 'anna')])).toEqual([
      'ISO_HOLDS_ROLE',
      'NO_INDEPENDENT_AUDITOR',
    ]);
  });

  it.each([
    ['who manages the audit programme approves it (SOD-08)', [role('AUDIT_PROGRAMME_MANAGER', 'ceo')], ['ROLES_COLLIDE']],
    ['who audits administers the systems (SOD-01)', [role('ADMIN', 'cleo'), role('LEAD_AUDITOR', 'cleo')], ['ROLES_COLLIDE']],
    ['an auditor from outside holds an office here', [role('EXTERNAL_AUDITOR', 'bert')], ['ROLES_COLLIDE']],
    ['the ISO is TOP_MGMT as well', [role('TOP_MGMT', 'anna')], ['ISO_IS_TOP_MGMT']],
    ['who administers would approve the emergency access', [role('ADMIN', 'ceo')], ['ISO_REPORTS_TO_IT', 'ADMIN_IS_TOP_MGMT']],
    ['the DPO decides about the processing', [role('DPO', 'ceo')], ['DPO_HOLDS_ROLE']],
  ])('when %s', (_, more, expected) => {
    expect(warnings([...complete, ...more])).toEqual(expected);
  });

  it('when the ISO or an auditor belongs to a unit that runs IT', () => {
    const it = (data: OrganisationFile) => ({ ...data, units: data.units.map((unit) => ({ ...unit, runsIt: true })) });
    expect(codes(warningsOf(it(organisationOf({ people, roles: complete }))))).toEqual(
      expect.arrayContaining(['ISO_RUNS_IT', 'AUDITOR_RUNS_IT']),
    );
  });

  it('when there are too few people to keep the duties apart, external ones not counted', () => {
    const few = [{ id: 'ceo' }, { id: 'anna', manager: 'ceo' }, { id: 'bert', external: true }, { id: 'cleo', external: true }, { id: 'dora' }];
    expect(warningsOf(organisationOf({ people: few, roles: complete }))).toMatchObject([{ code: 'TOO_FEW_PEOPLE', data: { people: 3 } }]);
  });

  it('in German and in English', () => {
    const [warning] = warningsOf(organisationOf({ people, roles: [...complete, role('TOP_MGMT', 'anna')] }));
    expect(problemText(warning!, 'de')).toContain('benennen Sie');
    expect(problemText(warning!, 'en')).toBe(warning!.message);
  });

  it('when an office falls vacant, with the first day on which it does', () => {
    const ends = [role('ISO', 'anna', { until: '2026-12-31' })];
    const gap = [...ends, role('ISO', 'bert', { from: '2027-01-02' })];
    const handover = [...ends, role('ISO', 'bert', { from: '2027-01-01' })];
    const rest = [
      ...without('ISO', 'ISO_DEPUTY', 'AUDITOR'),
      role('ISO_DEPUTY', 'cleo'),
      role('AUDITOR', 'cleo'),
    ];
    const vacancy = { code: 'ROLE_FALLS_VACANT', data: { role: 'ISO', day: '2027-01-01' } };
    expect(warningsOf(organisationOf({ people, roles: [...rest, ...ends] }))).toMatchObject([vacancy]);
    expect(warningsOf(organisationOf({ people, roles: [...rest, ...gap] }))).toMatchObject([vacancy]);
    expect(warnings([...rest, ...handover])).toEqual([]);
    const stepIn = [...ends, role('ISO', 'bert', { from: '2026-06-01', until: '2026-06-30' })];
    expect(warningsOf(organisationOf({ people, roles: [...rest, ...stepIn] }))).toMatchObject([vacancy]);
  });

  it('when the last holder of an office leaves', () => {
    const leaving = people.map((each) => (each.id === 'anna' ? { ...each, until: '2027-02-28' } : each));
    expect(warningsOf(organisationOf({ people: leaving, roles: complete }))).toMatchObject([
      { code: 'ROLE_FALLS_VACANT', data: { role: 'ISO', day: '2027-03-01' } },
    ]);
  });
});

describe('the schema of the organisation file', () => {
  const parse = (change: (data: Record<string, unknown>) => void): string[] => {
    const data = structuredClone(demoOrganisation()) as unknown as Record<string, unknown>;
    change(data);
    const result = organisationFileSchema.safeParse(data);
    return result.success ? [] : result.error.issues.map(({ path }) => path.join('.'));
  };
  const withPerson = (fields: Record<string, unknown>): string[] =>
    parse((data) => (data.people = [{ id: 'x', name: 'X', email: 'x@x.example', unit: 'it', ...fields }]));

  it('takes names in any script', () => {
    expect(withPerson({ name: 'محمد الأمين 🦊 <b>Ümit</b>' })).toEqual([]);
  });

  it('refuses fields it does not know', () => {
    expect(withPerson({ nickname: 'Ix' })).toEqual(['people.0']);
  });

  it.each([
    ['an id with capitals or a path', { id: '../X' }, 'people.0.id'],
    ['a date that does not exist', { until: '2027-02-29' }, 'people.0.until'],
    ['a name that is empty', { name: '  ' }, 'people.0.name'],
    ['a name that turns its text around', { name: 'anna\u202Egnp.exe' }, 'people.0.name'],
    ['an address that is none', { email: 'x at y' }, 'people.0.email'],
  ])('refuses %s', (_, fields, path) => {
    expect(withPerson(fields)).toEqual([path]);
  });

  it('refuses a role and a zone that do not exist', () => {
    expect(parse((data) => (data.roles = [{ role: 'KING', person: 'anna.berger' }]))).toEqual([
      'roles.0.role',
    ]);
    expect(
      parse((data) => (data.sites = [{ id: 'm', name: 'M', zone: 'Europe/Atlantis', calendar: 'DE-BY' }])),
    ).toEqual(['sites.0.zone']);
  });
});
