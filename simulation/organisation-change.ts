import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../contracts/identity.ts';
import type { OrganisationFile, Person } from '../contracts/organisation.ts';
import type { OrganisationChange } from '../contracts/scenario.ts';
import { localDate } from '../domain/calendar/due.ts';
import { ScenarioProblem } from './scenario-time.ts';

/** The organisation after people have left, and roles and line managers have changed. */
export function changedOrganisation(
  organisation: OrganisationFile,
  change: OrganisationChange,
  at: Instant,
): OrganisationFile {
  const { leave = [], give = [], take = [], manager = {} } = change;
  const named = [...leave, ...give.map(({ person }) => person), ...Object.entries(manager).flat()];
  named.forEach((person) => mustExist(organisation, person));
  const lastDay = Temporal.PlainDate.from(localDate(at, organisation.organisation.zone))
    .subtract({ days: 1 })
    .toString();
  const kept = organisation.roles.filter(
    (held) => !take.some(({ role, person }) => held.role === role && held.person === person),
  );
  return {
    ...organisation,
    people: organisation.people.map((person) =>
      changedPerson(person, { left: leave.includes(person.id), manager: manager[person.id], lastDay }),
    ),
    roles: [...kept, ...give],
  };
}

interface PersonChange {
  left: boolean;
  manager: string | undefined;
  lastDay: string;
}

function changedPerson(person: Person, { left, manager, lastDay }: PersonChange): Person {
  return { ...person, ...(left && { until: lastDay }), ...(manager && { manager }) };
}

function mustExist({ people }: OrganisationFile, person: string): void {
  if (!people.some(({ id }) => id === person))
    throw new ScenarioProblem(`nobody called ${person} is in the organisation`);
}
