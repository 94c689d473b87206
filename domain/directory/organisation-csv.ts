import type { ZodError } from 'zod';
import type { PersonId } from '../../contracts/identity.ts';
import { personSchema } from '../../contracts/organisation.ts';
import type { OrganisationFile, Person, RoleAssignment, RoleName } from '../../contracts/organisation.ts';
import { groupBy } from './group-by.ts';
import { parsePeopleCsv } from './people-csv.ts';
import type { PeopleCsvProblem, PeopleRow } from './people-csv.ts';
import { validateOrganisation } from './validation.ts';
import type { OrganisationProblem } from './validation.ts';

export type { PeopleCsvProblem } from './people-csv.ts';

export type PeopleImport =
  | { ok: true; organisation: OrganisationFile; warnings: OrganisationProblem[] }
  | { ok: false; problems: PeopleCsvProblem[] };

/**
 * Merges a people file (`id,name,email,unit,manager,roles,from,until,external,acceptanceLimit,budgetLimit`, roles separated by `|`) into an organisation:
 * all of it or, when any line is bad or the result would not validate, nothing. People that the file does not list stay, a
 * leaver needs a date in `until`. A column that is left out changes nothing. The roles listed become exactly the person's
 * roles for the whole organisation; dates of roles kept, and roles limited to a unit or scope, stay as they are.
 */
export function importPeopleCsv(text: string, base: OrganisationFile): PeopleImport {
  const { rows, problems } = parsePeopleCsv(text);
  const merged = mergePeople(rows, base);
  const rowProblems = [...problems, ...repeatedIds(rows), ...merged.problems];
  if (rowProblems.length > 0) return refused(rowProblems);
  const organisation = { ...base, people: merged.people, roles: mergeRoles(rows, base) };
  const { errors, warnings } = validateOrganisation(organisation);
  if (errors.length > 0) return refused(errors.map((error) => locate(error, organisation, rows)));
  return { ok: true, organisation, warnings };
}

export interface PeopleMerge {
  organisation: OrganisationFile;
  /** In the order of the file. */
  rows: { line: number; id: PersonId }[];
  problems: PeopleCsvProblem[];
}

/** The same without looking at the result as a whole, for those who merge more than people. */
export function mergePeopleCsv(text: string, base: OrganisationFile): PeopleMerge {
  const { rows, problems } = parsePeopleCsv(text);
  const merged = mergePeople(rows, base);
  const organisation = { ...base, people: merged.people, roles: mergeRoles(rows, base) };
  return { organisation, rows, problems: [...problems, ...repeatedIds(rows), ...merged.problems] };
}

function refused(problems: readonly PeopleCsvProblem[]): PeopleImport {
  const inOrder = problems.toSorted((one, other) => (one.line ?? Infinity) - (other.line ?? Infinity));
  return { ok: false, problems: inOrder };
}

function repeatedIds(rows: readonly PeopleRow[]): PeopleCsvProblem[] {
  return [...groupBy(rows, ({ id }) => id)].flatMap(([id, [first, ...others]]) =>
    others.map(({ line }) => ({ line, reason: `id: ${id} stands in line ${first?.line} already` })),
  );
}

function mergePeople(
  rows: readonly PeopleRow[],
  base: OrganisationFile,
): { people: Person[]; problems: PeopleCsvProblem[] } {
  const people = new Map(base.people.map((person) => [person.id, person]));
  const problems: PeopleCsvProblem[] = [];
  for (const { line, id, fields } of rows) {
    const given = Object.entries({ ...people.get(id), ...fields }).filter(([, value]) => value !== undefined);
    const person = personSchema.safeParse(Object.fromEntries(given));
    if (person.success) people.set(id, person.data);
    else problems.push({ line, reason: reasonsOf(person.error) });
  }
  return { people: [...people.values()], problems };
}

function reasonsOf({ issues }: ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

function isLimited({ unit, scope }: RoleAssignment): boolean {
  return unit !== undefined || scope !== undefined;
}

function mergeRoles(rows: readonly PeopleRow[], base: OrganisationFile): RoleAssignment[] {
  const listed = new Map(rows.flatMap(({ id, roles }) => (roles === undefined ? [] : [[id, roles]])));
  const kept = base.roles.filter(
    (each) => isLimited(each) || (listed.get(each.person)?.includes(each.role) ?? true),
  );
  const held = (person: PersonId, role: RoleName): boolean =>
    kept.some((each) => each.person === person && each.role === role && !isLimited(each));
  const added = [...listed].flatMap(([person, roles]) =>
    roles.filter((role) => !held(person, role)).map((role) => ({ role, person })),
  );
  return [...kept, ...added];
}

/** Problems of the merged organisation belong to the line of the person they name, if the file lists them. */
function locate(
  { path, message }: OrganisationProblem,
  { people, roles }: OrganisationFile,
  rows: readonly PeopleRow[],
): PeopleCsvProblem {
  const [list, index] = path;
  const position = typeof index === 'number' ? index : -1;
  const person =
    list === 'people' ? people[position]?.id : list === 'roles' ? roles[position]?.person : undefined;
  return { line: rows.find(({ id }) => id === person)?.line ?? null, reason: message };
}
