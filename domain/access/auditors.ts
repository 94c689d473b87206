import type { Instant, PersonId } from '../../contracts/identity.ts';
import type { RoleName } from '../../contracts/organisation.ts';
import type { Directory } from '../directory/directory.ts';

/** Roles whose holders audit; which of them may audit what, independence decides (rules §3.1, §3.2 SOD-01). */
const auditing: readonly RoleName[] = ['AUDITOR', 'LEAD_AUDITOR', 'EXTERNAL_AUDITOR'];

export function auditorsIn(directory: Directory, now: Instant): PersonId[] {
  return [...new Set(auditing.flatMap((role) => directory.holders(role, now)))];
}

export function isAuditor(directory: Directory, person: PersonId, now: Instant): boolean {
  return auditing.some((role) => directory.holdsRole(person, role, now));
}
