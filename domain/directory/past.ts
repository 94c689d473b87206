import type { LocalDate, PersonId, UnitId } from '../../contracts/identity.ts';
import type { Dated, OrganisationFile, RoleName } from '../../contracts/organisation.ts';
import { valuesOf } from './dated.ts';
import { groupBy } from './group-by.ts';
import { tenuresOf } from './tenures.ts';
import type { Tenure } from './tenures.ts';
import { NO_END } from './validity.ts';

/** The days (both inclusive) on which a person belonged to a unit or headed it. */
export interface Place {
  unit: UnitId;
  from: LocalDate;
  until: LocalDate;
}

/** Where somebody has been and what he or she has been, on any day: what the independence of an auditor is judged on (rules §3.2 SOD-01). */
export interface Past {
  /** Roles of the whole organisation. */
  rolesHeld(person: PersonId): readonly Tenure[];
  unitsOf(person: PersonId): readonly Place[];
  unitsHeaded(person: PersonId): readonly Place[];
}

const NO_START: LocalDate = '0000-01-01';

export function createPast(data: OrganisationFile): Past {
  const roles: Map<PersonId, Tenure[]> = groupBy<Tenure, RoleName | PersonId>(tenuresOf(data), ({ person }) => person);
  const people = new Map(data.people.map((each) => [each.id, each]));
  const heads = groupBy(
    data.units.flatMap((unit) => daysOf(unit.head, unit).map(({ value: person, ...days }) => ({ person, place: { unit: unit.id, ...days } }))),
    ({ person }) => person,
  );
  return {
    rolesHeld: (person) => roles.get(person) ?? [],
    unitsOf: (id) => {
      const person = people.get(id);
      return person ? daysOf(person.unit, person).map(({ value: unit, ...days }) => ({ unit, ...days })) : [];
    },
    unitsHeaded: (person) => (heads.get(person) ?? []).map(({ place }) => place),
  };
}

interface Days {
  from?: LocalDate | undefined;
  until?: LocalDate | undefined;
}

/** Each value with its days, cut to those of what it belongs to. */
function daysOf(dated: Dated | undefined, { from = NO_START, until = NO_END }: Days): { value: string; from: LocalDate; until: LocalDate }[] {
  return valuesOf(dated).flatMap((each) => {
    const days = { from: latest(each.from ?? NO_START, from), until: earliest(each.until ?? NO_END, until) };
    return days.from <= days.until ? [{ value: each.value, ...days }] : [];
  });
}

const latest = (one: LocalDate, other: LocalDate) => (one > other ? one : other);
const earliest = (one: LocalDate, other: LocalDate) => (one < other ? one : other);
