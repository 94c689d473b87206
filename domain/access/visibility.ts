import type { CaseFile } from '../../contracts/case-file.ts';
import type { Task } from '../../contracts/entry.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Directory } from '../directory/directory.ts';

/**
 * Who sees what (design.md "Settled questions"), decided beside who may do what: the people involved or asked, their line managers, the
 * heads of the unit and of those above it; the ISO, TOP_MGMT and the audit-programme manager everything. What one may not see
 * does not exist for him.
 */
export type ViewerKey = PrincipalKey | `unit:${string}`;

const seeAll: readonly ViewerKey[] = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT', 'role:AUDIT_PROGRAMME_MANAGER'];

/** Keys of those who see the case; stored with it, so that lists are one indexed query. */
export function viewersOf(file: CaseFile, tasks: readonly Task[], involved: readonly PersonId[]): ViewerKey[] {
  const people = new Set([...Object.values(file.parties), ...involved, ...(file.openedBy === 'SYSTEM' ? [] : [file.openedBy])]);
  const theirs = [...people].flatMap((person): ViewerKey[] => [`person:${person}`, `manager:${person}`]);
  const asked = tasks.flatMap(({ principals }) => principals);
  const auditors: ViewerKey[] = isFromAudit(file) ? ['role:AUDITOR', 'role:LEAD_AUDITOR'] : [];
  return [...new Set<ViewerKey>([...seeAll, ...theirs, ...asked, `unit:${file.unit}`, ...auditors])];
}

/** Auditors see their scope: what came out of an audit. */
function isFromAudit(file: CaseFile): boolean {
  return (file.document as { source?: string }).source === 'INTERNAL_AUDIT';
}

/** Keys under which this person reads: what he is, and the units he or she heads with all below them. */
export function readerKeys(directory: Directory, person: PersonId, at: Instant): ViewerKey[] {
  if (!directory.isActive(person, at)) return [];
  const headed = directory.units().filter(({ id }) => directory.headsOf(id, at).includes(person));
  return [...directory.keysOf(person, at), ...headed.map(({ id }): ViewerKey => `unit:${id}`)];
}

/** May this person see the case that carries these viewer keys? */
export function maySee(viewers: readonly string[], reader: readonly string[]): boolean {
  return reader.some((key) => viewers.includes(key));
}
