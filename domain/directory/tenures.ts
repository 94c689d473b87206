import type { LocalDate, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile, RoleName } from '../../contracts/organisation.ts';
import { dayAfter, NO_END } from './validity.ts';

const NO_START: LocalDate = '0000-01-01';

/** The days (both inclusive) on which a person holds a role of the whole organisation. */
export interface Tenure {
  person: PersonId;
  role: RoleName;
  from: LocalDate;
  until: LocalDate;
}

/** Every tenure that the file grants: the assignment's days, cut to those on which the person is there. */
export function tenuresOf({ people, roles }: OrganisationFile): Tenure[] {
  const known = new Map(people.map((person) => [person.id, person]));
  return roles
    .filter(({ unit, scope }) => unit === undefined && scope === undefined)
    .flatMap(({ person: id, role, from = NO_START, until = NO_END }) => {
      const person = known.get(id);
      if (person === undefined) return [];
      const days = {
        from: later(from, person.from ?? NO_START),
        until: earlier(until, person.until ?? NO_END),
      };
      return days.from <= days.until ? [{ person: id, role, ...days }] : [];
    });
}

export function overlap(one: Tenure, other: Tenure): boolean {
  return one.from <= other.until && other.from <= one.until;
}

/** The first day, after the earliest start, that none of the tenures covers; null when they leave no gap and no end. */
export function firstVacantDay(tenures: readonly Tenure[]): LocalDate | null {
  const [first, ...rest] = tenures.toSorted((one, other) => one.from.localeCompare(other.from));
  if (first === undefined) return null;
  let covered = first.until;
  for (const { from, until } of rest) {
    if (covered === NO_END || from > dayAfter(covered)) break;
    covered = later(covered, until);
  }
  return covered === NO_END ? null : dayAfter(covered);
}

function later(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other;
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other;
}
