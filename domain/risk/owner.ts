import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Facts } from '../kernel/facts.ts';
import type { Sees } from './rating.ts';

/** Who may own a risk (ISO/IEC 27001:2022 6.1.2 c 2; rules §3.1): accountable for it and with the authority for it. */

/** Technical work and outside auditing never go with it. */
const never: readonly RoleName[] = ['ADMIN', 'EXTERNAL_AUDITOR'];
/** Not by default: who runs or audits the management system, unless it is said on purpose. */
const unusual: readonly RoleName[] = ['ISO', 'AUDITOR', 'LEAD_AUDITOR'];

interface Candidate {
  person: PersonId;
  /** It was said on purpose. */
  evenThough: boolean | undefined;
  path?: string;
}

export function ownerReasons({ person, evenThough = false, path = 'owner' }: Candidate, { facts, now }: { facts: Facts; now: string }): Reason[] {
  const held = (roles: readonly RoleName[]) => roles.find((role) => facts.directory.holdsRole(person, role, now));
  const [barred, rare] = [held(never), held(unusual)];
  if (barred) return [reason('NOT_A_RISK_OWNER', { path, person, role: barred })];
  return rare && !evenThough ? [reason('UNUSUAL_RISK_OWNER', { path, person, role: rare })] : [];
}

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
