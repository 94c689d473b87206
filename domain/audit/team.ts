import type { AuditDocument, TeamMember } from '../../contracts/audit.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import type { View } from '../kernel/definition.ts';

/** The team as it is now: as assigned, under whoever leads it at the moment. */

export type Sees<B = never> = View<AuditDocument, B>;
type TeamGround = Pick<Sees, 'doc' | 'facts'> & { file: Pick<CaseFile<AuditDocument>, 'parties'> };

export function leadOf({ file }: Pick<TeamGround, 'file'>): PersonId | null {
  return file.parties['leadAuditor'] ?? null;
}

/** Who leads now takes over the items of who was assigned as lead. */
export function teamOf(view: TeamGround): TeamMember[] {
  const { doc } = view;
  const lead = leadOf(view);
  if (lead === null) return [];
  const first = doc.team.find(({ role }) => role === 'LEAD_AUDITOR');
  const others = doc.team.filter(({ role, person }) => role !== 'LEAD_AUDITOR' && person !== lead);
  const own = doc.team.filter(({ person }) => person === lead).flatMap(({ items }) => items);
  const led = { person: lead, role: 'LEAD_AUDITOR' as const, items: [...new Set([...(first?.items ?? []), ...own])] };
  return [led, ...others].map((each) => ({ ...each, declared: declarationOf(view, each.person), external: isExternal(view, each.person) }));
}

function declarationOf({ doc }: Pick<TeamGround, 'doc'>, person: PersonId): TeamMember['declared'] {
  const found = doc.declarations.findLast((each) => each.person === person);
  return found ? { at: found.at, remark: found.remark } : null;
}

export function isExternal({ facts: { directory } }: Pick<Sees, 'facts'>, person: PersonId): boolean {
  return directory.person(person)?.external === true;
}

/** Those who record results: the lead and the auditors. */
export function auditorsOf(view: TeamGround): TeamMember[] {
  return teamOf(view).filter(({ role }) => role === 'LEAD_AUDITOR' || role === 'AUDITOR');
}

export function auditorsOfItem(view: TeamGround, item: ItemKey): PersonId[] {
  return auditorsOf(view)
    .filter(({ items }) => items.includes(item))
    .map(({ person }) => person);
}

/** Whose declaration of independence is still missing; an observer judges nothing. */
export function undeclared(view: TeamGround): PersonId[] {
  return teamOf(view)
    .filter(({ role, declared }) => role !== 'OBSERVER' && declared === null)
    .map(({ person }) => person);
}

/** Heads of the units audited: their word is asked for on dates and facts. Where no unit has one, it is top management. */
export function auditees({ doc, facts, now }: Pick<Sees, 'doc' | 'facts' | 'now'>): PersonId[] {
  const heads = doc.units.flatMap((unit) => facts.directory.unitHead(unit, now) ?? []);
  return [...new Set(heads.length > 0 ? heads : facts.directory.holders('TOP_MGMT', now))];
}

/** Items of the management system itself: clauses 4 to 10. */
export function hasClauses({ items }: Pick<AuditDocument, 'items'>): boolean {
  return items.some(({ kind }) => kind === 'CLAUSE');
}
