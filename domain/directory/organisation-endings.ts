import { Temporal } from 'temporal-polyfill';
import type { OpenDeparture } from '../../contracts/departure.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { OrganisationFile, RoleAssignment } from '../../contracts/organisation.ts';
import type { ListedNames } from './organisation-import.ts';
import { NO_END } from './validity.ts';

/** What ends by an import, and how nothing is lost by it. */

/** A departure as the import announces it. */
export type AnnouncedDeparture = Pick<OpenDeparture, 'kind' | 'person' | 'role' | 'unit' | 'successor' | 'lastDay'>;

export function dayBefore(date: LocalDate): LocalDate {
  return Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();
}

/** One role of one person; the same again in other days is the same. */
export function roleKey({ role, person, unit = '', scope = '' }: RoleAssignment): string {
  return [role, person, unit, scope].join(' ');
}

interface Dated {
  from?: LocalDate | undefined;
  until?: LocalDate | undefined;
}

/** It ends with yesterday, unless it has already; what had not begun does not begin any more. */
function ended<T extends Dated>(each: T, today: LocalDate): T[] {
  const yesterday = dayBefore(today);
  if (each.until !== undefined && each.until <= yesterday) return [each];
  return each.from !== undefined && each.from > yesterday ? [] : [{ ...each, until: yesterday }];
}

/** Roles that a table took from a person end, they are not forgotten. */
export function keepLeftOut(base: OrganisationFile, merged: OrganisationFile, today: LocalDate): OrganisationFile {
  const kept = new Set(merged.roles.map(roleKey));
  const taken = base.roles.filter((each) => !kept.has(roleKey(each))).flatMap((each) => ended(each, today));
  return taken.length === 0 ? merged : { ...merged, roles: [...merged.roles, ...taken] };
}

/** Whoever a complete list does not name ends with yesterday. */
export function endMissing(organisation: OrganisationFile, { people, units, roles }: ListedNames, today: LocalDate): OrganisationFile {
  const unless = <T extends Dated>(items: readonly T[], names: Set<string> | null, nameOf: (item: T) => string): T[] =>
    names === null ? [...items] : items.flatMap((each) => (names.has(nameOf(each)) ? [each] : ended(each, today)));
  return {
    ...organisation,
    people: unless(organisation.people, people, ({ id }) => id),
    units: unless(organisation.units, units, ({ id }) => id),
    roles: unless(organisation.roles, roles, roleKey),
  };
}

/** Everybody and everything that gets a last day by this change: people, roles of those who stay, units. */
export function departuresOf(base: OrganisationFile, next: OrganisationFile): AnnouncedDeparture[] {
  const leaving = endings(base.people, next.people, ({ id }) => id);
  const gone = new Set(leaving.map(({ item }) => item.id));
  const roles = endings(base.roles.filter(isUnlimited), next.roles.filter(isUnlimited), roleKey).filter(({ item }) => !gone.has(item.person));
  return [
    ...leaving.map(({ item, lastDay }): AnnouncedDeparture => ({ kind: 'LEAVES', person: item.id, lastDay })),
    ...roles.map(({ item, lastDay }): AnnouncedDeparture => ({ kind: 'ROLE_ENDS', person: item.person, role: item.role, lastDay })),
    ...endings(base.units, next.units, ({ id }) => id).map(({ item, lastDay }): AnnouncedDeparture => ({ kind: 'UNIT_DISSOLVED', unit: item.id, lastDay, ...(item.successor && { successor: item.successor }) })),
  ];
}

function isUnlimited({ unit, scope }: RoleAssignment): boolean {
  return unit === undefined && scope === undefined;
}

function endings<T extends Dated>(before: readonly T[], after: readonly T[], keyOf: (item: T) => string): { item: T; lastDay: LocalDate }[] {
  const lastDays = lastDaysOf(before, keyOf);
  const now = lastDaysOf(after, keyOf);
  return after.flatMap((item) => {
    const [was, lastDay] = [lastDays.get(keyOf(item)), now.get(keyOf(item))];
    const endsEarlier = was !== undefined && lastDay !== undefined && lastDay < was && item.until === lastDay;
    return endsEarlier ? [{ item, lastDay }] : [];
  });
}

/** The last day of each, over all its spans. */
function lastDaysOf<T extends Dated>(items: readonly T[], keyOf: (item: T) => string): Map<string, LocalDate> {
  const found = new Map<string, LocalDate>();
  for (const each of items) {
    const until = each.until ?? NO_END;
    const known = found.get(keyOf(each));
    if (known === undefined || until > known) found.set(keyOf(each), until);
  }
  return found;
}
