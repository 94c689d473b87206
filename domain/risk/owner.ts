import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Facts } from '../kernel/facts.ts';
import type { Sees } from './rating.ts';

/** Who owns a risk, who names somebody, and who closes it with whom (rules §5 "Edge cases"). */

/** TOP_MGMT accepts beside an ISO who owns a risk (SOD-04). */
export function ownerFlags(person: PersonId | undefined, { facts, now }: { facts: Facts; now: string }): string[] {
  return person !== undefined && facts.directory.holdsRole(person, 'ISO', now) ? ['isoIsOwner'] : [];
}

export function activeOwner({ file, facts, now }: Sees): PersonId | null {
  const owner = file.parties['owner'];
  return owner !== undefined && facts.directory.isActive(owner, now) ? owner : null;
}

/** Who names an owner: the manager of who declined, else the head of the unit; TOP_MGMT in any case (rules §5 "owner refuses ownership"). */
export function namers({ file, doc, facts, now }: Sees): PrincipalKey[] {
  const declined = doc.declinedOwnership?.by;
  const head = facts.directory.unitHead(file.unit, now);
  const first: PrincipalKey[] = declined !== undefined ? [`manager:${declined}`] : head !== null ? [`person:${head}`] : [];
  return first.some((each) => facts.directory.resolve(each, now).length > 0) ? first : ['role:TOP_MGMT'];
}

/** The ISO; the deputy where the ISO owns the risk or the post is vacant: nobody stands on both sides. */
function isoOrDeputy({ file, facts, now }: Sees): PrincipalKey[] {
  const free = facts.directory.holders('ISO', now).some((person) => person !== file.parties['owner']);
  return free ? ['role:ISO'] : ['isoDeputy'];
}

/** The other side of who asks to close it. */
export function closers(view: Sees): PrincipalKey[] {
  const { file, doc } = view;
  if (doc.closing === null) return [];
  if (doc.closing.side === 'owner') return isoOrDeputy(view);
  return file.parties['owner'] === undefined ? namers(view) : [`person:${file.parties['owner']}`];
}
