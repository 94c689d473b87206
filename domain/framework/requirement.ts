import { annexAControls, clauses } from './framework.ts';

const ids: ReadonlySet<string> = new Set([...clauses, ...annexAControls].map(({ id }) => id));

/** A clause such as `9.3.2`, or a control of Annex A such as `A.8.13`. */
export function isRequirementId(id: string): boolean {
  return ids.has(id);
}
