import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { organisationFileSchema, roleNames } from '../../contracts/organisation.ts';
import type { OrganisationFile, Person, RoleAssignment, RoleName } from '../../contracts/organisation.ts';

export function demoText(name: 'organisation.json' | 'people.csv'): string {
  return readFileSync(new URL(`../../demo/${name}`, import.meta.url), 'utf8');
}

/** The demo company, fresh for every test. */
export function demoOrganisation(): OrganisationFile {
  return organisationFileSchema.parse(JSON.parse(demoText('organisation.json')));
}

interface Sketch {
  people: (Partial<Person> & { id: string })[];
  roles?: RoleAssignment[];
  zone?: string;
}

/** A company of one site and one unit, `office`, with those people and roles. */
export function organisationOf({ people, roles = [], zone = 'Europe/Berlin' }: Sketch): OrganisationFile {
  return {
    organisation: { name: 'Sketch', zone, locale: 'en-GB' },
    calendars: [{ id: 'plain', zone, weekend: [6, 7], holidays: {}, halfDays: {} }],
    sites: [{ id: 'main', name: 'Main', zone, calendar: 'plain' }],
    units: [{ id: 'office', name: 'Office', site: 'main' }],
    people: people.map((person) => ({
      name: person.id,
      email: `${person.id}@sketch.example`,
      unit: 'office',
      ...person,
    })),
    roles,
  };
}

export function role(name: RoleName, person: string, rest: Partial<RoleAssignment> = {}): RoleAssignment {
  return { role: name, person, ...rest };
}

const dates = ['2026-01-01', '2026-06-15', '2026-10-25', '2027-03-28', '9999-12-31'] as const;
const someDate = fc.option(fc.constantFrom(...dates), { nil: undefined });

/** Instants around the dates of `anyOrganisation`, both sides of midnight in Berlin. */
export const anyInstant = fc.constantFrom(
  '2025-12-31T22:59:59.999Z',
  '2025-12-31T23:00:00.000Z',
  '2026-06-15T12:00:00.000Z',
  '2026-10-25T22:59:59.999Z',
  '2026-10-25T23:00:00.000Z',
  '2027-06-01T00:00:00.000Z',
);

/** Small organisations with leavers, vacancies, several heads, nobody above, and even managers in a circle. */
export const anyOrganisation: fc.Arbitrary<OrganisationFile> = fc
  .integer({ min: 1, max: 9 })
  .chain((size) => {
    const id = fc.integer({ min: 0, max: size - 1 }).map((n) => `p${n}`);
    const validity = { from: someDate, until: someDate };
    const person = fc.record({ manager: fc.option(id, { nil: undefined, freq: 3 }), ...validity });
    const assignment = fc.record({
      role: fc.constantFrom(...roleNames, 'TOP_MGMT' as const, 'ISO' as const, 'WITNESS' as const),
      person: id,
      unit: fc.option(fc.constant('office'), { nil: undefined, freq: 1 }),
      ...validity,
    });
    return fc.tuple(
      fc.array(person, { minLength: size, maxLength: size }),
      fc.array(assignment, { maxLength: 8 }),
    );
  })
  .map(([people, roles]) =>
    organisationOf({ people: people.map((person, n) => ({ ...person, id: `p${n}` })), roles }),
  );
