import type { OrganisationFile } from '../../contracts/organisation.ts';
import { groupBy } from './group-by.ts';
import { findCycles } from './hierarchy.ts';
import { problem } from './organisation-problems.ts';
import type { OrganisationProblem } from './organisation-problems.ts';
import type { Days } from './validity.ts';

/** What makes the file contradict itself: double ids, names that lead nowhere, circles, periods that end before they begin. */
export function findBrokenReferences(data: OrganisationFile): OrganisationProblem[] {
  return [
    ...duplicateIds(data),
    ...duplicateEmails(data),
    ...unknownReferences(data),
    ...circles(data),
    ...reversedPeriods(data),
  ];
}

function duplicateIds(data: OrganisationFile): OrganisationProblem[] {
  return (['calendars', 'sites', 'units', 'people'] as const).flatMap((list) => {
    const ids = data[list].map(({ id }, index) => ({ id, index }));
    return [...groupBy(ids, ({ id }) => id).values()].flatMap(([, ...repetitions]) =>
      repetitions.map(({ id, index }) => problem('DUPLICATE_ID', [list, index, 'id'], { id })),
    );
  });
}

function duplicateEmails({ people }: OrganisationFile): OrganisationProblem[] {
  const byEmail = groupBy(people, (person) => person.email.toLowerCase());
  return [...byEmail].flatMap(([email, owners]) => {
    const last = owners.at(-1);
    if (owners.length < 2 || last === undefined) return [];
    const path = ['people', people.indexOf(last), 'email'];
    return [problem('DUPLICATE_EMAIL', path, { email, people: owners.map(({ id }) => id) })];
  });
}

function unknownReferences(data: OrganisationFile): OrganisationProblem[] {
  const check = createReferenceCheck(data);
  return [
    ...data.sites.flatMap((site, n) => check.calendar(site.calendar, ['sites', n, 'calendar'])),
    ...data.units.flatMap((unit, n) => [
      ...check.unit(unit.parent, ['units', n, 'parent']),
      ...check.site(unit.site, ['units', n, 'site']),
      ...check.person(unit.head, ['units', n, 'head']),
    ]),
    ...data.people.flatMap((person, n) => [
      ...check.unit(person.unit, ['people', n, 'unit']),
      ...check.person(person.manager, ['people', n, 'manager']),
    ]),
    ...data.roles.flatMap((role, n) => [
      ...check.person(role.person, ['roles', n, 'person']),
      ...check.unit(role.unit, ['roles', n, 'unit']),
    ]),
  ];
}

type Check = (id: string | undefined, path: (string | number)[]) => OrganisationProblem[];

function createReferenceCheck(
  data: OrganisationFile,
): Record<'calendar' | 'site' | 'unit' | 'person', Check> {
  const against = (
    known: readonly { id: string }[],
    report: (id: string, path: (string | number)[]) => OrganisationProblem,
  ): Check => {
    const ids = new Set(known.map(({ id }) => id));
    return (id, path) => (id === undefined || ids.has(id) ? [] : [report(id, path)]);
  };
  return {
    calendar: against(data.calendars, (calendar, path) => problem('UNKNOWN_CALENDAR', path, { calendar })),
    site: against(data.sites, (site, path) => problem('UNKNOWN_SITE', path, { site })),
    unit: against(data.units, (unit, path) => problem('UNKNOWN_UNIT', path, { unit })),
    person: against(data.people, (person, path) => problem('UNKNOWN_PERSON', path, { person })),
  };
}

function circles({ people, units }: OrganisationFile): OrganisationProblem[] {
  const line = people.map(({ id, manager }) => ({ id, parent: manager }));
  return [
    ...findCycles(line).map((ids) =>
      problem('MANAGER_CYCLE', ['people', indexOfId(people, ids[0]), 'manager'], { people: ids }),
    ),
    ...findCycles(units).map((ids) =>
      problem('UNIT_CYCLE', ['units', indexOfId(units, ids[0]), 'parent'], { units: ids }),
    ),
  ];
}

function indexOfId(items: readonly { id: string }[], id: string | undefined): number {
  return items.findIndex((item) => item.id === id);
}

function reversedPeriods({ people, roles }: OrganisationFile): OrganisationProblem[] {
  const reversed = (list: 'people' | 'roles', { from, until }: Days, index: number): OrganisationProblem[] =>
    from === undefined || until === undefined || from <= until
      ? []
      : [problem('UNTIL_BEFORE_FROM', [list, index, 'until'], { from, until })];
  return [
    ...people.flatMap((person, index) => reversed('people', person, index)),
    ...roles.flatMap((role, index) => reversed('roles', role, index)),
  ];
}
