import type { CaseFile } from '../../contracts/case-file.ts';
import type { Task } from '../../contracts/entry.ts';
import type { Instant, PersonId, PrincipalKey, UnitId } from '../../contracts/identity.ts';
import type { ReadingScope } from '../directory/auditor-access.ts';
import type { Directory } from '../directory/directory.ts';
import { processesOf } from '../directory/standing-in.ts';

/**
 * Who sees what (design.md "Settled questions"), decided beside who may do what: the people involved or asked, their line managers, the
 * heads of the unit and of those above it; the ISO, TOP_MGMT and the audit-programme manager everything; an auditor what the items of the
 * universe in his access are about. What one may not see does not exist for him.
 */
export type ViewerKey = PrincipalKey | `unit:${string}` | `breakGlass:${string}` | `item:${string}`;

/** A key under which somebody sees the cases of one process alone, because of whom he stands in for there. */
export type ReaderKey = ViewerKey | `${string}/${ViewerKey}`;

const seeAll: readonly ViewerKey[] = ['role:ISO', 'isoDeputy', 'role:TOP_MGMT', 'role:AUDIT_PROGRAMME_MANAGER'];

/** Type of the link from a case to the break-glass that is for it alone. */
const BREAK_GLASS = 'breakGlass';

/** Carried by every case that is about anything of the audit universe. */
const ANY_ITEM = 'item:*';

/** What decides beside the case itself who sees it. */
export interface Concerned {
  tasks: readonly Task[];
  involved: readonly PersonId[];
  /** Items of the audit universe that it is about (`policy.auditedAs`). */
  items: readonly string[];
  /** Units beside its own whose heads see it (`policy.seenByHeadsOf`). */
  units?: readonly UnitId[] | undefined;
}

/** Keys of those who see the case; stored with it, so that lists are one indexed query. */
export function viewersOf(file: CaseFile, { tasks, involved, items, units = [] }: Concerned): ViewerKey[] {
  const people = new Set([...Object.values(file.parties), ...involved, ...(file.openedBy === 'SYSTEM' ? [] : [file.openedBy])]);
  const theirs = [...people].flatMap((person): ViewerKey[] => [`person:${person}`, `manager:${person}`]);
  const asked = tasks.flatMap(({ principals }) => principals);
  const auditors: ViewerKey[] = isFromAudit(file) ? ['role:AUDITOR', 'role:LEAD_AUDITOR'] : [];
  const emergencies = file.links.filter(({ type }) => type === BREAK_GLASS).map(({ to }): ViewerKey => `breakGlass:${to}`);
  return [...new Set<ViewerKey>([...seeAll, ...theirs, ...asked, ...[file.unit, ...units].map((unit): ViewerKey => `unit:${unit}`), ...auditors, ...emergencies, ...itemKeys(file, items)])];
}

function itemKeys({ unit }: CaseFile, items: readonly string[]): ViewerKey[] {
  return items.length === 0 ? [] : [ANY_ITEM, ...items.map((item): ViewerKey => `item:${item}`), `item:unit:${unit}`];
}

/** Auditors see their scope: what came out of an audit. */
function isFromAudit(file: CaseFile): boolean {
  return file.process === 'finding' || (file.document as { source?: string }).source === 'INTERNAL_AUDIT';
}

/**
 * Keys under which this person reads: what he is, the units he or she heads with all below them, what those see whom he stands in for, and
 * what is audited. An auditor from outside reads the scope and the own cases, and nothing outside the days of the access.
 */
export function readerKeys(directory: Directory, person: PersonId, at: Instant): ReaderKey[] {
  if (!directory.isActive(person, at)) return [];
  const audited = directory.readingScopesOf(person, at).flatMap((scope) => auditKeys(directory, scope, at));
  if (directory.isAuditorAccount(person, at)) return audited.length === 0 ? [] : [`person:${person}`, ...new Set(audited)];
  const lent = directory.mandatesOf(person, at).flatMap(({ principal, scope }): ReaderKey[] => {
    const keys = ownKeys(directory, principal, at, directory.lentKeysOf(principal, at));
    return scope === 'EVERYTHING' ? keys : processesOf(scope).flatMap((process) => keys.map((key): ReaderKey => `${process}/${key}`));
  });
  return [...new Set<ReaderKey>([...ownKeys(directory, person, at, directory.keysOf(person, at)), ...lent, ...emergencyKeys(directory, person, at), ...audited])];
}

/** A site is seen through its units. */
function auditKeys(directory: Directory, { all, items }: ReadingScope, at: Instant): ReaderKey[] {
  if (all) return [ANY_ITEM];
  const sites = items.flatMap((item) => (item.startsWith('site:') ? [item.slice('site:'.length)] : []));
  const units = sites.length === 0 ? [] : directory.units().filter(({ id }) => sites.includes(directory.siteOfUnit(id, at).id));
  return [...items.map((item): ReaderKey => `item:${item}`), ...units.map(({ id }): ReaderKey => `item:unit:${id}`)];
}

/** Of the processes in which a break-glass gives a power, all cases, or the one that it is for. */
function emergencyKeys(directory: Directory, person: PersonId, at: Instant): ReaderKey[] {
  return directory.emergencyPowersOf(person, at).flatMap(({ caseId, powers, only }): ReaderKey[] => {
    if (only !== null) return [`breakGlass:${caseId}`];
    return powers.map((power): ReaderKey => `${power.split(':')[0]!}/role:ISO`);
  });
}

function ownKeys(directory: Directory, person: PersonId, at: Instant, keys: readonly PrincipalKey[]): ViewerKey[] {
  const headed = keys.length === 0 ? [] : directory.units().filter(({ id }) => directory.headsOf(id, at).includes(person));
  return [...keys, ...headed.map(({ id }): ViewerKey => `unit:${id}`)];
}

interface Seen {
  process: string;
  viewers: readonly ViewerKey[];
}

/** Whether somebody with these keys sees most of what there is; it says how to look for it, not what may be seen. */
export function seesMost(reader: readonly ReaderKey[]): boolean {
  return reader.some((key) => (seeAll as readonly ReaderKey[]).includes(key));
}

/** May this person see the case that carries these viewer keys? */
export function maySee({ process, viewers }: Seen, reader: readonly ReaderKey[]): boolean {
  return viewers.some((key) => reader.includes(key) || reader.includes(`${process}/${key}`));
}
