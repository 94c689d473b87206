import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import type { Chart } from './chart.ts';
import type { Roles } from './roles.ts';

/** Principal keys and the persons behind them today. `keysOf` is the exact inverse of `resolve`. */
export interface Principals {
  /**
   * Who stands in for the ISO (rules §18): the holders of ISO_DEPUTY, else the ISO's line manager, else TOP_MGMT.
   * Whoever is ISO is not their own deputy.
   */
  isoDeputies(at: Instant): PersonId[];
  /** The active persons behind the key; empty for an unknown or departed person, an unknown role and a vacant one. */
  resolve(key: PrincipalKey, at: Instant): PersonId[];
  /** Every key that resolves to the person; empty for one who is not active. */
  keysOf(id: PersonId, at: Instant): PrincipalKey[];
}

type Sources = Chart & Roles;

export function createPrincipals(sources: Sources): Principals {
  return {
    isoDeputies: (at) => deputiesOf(sources, at),
    resolve: (key, at) => resolveKey(sources, key, at),
    keysOf: (id, at) => (sources.isActive(id, at) ? keysOfActive(sources, id, at) : []),
  };
}

function deputiesOf({ holders, managerOf }: Sources, at: Instant): PersonId[] {
  const isos = holders('ISO', at);
  const deputies = holders('ISO_DEPUTY', at);
  const managers = isos.map((iso) => managerOf(iso, at)).filter((manager) => manager !== null);
  const [first = holders('TOP_MGMT', at)] = [deputies, managers]
    .map((some) => [...new Set(some)].filter((id) => !isos.includes(id)))
    .filter((some) => some.length > 0);
  return first;
}

/** Who decides where the line of management ends: TOP_MGMT; above a holder of it the others, else the witness (rules §18). */
function endOfLine({ holders, holdsRole }: Sources, id: PersonId, at: Instant): PersonId[] {
  const others = holders('TOP_MGMT', at).filter((holder) => holder !== id);
  if (others.length > 0 || !holdsRole(id, 'TOP_MGMT', at)) return others;
  return holders('WITNESS', at).filter((witness) => witness !== id);
}

type KeyKind = 'person' | 'role' | 'manager' | 'manager2' | 'isoDeputy' | 'everyone';
type Resolver = (sources: Sources, subject: string, at: Instant) => PersonId[];

const resolvers: Record<KeyKind, Resolver> = {
  person: ({ isActive }, id, at) => (isActive(id, at) ? [id] : []),
  // A role that is not in the list has no holders, so the wider type is harmless here.
  role: ({ holders }, role, at) => holders(role as RoleName, at),
  manager: (sources, id, at) => orEndOfLine(sources, id, at, sources.managerOf(id, at)),
  manager2: (sources, id, at) => {
    const manager = sources.managerOf(id, at);
    return orEndOfLine(sources, id, at, manager === null ? null : sources.managerOf(manager, at));
  },
  isoDeputy: (sources, _, at) => deputiesOf(sources, at),
  everyone: ({ activePeople }, _, at) => activePeople(at),
};

function orEndOfLine(sources: Sources, id: PersonId, at: Instant, found: PersonId | null): PersonId[] {
  if (found !== null) return [found];
  return sources.person(id) === null ? [] : endOfLine(sources, id, at);
}

function resolveKey(sources: Sources, key: PrincipalKey, at: Instant): PersonId[] {
  const [, kind = '', subject = ''] = /^([a-zA-Z0-9]+):?(.*)$/.exec(key) ?? [];
  return Object.hasOwn(resolvers, kind) ? resolvers[kind as KeyKind](sources, subject, at) : [];
}

function keysOfActive(sources: Sources, id: PersonId, at: Instant): PrincipalKey[] {
  const deputy: PrincipalKey[] = deputiesOf(sources, at).includes(id) ? ['isoDeputy'] : [];
  return [
    `person:${id}`,
    'everyone',
    ...sources.rolesOf(id, at).map((role): PrincipalKey => `role:${role}`),
    ...deputy,
    ...managerKeys(sources, id, at),
    ...endOfLineKeys(sources, id, at),
  ];
}

function managerKeys(sources: Sources, id: PersonId, at: Instant): PrincipalKey[] {
  return [
    ...sources.reportsOf(id, at).map((report): PrincipalKey => `manager:${report}`),
    ...reportsOfReports(sources, id, at).map((report): PrincipalKey => `manager2:${report}`),
  ];
}

// Only persons at the upper end of the lines are looked at: the cost does not grow with the organisation.
function endOfLineKeys(sources: Sources, id: PersonId, at: Instant): PrincipalKey[] {
  if (!sources.holdsRole(id, 'TOP_MGMT', at) && !sources.holdsRole(id, 'WITNESS', at)) return [];
  const fallsTo = (each: PersonId): boolean => endOfLine(sources, each, at).includes(id);
  const unmanaged = sources.reportsOf(null, at).filter(fallsTo);
  const oneBelow = reportsOfReports(sources, null, at).filter(fallsTo);
  return [
    ...unmanaged.map((each): PrincipalKey => `manager:${each}`),
    ...[...unmanaged, ...oneBelow].map((each): PrincipalKey => `manager2:${each}`),
  ];
}

/** Reports of the active reports: a leaver's reports already count among `reportsOf`. */
function reportsOfReports({ isActive, reportsOf }: Sources, id: PersonId | null, at: Instant): PersonId[] {
  return reportsOf(id, at)
    .filter((report) => isActive(report, at))
    .flatMap((report) => reportsOf(report, at));
}
