import type { OrganisationFile } from '../../contracts/organisation.ts';
import { roleKey } from './organisation-endings.ts';

/** What an import would change, item by item. */
export interface OrganisationChange {
  what: 'organisation' | 'calendar' | 'site' | 'unit' | 'person' | 'role';
  id: string;
  change: 'ADDED' | 'CHANGED' | 'ENDED';
  /** Fields that change, with what was and what will be. */
  fields: { field: string; before: string | null; after: string | null }[];
}

export function changesOf(before: OrganisationFile, after: OrganisationFile): OrganisationChange[] {
  const byId = ({ id }: { id: string }) => id;
  return [
    ...compare('organisation', [before.organisation], [after.organisation], ({ name }) => name),
    ...compare('calendar', before.calendars, after.calendars, byId),
    ...compare('site', before.sites, after.sites, byId),
    ...compare('unit', before.units, after.units, byId),
    ...compare('person', before.people, after.people, byId),
    ...compare('role', before.roles, after.roles, roleKey),
  ];
}

function compare<T extends object>(what: OrganisationChange['what'], before: readonly T[], after: readonly T[], keyOf: (item: T) => string): OrganisationChange[] {
  const left = [...before];
  const found = after.flatMap((item): OrganisationChange[] => {
    const at = left.findIndex((each) => keyOf(each) === keyOf(item));
    const [was] = at < 0 ? [] : left.splice(at, 1);
    if (was === undefined) return [{ what, id: keyOf(item), change: 'ADDED', fields: fieldsOf({}, item) }];
    const fields = fieldsOf(was, item);
    if (fields.length === 0) return [];
    const ends = fields.some(({ field, after: until }) => field === 'until' && until !== null);
    return [{ what, id: keyOf(item), change: ends ? 'ENDED' : 'CHANGED', fields }];
  });
  // Only what is replaced as a whole (calendars, sites) can be gone.
  return [...found, ...left.map((item): OrganisationChange => ({ what, id: keyOf(item), change: 'ENDED', fields: [] }))];
}

function fieldsOf(before: object, after: object): OrganisationChange['fields'] {
  const text = (holder: object, field: string): string | null => {
    const value = (holder as Record<string, unknown>)[field];
    return value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
  };
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: text(before, field), after: text(after, field) }))
    .filter((each) => each.before !== each.after);
}
