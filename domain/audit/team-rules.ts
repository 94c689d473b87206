import type { Assignment, AuditBody, TeamRole } from '../../contracts/audit.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import { isCompetent } from '../independence/competence.ts';
import { localDate } from '../calendar/due.ts';
import { barrierReasons, conflictsOf, isoLeads, reasonsOf } from './independence.ts';
import { leadOf } from './team.ts';
import type { Sees } from './team.ts';

/** Who may be of a team: led by one, each item with somebody for it, competent and independent (rules §7 `assignTeam`). */

/** Items that are none of this audit. */
export function unplanned({ doc }: Pick<Sees, 'doc'>, items: readonly ItemKey[]): Reason[] {
  const foreign = [...new Set(items)].filter((item) => !doc.items.some(({ key }) => key === item));
  return foreign.length > 0 ? [reason('ITEM_NOT_PLANNED', { items: foreign })] : [];
}

/** Evidence of it is in force; an observer needs none. */
export function competenceReasons({ facts, now, file }: Pick<Sees, 'facts' | 'now' | 'file'>, person: PersonId, role: TeamRole): Reason[] {
  if (role === 'OBSERVER') return [];
  const record = facts.similar.find(({ process: of, settled, about }) => of === 'auditorRecord' && settled === null && about['person'] === person);
  return record && isCompetent(record, role, localDate(now, file.zone)) ? [] : [reason('NOT_COMPETENT', { person, as: role })];
}

function shapeReasons(view: Sees, team: readonly Assignment[]): Reason[] {
  const leads = team.filter(({ role }) => role === 'LEAD_AUDITOR').length;
  const persons = team.map(({ person }) => person);
  const twice = [...new Set(persons.filter((person, n) => persons.indexOf(person) !== n))];
  const covered = team.filter(({ role }) => role === 'LEAD_AUDITOR' || role === 'AUDITOR').flatMap(({ items }) => items);
  const open = view.doc.items.map(({ key }) => key).filter((key) => !covered.includes(key));
  return [
    ...(leads === 1 ? [] : [reason('LEAD_MISSING', { leads })]),
    ...(twice.length > 0 ? [reason('TWICE_IN_TEAM', { persons: twice })] : []),
    ...unplanned(view, team.flatMap(({ items }) => items)),
    ...(open.length > 0 ? [reason('ITEMS_UNASSIGNED', { items: open })] : []),
  ];
}

/** A conflict that was waived asks for the other person who safeguards it. */
export function safeguardReasons({ doc }: Pick<Sees, 'doc'>, team: readonly Assignment[]): Reason[] {
  const audits = (person: PersonId, item: ItemKey) => team.some((each) => each.person === person && each.items.includes(item));
  const needed = doc.waivers.filter(({ person, item }) => team.some((each) => each.role !== 'LEAD_AUDITOR' && each.person === person && each.items.includes(item)));
  return needed.filter(({ secondAuditor, item }) => !audits(secondAuditor, item)).map(({ person, item, secondAuditor }) => reason('SECOND_AUDITOR_MISSING', { person, item, secondAuditor }));
}

function upheldReasons({ doc }: Sees, team: readonly Assignment[]): Reason[] {
  const out = doc.objections.filter(({ decision }) => decision?.verdict === 'UPHELD').map(({ person }) => person);
  return team.filter(({ person }) => out.includes(person)).map(({ person }) => reason('OBJECTION_UPHELD', { person }));
}

export function teamReasons(view: Sees<AuditBody<'ASSIGN_TEAM'>>): Reason[] {
  const { body } = view;
  if (!body) return [];
  const sees = view as unknown as Sees;
  const shape = shapeReasons(sees, body.team);
  if (shape.length > 0) return shape;
  const all = view.doc.items.map(({ key }) => key);
  const each = body.team.flatMap(({ person, role, items }) => [
    ...competenceReasons(sees, person, role),
    ...(role === 'LEAD_AUDITOR' ? [...isoLeads(sees, person), ...barrierReasons(sees, person, all, true)] : barrierReasons(sees, person, items, false)),
  ]);
  return [...each, ...upheldReasons(sees, body.team), ...safeguardReasons(sees, body.team)];
}

/** Somebody who takes over an item while the audit runs. */
export function takeoverReasons(view: Sees, person: PersonId, items: readonly ItemKey[]): Reason[] {
  const leads = leadOf(view) === person;
  return [...unplanned(view, items), ...(leads ? [] : competenceReasons(view, person, 'AUDITOR')), ...barrierReasons(view, person, items)];
}

/** Somebody who takes over the lead. */
export function leadReasons(view: Sees, person: PersonId): Reason[] {
  const all = view.doc.items.map(({ key }) => key);
  return [...competenceReasons(view, person, 'LEAD_AUDITOR'), ...isoLeads(view, person), ...barrierReasons(view, person, all, true)];
}

/** Top management waives what may be waived, for a member and never for who leads, and not for itself (SOD-01, SOD-06). */
export function waiverReasons(view: Sees<AuditBody<'WAIVE'>>): Reason[] {
  const { body, actor } = view;
  if (!body) return [];
  const sees = view as unknown as Sees;
  const { person, item, secondAuditor } = body;
  const found = conflictsOf(sees)(person, item);
  const fixed = found.filter(({ waivable }) => !waivable || leadOf(sees) === person);
  const own = [actor.person, actor.onBehalfOf].includes(person);
  return [
    ...unplanned(sees, [item]),
    ...(own ? [reason('SOD_BLOCKED', { rule: 'SOD-06', person, because: 'party', waivable: false })] : []),
    ...(found.length === 0 ? [reason('NOTHING_TO_WAIVE', { person })] : []),
    ...reasonsOf(fixed, true),
    ...(secondAuditor === person ? [reason('SAME_PERSON', { role: 'secondAuditor', person })] : barrierReasons(sees, secondAuditor, [item])),
  ];
}
