import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile, RoleAssignment, RoleName } from '../../contracts/organisation.ts';
import type { Chart } from './chart.ts';
import { groupBy } from './group-by.ts';
import { covers, spanOfDays } from './validity.ts';
import type { Span } from './validity.ts';

/** Who holds which organisation-wide role (rules §3.1). Only active persons hold roles. */
export interface Roles {
  /** True while the person holds the role without limit to a unit or part of the scope. */
  holdsRole(id: PersonId, role: RoleName, at: Instant): boolean;
  /** The holders, each once, in the order of the file; empty while the role is vacant. */
  holders(role: RoleName, at: Instant): PersonId[];
  /** Organisation-wide roles of the person. */
  rolesOf(id: PersonId, at: Instant): RoleName[];
  /** Every assignment in force, those limited to a unit or a part of the scope included. */
  assignmentsOf(id: PersonId, at: Instant): Readonly<RoleAssignment>[];
}

interface Dated {
  assignment: RoleAssignment;
  span: Span;
}

function isUnlimited({ assignment }: Dated): boolean {
  return assignment.unit === undefined && assignment.scope === undefined;
}

export function createRoles(data: OrganisationFile, { isActive }: Chart): Roles {
  const dated = data.roles.map((assignment) => ({
    assignment,
    span: spanOfDays(assignment, data.organisation.zone),
  }));
  const byPerson = groupBy(dated, (each) => each.assignment.person);
  const byRole = groupBy(dated.filter(isUnlimited), (each) => each.assignment.role);
  const inForce = (some: readonly Dated[] | undefined, at: Instant): Dated[] =>
    (some ?? []).filter(({ assignment, span }) => covers(span, at) && isActive(assignment.person, at));
  const rolesOf = (id: PersonId, at: Instant): RoleName[] =>
    unique(inForce(byPerson.get(id), at).filter(isUnlimited), ({ assignment }) => assignment.role);
  return {
    holdsRole: (id, role, at) => rolesOf(id, at).includes(role),
    holders: (role, at) => unique(inForce(byRole.get(role), at), ({ assignment }) => assignment.person),
    rolesOf,
    assignmentsOf: (id, at) => inForce(byPerson.get(id), at).map(({ assignment }) => assignment),
  };
}

function unique<T, V>(items: readonly T[], value: (item: T) => V): V[] {
  return [...new Set(items.map(value))];
}
