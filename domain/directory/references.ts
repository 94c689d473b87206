import type { Dated, OrganisationFile } from '../../contracts/organisation.ts';
import { overlapOf, valueOn, valuesOf } from './dated.ts';
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
    ...overlappingPeriods(data),
    ...ownSuccessors(data),
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
      ...check.unit(unit.successor, ['units', n, 'successor']),
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

type Check = (dated: Dated | undefined, path: (string | number)[]) => OrganisationProblem[];

function createReferenceCheck(
  data: OrganisationFile,
): Record<'calendar' | 'site' | 'unit' | 'person', Check> {
  const against = (
    known: readonly { id: string }[],
    report: (id: string, path: (string | number)[]) => OrganisationProblem,
  ): Check => {
    const ids = new Set(known.map(({ id }) => id));
    return (dated, path) => valuesOf(dated).flatMap(({ value }) => (ids.has(value) ? [] : [report(value, path)]));
  };
  return {
    calendar: against(data.calendars, (calendar, path) => problem('UNKNOWN_CALENDAR', path, { calendar })),
    site: against(data.sites, (site, path) => problem('UNKNOWN_SITE', path, { site })),
    unit: against(data.units, (unit, path) => problem('UNKNOWN_UNIT', path, { unit })),
    person: against(data.people, (person, path) => problem('UNKNOWN_PERSON', path, { person })),
  };
}

/** On every day on which somebody's place in the line changes. */
function circles({ people, units }: OrganisationFile): OrganisationProblem[] {
  return [
    ...circlesAmong(people.map(({ id, manager }) => ({ id, above: manager }))).map((ids) =>
      problem('MANAGER_CYCLE', ['people', indexOfId(people, ids[0]), 'manager'], { people: ids }),
    ),
    ...circlesAmong(units.map(({ id, parent }) => ({ id, above: parent }))).map((ids) =>
      problem('UNIT_CYCLE', ['units', indexOfId(units, ids[0]), 'parent'], { units: ids }),
    ),
  ];
}

function circlesAmong(nodes: readonly { id: string; above: Dated | undefined }[]): string[][] {
  const days = new Set(['0000-01-01', ...nodes.flatMap(({ above }) => valuesOf(above).flatMap(({ from }) => from ?? []))]);
  const found = [...days].flatMap((day) => findCycles(nodes.map(({ id, above }) => ({ id, parent: valueOn(above, day) }))));
  return [...new Map(found.map((ids) => [ids.toSorted().join(' '), ids])).values()];
}

function indexOfId(items: readonly { id: string }[], id: string | undefined): number {
  return items.findIndex((item) => item.id === id);
}

function reversedPeriods({ people, roles, units, sites }: OrganisationFile): OrganisationProblem[] {
  const reversed = (list: 'people' | 'roles' | 'units', { from, until }: Days, index: number): OrganisationProblem[] =>
    from === undefined || until === undefined || from <= until
      ? []
      : [problem('UNTIL_BEFORE_FROM', [list, index, 'until'], { from, until })];
  return [
    ...people.flatMap((person, index) => reversed('people', person, index)),
    ...roles.flatMap((role, index) => reversed('roles', role, index)),
    ...units.flatMap((unit, index) => reversed('units', unit, index)),
    ...datedFields({ people, units, sites }).flatMap(({ path, dated }) => {
      const [one] = valuesOf(dated).filter(({ from, until }) => from !== undefined && until !== undefined && from > until);
      return one ? [problem('UNTIL_BEFORE_FROM', path, { from: one.from!, until: one.until! })] : [];
    }),
  ];
}

interface DatedField {
  path: (string | number)[];
  field: string;
  dated: Dated | undefined;
}

function datedFields({ people, units, sites }: Pick<OrganisationFile, 'people' | 'units' | 'sites'>): DatedField[] {
  const of = (list: string, n: number, fields: Record<string, Dated | undefined>): DatedField[] =>
    Object.entries(fields).map(([field, dated]) => ({ path: [list, n, field], field, dated }));
  return [
    ...people.flatMap(({ unit, manager }, n) => of('people', n, { unit, manager })),
    ...units.flatMap(({ parent, head }, n) => of('units', n, { parent, head })),
    ...sites.flatMap(({ name, zone, calendar }, n) => of('sites', n, { name, zone, calendar })),
  ];
}

/** Two values on one day: nobody could say which of them holds. */
function overlappingPeriods(data: OrganisationFile): OrganisationProblem[] {
  return datedFields(data).flatMap(({ path, field, dated }) => {
    const day = overlapOf(dated);
    return day === undefined ? [] : [problem('OVERLAPPING_PERIODS', path, { field, day })];
  });
}

function ownSuccessors({ units }: OrganisationFile): OrganisationProblem[] {
  return units.flatMap(({ id, successor }, n) => (id === successor ? [problem('OWN_SUCCESSOR', ['units', n, 'successor'], { unit: id })] : []));
}
