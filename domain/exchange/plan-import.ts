import type { Json } from '../../contracts/json.ts';
import type { Instant } from '../../contracts/identity.ts';
import { IMPORT_ROW_LIMIT } from '../../contracts/register-exchange.ts';
import type { RegisterName } from '../../contracts/register-exchange.ts';
import type { Directory } from '../directory/directory.ts';
import { groupBy } from '../directory/group-by.ts';
import { completed, registerColumns, uniqueColumns } from './register-columns.ts';
import type { Column } from './register-columns.ts';
import type { SourceTable, TableProblem } from './source-table.ts';

/** An imported register as openings, one for each line, or everything that is wrong with it; nothing is opened while anything is. */
export interface RegisterImport {
  register: RegisterName;
  table: SourceTable;
  /** Our column, and what the file calls it. */
  mapping: Readonly<Record<string, string>>;
  /** What the register it comes from is called. */
  source: string;
  directory: Directory;
  now: Instant;
  /** By register: own numbers in lower case, and the entries that have them. */
  codes: Readonly<Partial<Record<RegisterName, ReadonlyMap<string, string>>>>;
}

export interface PlannedOpening {
  line: number;
  body: Json;
}

export type PlannedImport = { ok: true; rows: PlannedOpening[] } | { ok: false; problems: TableProblem[] };

export function planRegisterImport(input: RegisterImport): PlannedImport {
  const { table, register } = input;
  const found = columnsOf(input);
  const problems = [...found.problems, ...sizeProblems(table)];
  if (problems.length > 0) return { ok: false, problems };
  const reading = readingOf(input);
  const rows = table.rows.map(({ line, cells }) => ({ line, ...readLine(reading, found.columns, cells) }));
  const wrong = [...rows.flatMap(({ line, reasons }) => reasons.map((reason) => ({ line, reason }))), ...duplicates(table, uniqueColumns[register], found.columns)];
  return wrong.length > 0 ? { ok: false, problems: wrong.sort((a, b) => a.line! - b.line!) } : { ok: true, rows: rows.map(({ line, body }) => ({ line, body })) };
}

interface Placed extends Column {
  index: number;
}

function columnsOf({ register, table, mapping }: RegisterImport): { columns: Placed[]; problems: TableProblem[] } {
  const known = registerColumns[register];
  const header = table.header.map((name) => name.toLowerCase());
  const named = (column: Column) => (mapping[column.name] ?? column.name).toLowerCase();
  const columns = known.map((column) => ({ ...column, index: header.indexOf(named(column)) })).filter(({ index }) => index >= 0);
  const problem = (reason: string): TableProblem => ({ line: null, reason });
  const missing = known.filter(({ required, name }) => required && !columns.some((each) => each.name === name)).map(({ name }) => mapping[name] ?? name);
  const unknown = table.header.filter((_, index) => !columns.some((each) => each.index === index));
  const foreign = Object.keys(mapping).filter((name) => !known.some((column) => column.name === name));
  return {
    columns,
    problems: [
      ...(missing.length === 0 ? [] : [problem(`the column ${missing.join(', ')} is missing`)]),
      ...unknown.map((name) => problem(`there is no column "${name}"; use ${known.map((column) => column.name).join(', ')}, or say what it means`)),
      ...foreign.map((name) => problem(`the mapping names "${name}", which is none of ${known.map((column) => column.name).join(', ')}`)),
      ...(new Set(header).size < header.length ? [problem('a column stands there twice')] : []),
    ],
  };
}

function sizeProblems({ header, rows }: SourceTable): TableProblem[] {
  if (header.length === 0 || rows.length === 0) return [{ line: null, reason: 'there is no line to import' }];
  const tooLong = rows.length > IMPORT_ROW_LIMIT;
  return tooLong ? [{ line: null, reason: `there are ${rows.length} lines, and ${IMPORT_ROW_LIMIT} at most are imported at once: split the file` }] : [];
}

type Read = { value: Json } | { reason: string };

/** A file is read line by line, but the directory once: whom each name means, in lower case. */
interface Reading extends RegisterImport {
  named: Record<'people' | 'units', ReadonlyMap<string, string[]>>;
}

function readingOf(input: RegisterImport): Reading {
  const { directory } = input;
  const people = directory.people().map(({ id, email, name }) => ({ id, names: [id, name, ...(email ? [email] : [])] }));
  const units = directory.units().map(({ id, name }) => ({ id, names: [id, name] }));
  return { ...input, named: { people: byName(people), units: byName(units) } };
}

function byName(all: readonly { id: string; names: string[] }[]): Map<string, string[]> {
  const pairs = all.flatMap(({ id, names }) => [...new Set(names.map((name) => name.toLowerCase()))].map((name) => ({ id, name })));
  return new Map([...groupBy(pairs, ({ name }) => name)].map(([name, found]) => [name, found.map(({ id }) => id)]));
}

function readLine(input: Reading, columns: readonly Placed[], cells: readonly string[]): { body: Json; reasons: string[] } {
  const reasons: string[] = [];
  const body: Record<string, Json> = {};
  if (cells.length > input.table.header.length) reasons.push(`there are ${cells.length} cells for ${input.table.header.length} columns`);
  for (const column of columns) {
    const cell = cells[column.index] ?? '';
    const read: Read | null = cell === '' ? (column.required ? { reason: 'must not be empty' } : null) : readers[column.kind](cell, input);
    if (read === null) continue;
    if ('reason' in read) reasons.push(`${column.name}: ${read.reason}`);
    else put(body, (column.at ?? column.name).split('.'), read.value);
  }
  return { body: completed[input.register]?.(body, input.source) ?? body, reasons };
}

/** A value at a path, such as `migrated.rating.likelihood`. */
function put(body: Record<string, Json>, [name, ...rest]: string[], value: Json): void {
  if (rest.length === 0) body[name!] = value;
  else put((body[name!] ??= {}) as Record<string, Json>, rest, value);
}

const partsOf = (cell: string) => cell.split(';').map((each) => each.trim()).filter((each) => each !== '');

const readers: Record<Column['kind'], (cell: string, input: Reading) => Read> = {
  text: (cell) => ({ value: cell }),
  list: (cell) => ({ value: partsOf(cell) }),
  number: (cell) => (/^\d{1,6}$/.test(cell) ? { value: Number(cell) } : { reason: `"${cell}" is no whole number` }),
  word: (cell) => ({ value: wordOf(cell) }),
  person: readPerson,
  unit: readUnit,
  assets: (cell, input) => readEntries(cell, input, 'asset'),
  processes: (cell, input) => readEntries(cell, input, 'businessProcess'),
  suppliers: (cell, input) => readEntries(cell, input, 'supplier'),
};

const lowerWords = ['low', 'medium', 'high', 'critical'];

/** Levels are written small, all other closed lists large: `Strictly confidential` is `STRICTLY_CONFIDENTIAL`. */
function wordOf(cell: string): string {
  const small = cell.toLowerCase();
  return lowerWords.includes(small) ? small : cell.toUpperCase().replaceAll(/[\s-]+/g, '_');
}

/** By id, by address, or by a name that only one has. */
function readPerson(cell: string, { directory, now, named: { people } }: Reading): Read {
  const found = people.get(cell.toLowerCase()) ?? [];
  if (found.length === 0) return { reason: `nobody here is called "${cell}"` };
  const active = found.filter((id) => directory.isActive(id, now));
  if (active.length === 0) return { reason: `${cell} is not here any more` };
  return active.length > 1 ? { reason: `"${cell}" is ${active.length} people: name one of ${active.join(', ')}` } : { value: active[0]! };
}

function readUnit(cell: string, { directory, now, named: { units } }: Reading): Read {
  const found = units.get(cell.toLowerCase())?.find((id) => directory.isUnitActive(id, now));
  return found === undefined ? { reason: `there is no unit "${cell}"` } : { value: found };
}

/** Own numbers of entries of another register. */
function readEntries(cell: string, { codes }: RegisterImport, register: RegisterName): Read {
  const named = partsOf(cell).map((code) => ({ code, id: codes[register]?.get(code.toLowerCase()) }));
  const unknown = named.filter(({ id }) => id === undefined).map(({ code }) => code);
  return unknown.length > 0 ? { reason: `${unknown.join(', ')}: no ${register} has this number` } : { value: named.map(({ id }) => id!) };
}

/** The same number on two lines. */
function duplicates({ rows }: SourceTable, unique: readonly string[], columns: readonly Placed[]): TableProblem[] {
  return columns
    .filter(({ name }) => unique.includes(name))
    .flatMap(({ name, index }) => {
      const first = new Map<string, number>();
      return rows.flatMap(({ line, cells }) => {
        const cell = (cells[index] ?? '').toLowerCase();
        if (cell === '') return [];
        const before = first.get(cell);
        if (before === undefined) first.set(cell, line);
        return before === undefined ? [] : [{ line, reason: `${name}: "${cells[index]}" stands in line ${before} already` }];
      });
    });
}
