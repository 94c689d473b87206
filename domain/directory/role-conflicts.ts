import type { PersonId, UnitId } from '../../contracts/identity.ts';
import type { OrganisationFile, RoleName, Unit } from '../../contracts/organisation.ts';
import { problem } from './organisation-problems.ts';
import type { OrganisationProblem } from './organisation-problems.ts';
import { lastValue, valuesOf } from './dated.ts';
import { firstVacantDay, overlap, tenuresOf } from './tenures.ts';
import type { Tenure } from './tenures.ts';

/** Roles that somebody must hold at some time, else nothing can be decided (ISO/IEC 27001:2022 5.1, 5.3). */
export function findMissingRoles(data: OrganisationFile): OrganisationProblem[] {
  const held = new Set(tenuresOf(data).map(({ role }) => role));
  return [
    ...(held.has('ISO') ? [] : [problem('NO_ISO', ['roles'], {})]),
    ...(held.has('TOP_MGMT') ? [] : [problem('NO_TOP_MGMT', ['roles'], {})]),
  ];
}

/** Combinations and gaps that a small organisation may have, with the outside help they call for (rules §1, §16.1, §18). */
export function findRoleConflicts(data: OrganisationFile): OrganisationProblem[] {
  const tenures = tenuresOf(data);
  const of = (...roles: RoleName[]): Tenure[] => tenures.filter(({ role }) => roles.includes(role));
  return [
    ...vacancies('ISO', of('ISO')),
    ...vacancies('TOP_MGMT', of('TOP_MGMT')),
    ...isoReportingToIt(data, of('ISO')),
    ...isoCombinations(of('ISO'), of('AUDITOR', 'LEAD_AUDITOR', 'ADMIN')),
    ...alone(of('ISO'), of('ISO_DEPUTY')).map((iso) => problem('NO_ISO_DEPUTY', ['roles'], { iso })),
    ...alone(of('TOP_MGMT'), of('TOP_MGMT', 'WITNESS')).map((topManagement) =>
      problem('NO_WITNESS', ['roles'], { topManagement }),
    ),
    ...both(of('ISO'), of('TOP_MGMT')).map((person) => problem('ISO_IS_TOP_MGMT', ['roles'], { person })),
    ...both(of('ADMIN'), of('TOP_MGMT')).map((person) => problem('ADMIN_IS_TOP_MGMT', ['roles'], { person })),
    ...collisions(of),
    ...dpoCombinations(of('DPO'), of('TOP_MGMT', 'ADMIN', 'ISO')),
    ...inItUnits(data, of('ISO')).map(({ person, unit }) => problem('ISO_RUNS_IT', ['people'], { iso: person, unit })),
    ...inItUnits(data, of('AUDITOR', 'LEAD_AUDITOR')).map(({ person, unit }) => problem('AUDITOR_RUNS_IT', ['people'], { auditor: person, unit })),
    ...tooFewPeople(data),
    ...dependentAuditors(of('ISO'), of('AUDITOR', 'LEAD_AUDITOR')),
  ];
}

function vacancies(role: RoleName, tenures: readonly Tenure[]): OrganisationProblem[] {
  const day = firstVacantDay(tenures);
  return day === null ? [] : [problem('ROLE_FALLS_VACANT', ['roles'], { role, day })];
}

/** Roles of which the rules say what one of them must not do to the other (rules §3.1, §3.2). */
const colliding: readonly [RoleName, readonly RoleName[], string][] = [
  ['AUDIT_PROGRAMME_MANAGER', ['TOP_MGMT'], 'SOD-08'],
  ['AUDITOR', ['ADMIN'], 'SOD-01'],
  ['LEAD_AUDITOR', ['ADMIN'], 'SOD-01'],
  ['EXTERNAL_AUDITOR', ['TOP_MGMT', 'ISO', 'ISO_DEPUTY', 'ADMIN', 'AUDIT_PROGRAMME_MANAGER'], '9.2.2'],
];

function collisions(of: (...roles: RoleName[]) => Tenure[]): OrganisationProblem[] {
  return colliding.flatMap(([role, others, rule]) =>
    others.flatMap((other) => both(of(role), of(other)).map((person) => problem('ROLES_COLLIDE', ['roles'], { person, role, other, rule }))),
  );
}

/** Holders beside whom, at no time of their tenure, another person stands in one of the other tenures. */
function alone(tenures: readonly Tenure[], others: readonly Tenure[]): PersonId[] {
  const lonely = tenures.filter(
    (one) => !others.some((other) => other.person !== one.person && overlap(one, other)),
  );
  return [...new Set(lonely.map(({ person }) => person))];
}

function isoCombinations(isos: readonly Tenure[], others: readonly Tenure[]): OrganisationProblem[] {
  return isos.flatMap((iso) =>
    others
      .filter((other) => other.person === iso.person && overlap(iso, other))
      .map(({ role }) => problem('ISO_HOLDS_ROLE', ['roles'], { iso: iso.person, role })),
  );
}

/** Who holds both at the same time. */
function both(tenures: readonly Tenure[], others: readonly Tenure[]): PersonId[] {
  const found = tenures.filter((one) => others.some((other) => other.person === one.person && overlap(one, other)));
  return [...new Set(found.map(({ person }) => person))];
}

function dpoCombinations(dpos: readonly Tenure[], others: readonly Tenure[]): OrganisationProblem[] {
  return dpos.flatMap((dpo) =>
    others
      .filter((other) => other.person === dpo.person && overlap(dpo, other))
      .map(({ role }) => problem('DPO_HOLDS_ROLE', ['roles'], { dpo: dpo.person, role })),
  );
}

/** Holders who head or belong to a unit that runs IT. */
function inItUnits(data: OrganisationFile, tenures: readonly Tenure[]): { person: PersonId; unit: UnitId }[] {
  const it = itUnits(data.units);
  return [...new Set(tenures.map(({ person }) => person))].flatMap((person) => {
    const own = lastValue(data.people.find(({ id }) => id === person)?.unit);
    const headed = data.units.find(({ id, head }) => it.has(id) && lastValue(head) === person)?.id;
    const unit = headed ?? (own !== undefined && it.has(own) ? own : undefined);
    return unit === undefined ? [] : [{ person, unit }];
  });
}

/** Below that, plan, approval, work, verification and their line managers cannot lie with different people [D]. */
const ENOUGH_PEOPLE = 5;

function tooFewPeople({ people }: OrganisationFile): OrganisationProblem[] {
  const present = people.filter(({ external }) => !external).length;
  return present > 0 && present < ENOUGH_PEOPLE ? [problem('TOO_FEW_PEOPLE', ['people'], { people: present })] : [];
}

function dependentAuditors(isos: readonly Tenure[], auditors: readonly Tenure[]): OrganisationProblem[] {
  const isIso = (auditor: Tenure): boolean =>
    isos.some((iso) => iso.person === auditor.person && overlap(iso, auditor));
  return auditors.every(isIso) ? [problem('NO_INDEPENDENT_AUDITOR', ['roles'], {})] : [];
}

function isoReportingToIt(data: OrganisationFile, isos: readonly Tenure[]): OrganisationProblem[] {
  const people = new Map(data.people.map((person) => [person.id, person]));
  const answersForIt = itManagement(data);
  return [...new Set(isos.map(({ person }) => person))].flatMap((iso) => {
    const manager = valuesOf(people.get(iso)?.manager).find(({ value }) => answersForIt.has(value))?.value;
    if (manager === undefined) return [];
    const path = ['people', data.people.findIndex(({ id }) => id === iso), 'manager'];
    return [problem('ISO_REPORTS_TO_IT', path, { iso, manager })];
  });
}

/** Who heads or belongs to a unit that runs IT (or lies below one), or administers systems. */
function itManagement(data: OrganisationFile): Set<PersonId> {
  const units = itUnits(data.units);
  return new Set([
    ...data.units.filter(({ id }) => units.has(id)).flatMap(({ head }) => valuesOf(head).map(({ value }) => value)),
    ...data.people.filter(({ unit }) => valuesOf(unit).some(({ value }) => units.has(value))).map(({ id }) => id),
    ...data.roles.filter(({ role }) => role === 'ADMIN').map(({ person }) => person),
  ]);
}

function itUnits(units: readonly Unit[]): Set<string> {
  const found = new Set(units.filter(({ runsIt }) => runsIt).map(({ id }) => id));
  let size: number;
  do {
    size = found.size;
    for (const { id, parent } of units) if (valuesOf(parent).some(({ value }) => found.has(value))) found.add(id);
  } while (found.size > size);
  return found;
}
