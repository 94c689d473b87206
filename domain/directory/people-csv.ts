import { CsvError, parse } from 'csv-parse/sync';
import type { PersonId } from '../../contracts/identity.ts';
import { roleNames, roleNameSchema } from '../../contracts/organisation.ts';
import type { RoleName } from '../../contracts/organisation.ts';

const requiredColumns = ['id', 'name', 'email', 'unit'] as const;
const optionalColumns = ['manager', 'roles', 'from', 'until', 'external'] as const;
/** Columns of the people file. The optional ones may be left out as a whole. */
const peopleColumns = [...requiredColumns, ...optionalColumns] as const;
type Column = (typeof peopleColumns)[number];

/** What is wrong, and in which line of the file; null where the organisation that it is merged into is at fault. */
export interface PeopleCsvProblem {
  line: number | null;
  reason: string;
}

/** One person as the file has them: an empty cell is undefined, a column that the file leaves out is absent. */
export interface PeopleRow {
  line: number;
  id: PersonId;
  fields: Partial<Record<Exclude<Column, 'roles' | 'external'>, string | undefined>> & {
    external?: boolean | undefined;
  };
  roles?: RoleName[];
}

/** Refuses a row or the file as a whole; caught where lines are counted. */
class CsvRefusal extends Error {}

interface Line {
  number: number;
  cells: string[];
}

/**
 * Reads a people file: separated by commas or semicolons (as spreadsheets write them), with or without quotes and byte-order
 * mark. Names the problems of all lines; where the text is no such table there is one problem and no row.
 */
export function parsePeopleCsv(text: string): { rows: PeopleRow[]; problems: PeopleCsvProblem[] } {
  const problems: PeopleCsvProblem[] = [];
  const attempt = <T>(line: number, read: () => T): T[] => {
    try {
      return [read()];
    } catch (error) {
      problems.push({ line: lineOf(error) ?? line, reason: reasonOf(error) });
      return [];
    }
  };
  const rows = attempt(1, () => readTable(text)).flatMap(({ columns, lines }) =>
    lines.flatMap((line) => attempt(line.number, () => readRow(columns, line))),
  );
  return { rows, problems };
}

function lineOf(error: unknown): number | null {
  const line: unknown = error instanceof CsvError ? error.lines : null;
  return typeof line === 'number' ? line : null;
}

function reasonOf(error: unknown): string {
  if (error instanceof CsvRefusal) return error.message;
  if (error instanceof CsvError) return `quotes do not pair up: write " inside a quoted cell as ""`;
  throw error;
}

function readTable(text: string): { columns: Column[]; lines: Line[] } {
  const [header, ...lines] = readLines(text);
  if (header === undefined)
    throw new CsvRefusal(`the file is empty; its first line is ${peopleColumns.join(',')}`);
  return { columns: readHeader(header.cells), lines };
}

interface InfoRecord {
  record: string[];
  info: { lines: number };
}

function readLines(text: string): Line[] {
  const [header = ''] = text.split(/\r?\n/, 1);
  const delimiter = header.includes(';') ? ';' : ',';
  const options = { bom: true, delimiter, info: true, relax_column_count: true, trim: true } as const;
  // With `info` the parser answers objects, which its type for records without columns does not say.
  const records = parse(text, { ...options, skip_empty_lines: true }) as unknown as InfoRecord[];
  return records.map(({ record, info }) => ({ number: info.lines - lineBreaksIn(record), cells: record }));
}

/** The parser counts up to the end of a record; people look for its beginning. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.join('').split('\n').length - 1;
}

function readHeader(cells: readonly string[]): Column[] {
  const columns = cells.map((cell) => {
    const column = peopleColumns.find((name) => name === cell.toLowerCase());
    if (column === undefined) {
      throw new CsvRefusal(`there is no column "${cell}"; use ${peopleColumns.join(', ')}`);
    }
    return column;
  });
  const missing = requiredColumns.filter((name) => !columns.includes(name));
  if (missing.length > 0) throw new CsvRefusal(`the column ${missing.join(', ')} is missing`);
  if (new Set(columns).size < columns.length) throw new CsvRefusal('a column stands there twice');
  return columns;
}

function readRow(columns: readonly Column[], { number, cells }: Line): PeopleRow {
  if (cells.length !== columns.length) {
    throw new CsvRefusal(`there are ${cells.length} cells for ${columns.length} columns`);
  }
  const row: Partial<Record<Column, string | undefined>> = {};
  columns.forEach((column, index) => (row[column] = cells[index] || undefined));
  const empty = requiredColumns.filter((column) => row[column] === undefined);
  if (empty.length > 0) throw new CsvRefusal(`${empty.join(', ')}: must not be empty`);
  const { roles, external, ...fields } = row;
  return {
    line: number,
    id: row.id ?? '',
    fields: columns.includes('external') ? { ...fields, external: readExternal(external) } : fields,
    ...(columns.includes('roles') && { roles: readRoles(roles) }),
  };
}

function readExternal(cell = 'no'): true | undefined {
  if (/^(yes|true)$/i.test(cell)) return true;
  if (/^(no|false)$/i.test(cell)) return undefined;
  throw new CsvRefusal(`external: "${cell}" is neither yes nor no`);
}

function readRoles(cell = ''): RoleName[] {
  const names = cell.split('|').map((name) => name.trim().toUpperCase());
  return [...new Set(names.filter((name) => name !== ''))].map((name) => {
    const role = roleNameSchema.safeParse(name);
    if (!role.success) throw new CsvRefusal(`roles: there is no role "${name}"; use ${roleNames.join(', ')}`);
    return role.data;
  });
}
