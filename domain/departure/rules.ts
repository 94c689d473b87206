import type { Actor } from '../../contracts/entry.ts';
import type { OpenDeparture } from '../../contracts/departure.ts';
import type { Instant, LocalDate, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Directory } from '../directory/directory.ts';
import { spanOfDays } from '../directory/validity.ts';
import type { Facts } from '../kernel/facts.ts';

/** What has to hold for a departure to be announced (rules §3.3; ISO/IEC 27001:2022 5.3). */

export type Departing = Pick<OpenDeparture, 'kind' | 'person' | 'role' | 'unit' | 'successor' | 'lastDay'>;

interface Opening {
  body: OpenDeparture;
  actor: Actor;
  facts: Facts;
  now: Instant;
}

/** The instant from which on it is so: the beginning of the day after the last one. */
export function effectiveAt(lastDay: LocalDate, directory: Directory): Instant {
  return spanOfDays({ until: lastDay }, directory.organisation.zone).ends!;
}

export function openingReasons({ body, actor, facts, now }: Opening): Reason[] {
  const { directory } = facts;
  const asks = [() => completeReasons(body), () => knownReasons(body, directory), () => announcerReasons(body, { actor, directory, now }), () => repeatReasons(body, facts), () => lastHolderReasons(body, directory)];
  return asks.reduce<Reason[]>((found, ask) => (found.length > 0 ? found : ask()), []);
}

const named: Record<OpenDeparture['kind'], readonly ('person' | 'role' | 'unit')[]> = {
  LEAVES: ['person'],
  ROLE_ENDS: ['person', 'role'],
  UNIT_DISSOLVED: ['unit'],
};

/** Each kind names what it is about, and nothing else. */
function completeReasons(body: OpenDeparture): Reason[] {
  const wanted: readonly string[] = named[body.kind];
  return (['person', 'role', 'unit', 'successor'] as const).flatMap((path) => {
    const mayStand = wanted.includes(path) || (path === 'successor' && body.kind === 'UNIT_DISSOLVED');
    if (wanted.includes(path) && body[path] === undefined) return [reason('INVALID_PAYLOAD', { path, message: `${body.kind} needs ${path}` })];
    return !mayStand && body[path] !== undefined ? [reason('INVALID_PAYLOAD', { path, message: `${body.kind} has no ${path}` })] : [];
  });
}

function knownReasons({ kind, person, role, unit, successor, lastDay }: OpenDeparture, directory: Directory): Reason[] {
  const unknown = person !== undefined && directory.person(person) === null;
  if (unknown) return [reason('UNKNOWN_PERSON', { path: 'person', person: person! })];
  if (successor !== undefined && successor === unit) return [reason('INVALID_PAYLOAD', { path: 'successor', message: 'a unit does not take over from itself' })];
  const before = new Date(Date.parse(effectiveAt(lastDay, directory)) - 1).toISOString();
  const holds = kind !== 'ROLE_ENDS' || directory.holdsRole(person!, role as RoleName, before);
  return holds ? [] : [reason('INVALID_PAYLOAD', { path: 'role', message: `${person} is not ${role} on ${lastDay}` })];
}

interface Announcer {
  actor: Actor;
  directory: Directory;
  now: Instant;
}

/** ISO, deputy, TOP_MGMT, the line manager or the head of the unit; ADMIN as the technical event, which decides nothing; the import. */
function announcerReasons({ person, unit }: OpenDeparture, { actor, directory, now }: Announcer): Reason[] {
  if (actor.person === null) return [];
  const keys: PrincipalKey[] = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT', 'role:ADMIN', ...(person ? [`manager:${person}` as const] : [])];
  const held = directory.keysOf(actor.person, now);
  const heads = unit !== undefined && directory.headsOf(unit, now).includes(actor.person);
  return heads || keys.some((key) => held.includes(key)) ? [] : [reason('NOT_ENTITLED', { entitled: ['iso', 'isoDeputy', 'topManagement', 'admin', 'lineManager'] })];
}

/** The same is announced once; its last day can be changed there. */
function repeatReasons(body: OpenDeparture, { directory }: Facts): Reason[] {
  const same = (about: Record<string, unknown>) =>
    about['kind'] === body.kind && about['person'] === (body.person ?? null) && about['role'] === (body.role ?? null) && about['unit'] === (body.unit ?? null);
  const open = directory.casesOf('departure').find(({ settled, about }) => settled === null && same(about));
  return open ? [reason('ALREADY_ANNOUNCED', { case: open.ref })] : [];
}

/** Roles that are never without somebody (ISO/IEC 27001:2022 5.3; rules §3.3). */
export const indispensable = ['ISO', 'TOP_MGMT'] as const;

/** The last holder stays until a successor is set: one whose role begins by then. */
export function lastHolderReasons({ kind, person, role, lastDay }: Departing, directory: Directory): Reason[] {
  if (kind === 'UNIT_DISSOLVED') return [];
  const ends = (each: string) => kind === 'LEAVES' || role === each;
  const at = effectiveAt(lastDay, directory);
  const before = new Date(Date.parse(at) - 1).toISOString();
  const last = (each: RoleName) => directory.holdsRole(person!, each, before) && directory.holders(each, at).every((holder) => holder === person);
  return indispensable.filter((each) => ends(each) && last(each)).map((each) => reason('LAST_HOLDER', { role: each, person: person as PersonId }));
}
