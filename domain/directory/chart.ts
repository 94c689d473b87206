import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { Instant, PersonId, UnitId } from '../../contracts/identity.ts';
import type { OrganisationFile, Person, Site, Unit } from '../../contracts/organisation.ts';
import { createHierarchy } from './hierarchy.ts';
import { covers, spanOfDays } from './validity.ts';

/** People and units: who works where, for whom, and since when (rules §3.3). */
export interface Chart {
  /** The person, also one who has left or is still to come; null when unknown. */
  person(id: PersonId): Readonly<Person> | null;
  /** Everybody in the file, in its order. */
  people(): readonly Readonly<Person>[];
  /** True while the person belongs to the organisation; false for unknown ids. */
  isActive(id: PersonId, at: Instant): boolean;
  /** All active persons, external ones included. */
  activePeople(at: Instant): PersonId[];
  /** The line manager; one who has left is skipped upwards. Null when nobody above is active. Also answers for a leaver. */
  managerOf(id: PersonId, at: Instant): PersonId | null;
  /** Everybody whose `managerOf` is this person (leavers included); of null: everybody without one. */
  reportsOf(id: PersonId | null, at: Instant): PersonId[];
  isDirectReport(person: PersonId, of: PersonId, at: Instant): boolean;
  unit(id: UnitId): Readonly<Unit> | null;
  units(): readonly Readonly<Unit>[];
  /** Active heads of the unit and of every unit above it. */
  headsOf(id: UnitId, at: Instant): PersonId[];
  /** The active head of the unit, else of the nearest unit above that has one; null when there is none. */
  unitHead(id: UnitId, at: Instant): PersonId | null;
  /** A unit that no longer exists counts as part of the main site, so that its old cases stay decidable. */
  siteOfUnit(id: UnitId): Readonly<Site>;
  /** The working calendar of the unit's site, in the zone of that site. */
  calendarOfUnit(id: UnitId): Readonly<WorkingCalendar>;
}

type People = Pick<Chart, 'person' | 'people' | 'isActive' | 'activePeople'>;
type LineManagement = Pick<Chart, 'managerOf' | 'reportsOf' | 'isDirectReport'>;
type Units = Pick<Chart, 'unit' | 'units' | 'headsOf' | 'unitHead' | 'siteOfUnit' | 'calendarOfUnit'>;

export function createChart(data: OrganisationFile): Chart {
  const people = indexPeople(data);
  return { ...people, ...indexLineManagement(data, people), ...indexUnits(data, people) };
}

function byId<T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function indexPeople(data: OrganisationFile): People {
  const persons = byId(data.people);
  const spans = new Map(data.people.map((each) => [each.id, spanOfDays(each, data.organisation.zone)]));
  const isActive = (id: PersonId, at: Instant): boolean => {
    const span = spans.get(id);
    return span !== undefined && covers(span, at);
  };
  return {
    person: (id) => persons.get(id) ?? null,
    people: () => data.people,
    isActive,
    activePeople: (at) => [...persons.keys()].filter((id) => isActive(id, at)),
  };
}

function indexLineManagement(data: OrganisationFile, { isActive }: People): LineManagement {
  const line = createHierarchy(data.people.map(({ id, manager }) => ({ id, parent: manager })));
  const managerOf = (id: PersonId, at: Instant): PersonId | null => {
    let manager = line.above(id);
    while (manager !== null && !isActive(manager, at)) manager = line.above(manager);
    return manager;
  };
  const reportsOf = (id: PersonId | null, at: Instant): PersonId[] =>
    line.below(id).flatMap((each) => (isActive(each, at) ? [each] : [each, ...reportsOf(each, at)]));
  return { managerOf, reportsOf, isDirectReport: (person, of, at) => managerOf(person, at) === of };
}

function indexUnits(data: OrganisationFile, { isActive }: People): Units {
  const units = byId(data.units);
  const { above } = createHierarchy(data.units);
  const siteOfUnit = indexSites(data, units);
  const calendarOfSite = indexCalendars(data);
  const headsOf = (id: UnitId | null, at: Instant): PersonId[] => {
    if (id === null) return [];
    const head = units.get(id)?.head;
    return [...(head !== undefined && isActive(head, at) ? [head] : []), ...headsOf(above(id), at)];
  };
  return {
    unit: (id) => units.get(id) ?? null,
    units: () => data.units,
    headsOf,
    unitHead: (id, at) => headsOf(id, at)[0] ?? null,
    siteOfUnit,
    calendarOfUnit: (id) => calendarOfSite(siteOfUnit(id)),
  };
}

function indexSites(data: OrganisationFile, units: ReadonlyMap<string, Unit>): Chart['siteOfUnit'] {
  const sites = byId(data.sites);
  const main = data.sites[0];
  return (id) => {
    const site = sites.get(units.get(id)?.site ?? '') ?? main;
    if (site === undefined) throw new Error('an organisation has at least one site');
    return site;
  };
}

function indexCalendars(data: OrganisationFile): (site: Readonly<Site>) => WorkingCalendar {
  const calendars = byId(data.calendars);
  const bySite = new Map<string, WorkingCalendar>();
  for (const site of data.sites) {
    const calendar = calendars.get(site.calendar);
    if (calendar !== undefined) bySite.set(site.id, { ...calendar, zone: site.zone });
  }
  return (site) => {
    const calendar = bySite.get(site.id);
    if (calendar === undefined)
      throw new Error(`site ${site.id} names the unknown calendar ${site.calendar}`);
    return calendar;
  };
}
