import type { OrganisationView } from '../../contracts/api-organisation.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { Directory } from './directory.ts';
import type { Mandate } from './standing-in.ts';

/** Everything that the directory answers for one instant, in one piece. */
export type OrganisationAt = Pick<OrganisationView, 'organisation' | 'sites' | 'units' | 'people' | 'roles' | 'standIns' | 'emergencyPowers'>;

export function organisationAt(directory: Directory, at: Instant): OrganisationAt {
  const { name, zone, locale } = directory.organisation;
  const present = directory.people().filter(({ id }) => directory.isActive(id, at));
  return {
    organisation: { name, zone, locale },
    sites: directory.sites(at).map((each) => ({ ...each })),
    units: directory.units().filter(({ id }) => directory.isUnitActive(id, at)).map((unit) => unitAt(directory, unit, at)),
    people: present.map(({ id, name: called, external = false }) => ({ id, name: called, external, ...placeOf(directory, id, at) })),
    roles: present.flatMap(({ id }) => directory.assignmentsOf(id, at)).map(({ role, person, unit = null, scope = null, from = null, until = null }) => ({ role, person, unit, scope, from, until })),
    standIns: present.flatMap(({ id }) => directory.mandatesFor(id, at)).map(standIn),
    emergencyPowers: present.flatMap(({ id: person }) => directory.emergencyPowersOf(person, at).map(({ caseId, ref, powers, only, until }) => ({ person, powers: [...powers], only, until, case: caseId, ref }))),
  };
}

function unitAt(directory: Directory, { id, name }: { id: string; name: string }, at: Instant): OrganisationAt['units'][number] {
  return { id, name, above: directory.unitAbove(id, at), head: directory.unitHead(id, at), site: directory.siteOfUnit(id, at).id };
}

function placeOf(directory: Directory, id: PersonId, at: Instant) {
  return { unit: directory.unitOf(id, at), manager: directory.managerOf(id, at), absent: directory.isAbsent(id, at) };
}

function standIn({ kind, person, principal, scope, acceptance, until, caseId, ref }: Mandate): OrganisationAt['standIns'][number] {
  const limits = scope === 'EVERYTHING' ? [] : [...scope.processes, ...scope.decisions];
  return { kind, person, for: principal, scope: limits, acceptance, until, case: caseId, ref };
}
