import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { Instant, LocalDate, PersonId, UnitId } from '../../contracts/identity.ts';
import type { OrganisationFile, Person, Site, Unit } from '../../contracts/organisation.ts';
import { localDate } from '../calendar/due.ts';
import { lastValue, perEra, steadyValueOn, valueOn } from './dated.ts';
import { createHierarchy } from './hierarchy.ts';
import { covers, spanOfDays } from './validity.ts';

/** People and units: who works where, for whom, and since when (rules §3.3). */
export interface Chart {
  /** The person, also one who has left or is still to come; null when unknown. */
  person(id: PersonId): Readonly<ChartPerson> | null;
  /** Everybody in the file, in its order. */
  people(): readonly Readonly<ChartPerson>[];
  /** Where the person works then; null for unknown ids, and on days that the file leaves open. */
  unitOf(id: PersonId, at: Instant): UnitId | null;
  /** True while the person belongs to the organisation; false for unknown ids. */
  isActive(id: PersonId, at: Instant): boolean;
  /** All active persons, external ones included. */
  activePeople(at: Instant): PersonId[];
  /** The line manager; one who has left is skipped upwards. Null when nobody above is active. Also answers for a leaver. */
  managerOf(id: PersonId, at: Instant): PersonId | null;
  /** Everybody whose `managerOf` is this person (leavers included); of null: everybody without one. */
  reportsOf(id: PersonId | null, at: Instant): PersonId[];
  isDirectReport(person: PersonId, of: PersonId, at: Instant): boolean;
  /** The unit, also one that is no more. */
  unit(id: UnitId): Readonly<ChartUnit> | null;
  units(): readonly Readonly<ChartUnit>[];
  /** True while the unit exists; false for unknown ids. */
  isUnitActive(id: UnitId, at: Instant): boolean;
  /** The unit above it then. */
  unitAbove(id: UnitId, at: Instant): UnitId | null;
  /** Active heads of the unit and of every unit above it; of one that is no more, those of its successor. */
  headsOf(id: UnitId, at: Instant): PersonId[];
  /** The active head of the unit, else of the nearest unit above that has one; null when there is none. */
  unitHead(id: UnitId, at: Instant): PersonId | null;
  /** Everything about the sites as it holds then, in the order of the file. */
  sites(at: Instant): readonly Readonly<ChartSite>[];
  /** A unit that no longer exists counts as part of the main site, so that its old cases stay decidable. */
  siteOfUnit(id: UnitId, at: Instant): Readonly<ChartSite>;
  /** The working calendar of the unit's site then, in the zone of that site. */
  calendarOfUnit(id: UnitId, at: Instant): Readonly<WorkingCalendar>;
}

/** As the file has it, with the unit and the line manager that hold last. */
export type ChartPerson = Omit<Person, 'unit' | 'manager'> & { unit: UnitId; manager?: PersonId | undefined };
/** Likewise, with the unit above and the head that hold last. */
export type ChartUnit = Omit<Unit, 'parent' | 'head'> & { parent?: UnitId | undefined; head?: PersonId | undefined };

/** A site on one day. */
export type ChartSite = Record<keyof Site, string>;

type People = Pick<Chart, 'person' | 'people' | 'isActive' | 'activePeople' | 'unitOf'>;
type LineManagement = Pick<Chart, 'managerOf' | 'reportsOf' | 'isDirectReport'>;
type Units = Pick<Chart, 'isUnitActive' | 'unitAbove' | 'unit' | 'units' | 'headsOf' | 'unitHead' | 'sites' | 'siteOfUnit' | 'calendarOfUnit'>;

export function createChart(data: OrganisationFile): Chart {
  const people = indexPeople(data);
  return { ...people, ...indexLineManagement(data, people), ...indexUnits(data, people) };
}

function byId<T extends { id: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

function indexPeople(data: OrganisationFile): People {
  const people = data.people.map(({ unit, manager, ...person }): ChartPerson => ({ ...person, unit: lastValue(unit)!, ...(manager !== undefined && { manager: lastValue(manager) }) }));
  const persons = byId(people);
  const units = new Map(data.people.map(({ id, unit }) => [id, unit]));
  const { zone } = data.organisation;
  const spans = new Map(data.people.map((each) => [each.id, spanOfDays(each, data.organisation.zone)]));
  const isActive = (id: PersonId, at: Instant): boolean => {
    const span = spans.get(id);
    return span !== undefined && covers(span, at);
  };
  return {
    person: (id) => persons.get(id) ?? null,
    people: () => people,
    unitOf: (id, at) => valueOn(units.get(id), localDate(at, zone)) ?? null,
    isActive,
    activePeople: (at) => [...persons.keys()].filter((id) => isActive(id, at)),
  };
}

function indexLineManagement(data: OrganisationFile, { isActive }: People): LineManagement {
  const managers = data.people.map(({ manager }) => manager);
  const lineAt = perEra(managers, data.organisation.zone, (day) => createHierarchy(data.people.map(({ id, manager }) => ({ id, parent: valueOn(manager, day) }))));
  const managerOf = (id: PersonId, at: Instant): PersonId | null => {
    const line = lineAt(at);
    let manager = line.above(id);
    while (manager !== null && !isActive(manager, at)) manager = line.above(manager);
    return manager;
  };
  const reportsOf = (id: PersonId | null, at: Instant): PersonId[] =>
    lineAt(at).below(id).flatMap((each) => (isActive(each, at) ? [each] : [each, ...reportsOf(each, at)]));
  return { managerOf, reportsOf, isDirectReport: (person, of, at) => managerOf(person, at) === of };
}

function indexUnits(data: OrganisationFile, { isActive }: People): Units {
  const plain = data.units.map(({ parent, head, ...unit }): ChartUnit => ({ ...unit, ...(parent !== undefined && { parent: lastValue(parent) }), ...(head !== undefined && { head: lastValue(head) }) }));
  const units = byId(plain);
  const { zone } = data.organisation;
  const spans = new Map(data.units.map((unit) => [unit.id, spanOfDays(unit, zone)]));
  const isUnitActive = (id: UnitId, at: Instant): boolean => spans.has(id) && covers(spans.get(id)!, at);
  const treeAt = perEra(data.units.map(({ parent }) => parent), zone, (day) => createHierarchy(data.units.map(({ id, parent }) => ({ id, parent: valueOn(parent, day) }))));
  const headAt = perEra(data.units.map(({ head }) => head), zone, (day) => new Map(data.units.map(({ id, head }) => [id, valueOn(head, day)])));
  const sites = indexSites(data, units);
  const headsOf = (id: UnitId | null, at: Instant, seen: readonly UnitId[] = []): PersonId[] => {
    if (id === null || seen.includes(id)) return [];
    const gone = spans.has(id) && !isUnitActive(id, at);
    const successor = units.get(id)?.successor;
    if (gone && successor !== undefined) return headsOf(successor, at, [...seen, id]);
    const head = gone ? undefined : headAt(at).get(id);
    return [...(head !== undefined && isActive(head, at) ? [head] : []), ...headsOf(treeAt(at).above(id), at, [...seen, id])];
  };
  return {
    unit: (id) => units.get(id) ?? null,
    units: () => plain,
    isUnitActive,
    unitAbove: (id, at) => treeAt(at).above(id),
    headsOf: (id, at) => headsOf(id, at),
    unitHead: (id, at) => headsOf(id, at)[0] ?? null,
    ...sites,
  };
}

function indexSites(data: OrganisationFile, units: ReadonlyMap<string, ChartUnit>): Pick<Chart, 'sites' | 'siteOfUnit' | 'calendarOfUnit'> {
  const calendars = byId(data.calendars);
  const dated = data.sites.flatMap(({ name, zone, calendar }) => [name, zone, calendar]);
  const sitesAt = perEra(dated, data.organisation.zone, (day) => new Map(data.sites.map((site) => [site.id, siteOn(site, day)])));
  const calendarsAt = perEra(dated, data.organisation.zone, (day) => new Map(data.sites.map((site) => [site.id, calendarOf(siteOn(site, day), calendars)])));
  const idOf = (unit: UnitId): string => {
    const site = units.get(unit)?.site ?? '';
    const known = data.sites.some(({ id }) => id === site) ? site : data.sites[0]?.id;
    if (known === undefined) throw new Error('an organisation has at least one site');
    return known;
  };
  return {
    sites: (at) => [...sitesAt(at).values()],
    siteOfUnit: (id, at) => sitesAt(at).get(idOf(id))!,
    calendarOfUnit: (id, at) => calendarsAt(at).get(idOf(id))!,
  };
}

function siteOn({ id, name, zone, calendar }: Site, day: LocalDate): ChartSite {
  return { id, name: steadyValueOn(name, day), zone: steadyValueOn(zone, day), calendar: steadyValueOn(calendar, day) };
}

function calendarOf({ id, zone, calendar: named }: ChartSite, calendars: ReadonlyMap<string, WorkingCalendar>): WorkingCalendar {
  const calendar = calendars.get(named);
  if (calendar === undefined) throw new Error(`site ${id} names the unknown calendar ${named}`);
  return { ...calendar, zone };
}
