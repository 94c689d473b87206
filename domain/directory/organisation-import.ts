import type { LocalDate } from '../../contracts/identity.ts';
import { organisationFileSchema } from '../../contracts/organisation.ts';
import type { Dated, OrganisationFile, RoleAssignment } from '../../contracts/organisation.ts';
import { continued } from './dated.ts';
import { headerOf } from './csv-table.ts';
import { changesOf } from './organisation-changes.ts';
import type { OrganisationChange } from './organisation-changes.ts';
import { mergePeopleCsv } from './organisation-csv.ts';
import { dayBefore, departuresOf, endMissing, keepLeftOut, roleKey } from './organisation-endings.ts';
import type { AnnouncedDeparture } from './organisation-endings.ts';
import { problem } from './organisation-problems.ts';
import { parseRolesCsv, parseUnitsCsv } from './structure-csv.ts';
import { firstVacantDay, tenuresOf } from './tenures.ts';
import { validateOrganisation } from './validation.ts';
import type { OrganisationProblem } from './validation.ts';

/**
 * Import and re-import (rules §3.3): all of the files or, while anything is wrong with any of them, nothing. Who is not in a file
 * stays; with `complete` he ends with yesterday. Nobody is ever deleted. What ends is followed by departures.
 */
export interface ImportInput {
  files: readonly ImportFile[];
  /** What is loaded; null before anybody has loaded anything. */
  base: OrganisationFile | null;
  complete: boolean;
  /** In the organisation's zone. */
  today: LocalDate;
}

/** `.json`: an organisation. `.csv`: people, units or roles, told apart by their columns. */
export interface ImportFile {
  name: string;
  text: string;
}

/** Something to put right: which file, which line or place, and what. */
export interface ImportProblem {
  file: string;
  where: string;
  message: string;
}

export type ImportPlan =
  | { ok: true; organisation: OrganisationFile; changes: OrganisationChange[]; departures: AnnouncedDeparture[]; warnings: OrganisationProblem[] }
  | { ok: false; problems: ImportProblem[] };

export function planImport({ files, base, complete, today }: ImportInput): ImportPlan {
  const merged = mergeFiles(files, base);
  if (merged.organisation === null || merged.problems.length > 0) return { ok: false, problems: merged.problems };
  const kept = base ? keepLeftOut(base, keepHistory(base, merged.organisation, today), today) : merged.organisation;
  const organisation = complete ? endMissing(kept, merged.listed, today) : kept;
  const { errors, warnings } = validateOrganisation(organisation);
  const problems = [...errors, ...(base ? lastHolders(base, organisation, today) : [])];
  if (problems.length > 0) return { ok: false, problems: problems.map((each) => located(each, organisation, merged.lines)) };
  return { ok: true, organisation, warnings, changes: base ? changesOf(base, organisation) : [], departures: base ? departuresOf(base, organisation) : [] };
}

/** Where line managers, units and heads have a history, a file that names one goes on with it. */
function keepHistory(base: OrganisationFile, merged: OrganisationFile, today: LocalDate): OrganisationFile {
  const [people, units] = [new Map(base.people.map((each) => [each.id, each])), new Map(base.units.map((each) => [each.id, each]))];
  const goOn = <T extends object>(item: T, before: T | undefined, fields: readonly (keyof T)[]): T => {
    const dated = fields.map((field) => [field, continued(before?.[field] as Dated | undefined, item[field] as Dated | undefined, today)] as const);
    return { ...item, ...Object.fromEntries(dated.filter(([field, value]) => value !== item[field])) };
  };
  return {
    ...merged,
    people: merged.people.map((each) => goOn(each, people.get(each.id), ['unit', 'manager'])),
    units: merged.units.map((each) => goOn(each, units.get(each.id), ['parent', 'head'])),
  };
}

/** What the files name, by which absence is recognised where a file is complete. */
export interface ListedNames {
  people: Set<string> | null;
  units: Set<string> | null;
  roles: Set<string> | null;
}

interface Merged {
  organisation: OrganisationFile | null;
  listed: ListedNames;
  problems: ImportProblem[];
  /** Where people and units stand, for problems of the result as a whole. */
  lines: Map<string, { file: string; line: number }>;
}

const kinds = ['json', 'units', 'people', 'roles'] as const;
type Kind = (typeof kinds)[number];

function kindOf({ name, text }: ImportFile): Kind | null {
  if (/\.json$/i.test(name)) return 'json';
  if (!/\.csv$/i.test(name)) return null;
  const header = headerOf(text);
  if (header.includes('email')) return 'people';
  if (header.includes('role') && header.includes('person')) return 'roles';
  return header.includes('site') ? 'units' : 'people';
}

/** The organisation first, then what stands in it, whatever the order in which the files were named. */
function mergeFiles(files: readonly ImportFile[], base: OrganisationFile | null): Merged {
  const merged: Merged = { organisation: base, listed: { people: null, units: null, roles: null }, problems: [], lines: new Map() };
  const sorted = files.map((file) => ({ file, kind: kindOf(file) }));
  for (const { file } of sorted.filter(({ kind }) => kind === null))
    merged.problems.push({ file: file.name, where: '', message: 'is neither .json (an organisation) nor .csv (people, units or roles)' });
  for (const kind of kinds) for (const each of sorted) if (each.kind === kind) mergers[kind](merged, each.file);
  if (merged.organisation === null && merged.problems.length === 0) merged.problems.push({ file: '', where: '', message: 'There is nothing to merge into yet: load an organisation (.json) first.' });
  return merged;
}

const mergers: Record<Kind, (merged: Merged, file: ImportFile) => void> = { json: mergeJson, units: mergeUnits, people: mergePeople, roles: mergeRoles };

function mergeJson(merged: Merged, { name, text }: ImportFile): void {
  const value = parseJson(text);
  if (value === undefined) return void merged.problems.push({ file: name, where: '', message: 'is not valid JSON' });
  const { success, data, error } = organisationFileSchema.safeParse(value);
  if (!success) return void merged.problems.push(...error.issues.map(({ path, message }) => ({ file: name, where: path.join('.'), message })));
  for (const id of data.people.map(({ id }) => id)) list(merged, 'people', id);
  for (const id of data.units.map(({ id }) => id)) list(merged, 'units', id);
  for (const role of data.roles) list(merged, 'roles', roleKey(role));
  merged.organisation = merged.organisation ? over(merged.organisation, data) : data;
}

function over(base: OrganisationFile, data: OrganisationFile): OrganisationFile {
  return { ...data, units: upsert(base.units, data.units, ({ id }) => id), people: upsert(base.people, data.people, ({ id }) => id), roles: upsertRoles(base.roles, data.roles) };
}

/** A role that the file has with other days is that role with other days. */
function upsertRoles(base: readonly RoleAssignment[], roles: readonly RoleAssignment[]): RoleAssignment[] {
  return upsert(base, roles, roleKey);
}

/** In the order of what was there; several with one key (a role held twice, with a gap) stay several. */
function upsert<T>(base: readonly T[], items: readonly T[], keyOf: (item: T) => string): T[] {
  const left = [...items];
  const take = (key: string): T | undefined => {
    const at = left.findIndex((each) => keyOf(each) === key);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  return [...base.map((each) => take(keyOf(each)) ?? each), ...left];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

function list({ listed }: Merged, what: keyof ListedNames, name: string): void {
  (listed[what] ??= new Set()).add(name);
}

function mergePeople(merged: Merged, { name, text }: ImportFile): void {
  if (merged.organisation === null) return noBase(merged, name);
  const { organisation, rows, problems } = mergePeopleCsv(text, merged.organisation);
  merged.organisation = organisation;
  for (const { id, line } of rows) {
    list(merged, 'people', id);
    merged.lines.set(`people:${id}`, { file: name, line });
  }
  refuse(merged, name, problems);
}

function mergeUnits(merged: Merged, { name, text }: ImportFile): void {
  if (merged.organisation === null) return noBase(merged, name);
  const { rows, problems } = parseUnitsCsv(text, merged.organisation.units);
  for (const { item, line } of rows) {
    list(merged, 'units', item.id);
    merged.lines.set(`units:${item.id}`, { file: name, line });
  }
  const units = rows.map(({ item }) => item);
  merged.organisation = { ...merged.organisation, units: upsert(merged.organisation.units, units, ({ id }) => id) };
  refuse(merged, name, problems);
}

function mergeRoles(merged: Merged, { name, text }: ImportFile): void {
  if (merged.organisation === null) return noBase(merged, name);
  const { rows, problems } = parseRolesCsv(text);
  for (const { item, line } of rows) {
    list(merged, 'roles', roleKey(item));
    merged.lines.set(`roles:${item.person}`, { file: name, line });
  }
  const roles = rows.map(({ item }) => item);
  merged.organisation = { ...merged.organisation, roles: upsertRoles(merged.organisation.roles, roles) };
  refuse(merged, name, problems);
}

function noBase(merged: Merged, file: string): void {
  merged.problems.push({ file, where: '', message: 'There is nothing to merge into yet: load an organisation (.json) first, or with it.' });
}

function refuse({ problems }: Merged, file: string, found: readonly { line: number | null; reason: string }[]): void {
  problems.push(...found.map(({ line, reason }) => ({ file, where: line === null ? '' : `line ${line}`, message: reason })));
}

/** The last ISO or TOP_MGMT does not leave without a successor (ISO/IEC 27001:2022 5.3; rules §3.3). */
function lastHolders(base: OrganisationFile, organisation: OrganisationFile, today: LocalDate): OrganisationProblem[] {
  const vacantFrom = (data: OrganisationFile, role: string) => firstVacantDay(tenuresOf(data).filter((each) => each.role === role && each.until >= dayBefore(today)));
  return (['ISO', 'TOP_MGMT'] as const).flatMap((role) => {
    const [before, day] = [vacantFrom(base, role), vacantFrom(organisation, role)];
    return day !== null && (before === null || day < before) ? [problem('ROLE_FALLS_VACANT', ['roles'], { role, day })] : [];
  });
}

/** A problem of the result belongs to the line of the person or unit it names, where a table lists it. */
function located({ path, message }: OrganisationProblem, { people, units, roles }: OrganisationFile, lines: Merged['lines']): ImportProblem {
  const [kind, index] = path;
  const at = typeof index === 'number' ? index : -1;
  const id = kind === 'people' ? people[at]?.id : kind === 'units' ? units[at]?.id : kind === 'roles' ? roles[at]?.person : undefined;
  const found = lines.get(`${kind}:${id}`) ?? lines.get(`people:${id}`);
  return found ? { file: found.file, where: `line ${found.line}`, message } : { file: '', where: path.join('.'), message };
}
