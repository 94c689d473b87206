import type { ConflictCause, ConflictFact } from '../../contracts/independence.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import { clauses } from '../framework/framework.ts';
import type { Directory } from '../directory/directory.ts';
import type { Place } from '../directory/past.ts';
import { NO_END } from '../directory/validity.ts';
import type { Item } from './item.ts';

/** What somebody touches by the place in the organisation alone: by a role, as member or head of a unit (rules §3.2 SOD-01, SOD-02). */

interface RoleTouch {
  role: RoleName;
  because: ConflictCause;
  concerns: (item: Item) => boolean;
}

const allClauses = clauses.map(({ id }) => id);
const clause = (...ids: string[]) => ({ kind, id }: Item) => kind === 'clause' && ids.includes(id);
const control = (...ids: string[]) => ({ kind, id }: Item) => kind === 'control' && ids.includes(id);

export const roleTouches: readonly RoleTouch[] = [
  { role: 'ISO', because: 'ISO_OVER_CLAUSE', concerns: clause(...allClauses) },
  { role: 'ISO_DEPUTY', because: 'OPERATED', concerns: clause(...allClauses) },
  { role: 'AUDIT_PROGRAMME_MANAGER', because: 'RUNS_THE_PROGRAMME', concerns: clause('9.2.1', '9.2.2') },
  // Leadership and its review are top management's own (5.1, 5.2, 5.3, 9.3).
  { role: 'TOP_MGMT', because: 'OWNED', concerns: clause('5.1', '5.2', '5.3', '9.3.1', '9.3.2', '9.3.3') },
  { role: 'LEGAL', because: 'OPERATED', concerns: control('A.5.31') },
  { role: 'DPO', because: 'OPERATED', concerns: control('A.5.34') },
];

export interface StandingTouch {
  because: ConflictCause;
  fact: ConflictFact;
}

export function standingTouches(directory: Directory, person: PersonId, item: Item, now: Instant): StandingTouch[] {
  return [...byRole(directory, person, item), ...byUnit(directory, person, item, now), ...bySite(directory, person, item, now)];
}

const untilOf = (until: string) => (until === NO_END ? null : until);

function byRole(directory: Directory, person: PersonId, item: Item): StandingTouch[] {
  return directory.rolesHeld(person).flatMap(({ role, from, until }) =>
    roleTouches.filter((each) => each.role === role && each.concerns(item)).map(({ because }) => ({ because, fact: { ref: role, what: 'role', from, until: untilOf(until) } })),
  );
}

/** Members have worked in it; heads of it and of the units above answer for it. */
function byUnit(directory: Directory, person: PersonId, { kind, id }: Item, now: Instant): StandingTouch[] {
  if (kind !== 'unit') return [];
  const above = lineOf(directory, id, now);
  return [
    ...directory.unitsOf(person).filter(({ unit }) => unit === id).map((each) => placed('OPERATED', 'member', each)),
    ...directory.unitsHeaded(person).filter(({ unit }) => above.includes(unit)).map((each) => placed('OWNED', 'head', each)),
  ];
}

/** Who heads a unit at a site answers for the site; who merely works there does not, or nobody could audit the only one. */
function bySite(directory: Directory, person: PersonId, { kind, id }: Item, now: Instant): StandingTouch[] {
  if (kind !== 'site') return [];
  return directory.unitsHeaded(person).filter(({ unit }) => directory.siteOfUnit(unit, now).id === id).map((each) => placed('OWNED', 'head', each));
}

function placed(because: ConflictCause, what: string, { unit, from, until }: Place): StandingTouch {
  return { because, fact: { ref: unit, what, from, until: untilOf(until) } };
}

function lineOf(directory: Directory, unit: string, now: Instant): string[] {
  const line = [unit];
  for (let above = directory.unitAbove(unit, now); above !== null && !line.includes(above); above = directory.unitAbove(above, now)) line.push(above);
  return line;
}
