import { annexAControl } from './annex-a.ts';
import { clauses } from './framework.ts';

/** Keys of the audit universe (`contracts/universe.ts`) for what cases call clauses and controls. */

/** A control of Annex A, or one of the organisation's own. */
export function itemOfControl(control: string): string {
  const known = annexAControl(control);
  return known ? `control:${known.id}` : `own:${control}`;
}

/**
 * What a requirement such as `9.2.2 d`, `9.2` or `A.8.13` is audited as: of a clause that is assessed in parts all parts; of an own rule
 * the control of that name.
 */
export function itemsOfRequirement(requirement: string | null): string[] {
  if (requirement === null) return [];
  const [id = ''] = requirement.split(' ');
  const parts = clauses.filter((clause) => clause.assessable && (clause.id === id || clause.id.startsWith(`${id}.`)));
  return parts.length > 0 ? parts.map((clause) => `clause:${clause.id}`) : [itemOfControl(id)];
}
