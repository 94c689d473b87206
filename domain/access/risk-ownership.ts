import type { PersonId } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Facts } from '../kernel/facts.ts';

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

export function riskOwnerReasons({ person, evenThough = false, path = 'owner' }: Candidate, { facts, now }: { facts: Facts; now: string }): Reason[] {
  const held = (roles: readonly RoleName[]) => roles.find((role) => facts.directory.holdsRole(person, role, now));
  const [barred, rare] = [held(never), held(unusual)];
  if (barred) return [reason('NOT_A_RISK_OWNER', { path, person, role: barred })];
  return rare && !evenThough ? [reason('UNUSUAL_RISK_OWNER', { path, person, role: rare })] : [];
}
