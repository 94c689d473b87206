import { CsvError, parse } from 'csv-parse/sync';

/** A table as spreadsheets write it: commas or semicolons, quotes or none, a byte-order mark or none. */
export interface CsvColumns<C extends string> {
  required: readonly C[];
  /** May be left out as a whole. */
  optional: readonly C[];
}

export interface CsvProblem {
  line: number | null;
  reason: string;
}

/** One line; an empty cell, and one of a column that the file leaves out, is undefined. */
export interface CsvRow<C extends string> {
  line: number;
  columns: readonly C[];
  cells: Partial<Record<C, string>>;
}

/** Refuses a row or the file as a whole; caught where lines are counted. */
export class CsvRefusal extends Error {}

interface Line {
  number: number;
  cells: string[];
}

/** Reads every line with `read`; names the problems of all lines. Where the text is no such table there is one problem and no row. */
export function parseCsv<C extends string, R>(
  text: string,
  columns: CsvColumns<C>,
  read: (row: CsvRow<C>) => R,
): { rows: R[]; problems: CsvProblem[] } {
  const problems: CsvProblem[] = [];
  const attempt = <T>(line: number, task: () => T): T[] => {
    try {
      return [task()];
    } catch (error) {
      problems.push({ line: lineOf(error) ?? line, reason: reasonOf(error) });
      return [];
    }
  };
  const rows = attempt(1, () => readTable(text, columns)).flatMap(({ found, lines }) =>
    lines.flatMap((line) => attempt(line.number, () => read(readRow(found, columns, line)))),
  );
  return { rows, problems };
}

/** The names in the first line, for those who decide by them what the table holds. */
export function headerOf(text: string): string[] {
  const [header = ''] = text.replace(/^\ufeff/, '').split(/\r?\n/, 1);
  return header.split(/[;,]/).map((cell) => cell.trim().replaceAll('"', '').toLowerCase());
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

function readTable<C extends string>(text: string, columns: CsvColumns<C>): { found: C[]; lines: Line[] } {
  const [header, ...lines] = readLines(text);
  if (header === undefined)
    throw new CsvRefusal(`the file is empty; its first line is ${allOf(columns).join(',')}`);
  return { found: readHeader(header.cells, columns), lines };
}

function allOf<C extends string>({ required, optional }: CsvColumns<C>): C[] {
  return [...required, ...optional];
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

function readHeader<C extends string>(cells: readonly string[], columns: CsvColumns<C>): C[] {
  const known = allOf(columns);
  const found = cells.map((cell) => {
    const column = known.find((name) => name.toLowerCase() === cell.toLowerCase());
    if (column === undefined) throw new CsvRefusal(`there is no column "${cell}"; use ${known.join(', ')}`);
    return column;
  });
  const missing = columns.required.filter((name) => !found.includes(name));
  if (missing.length > 0) throw new CsvRefusal(`the column ${missing.join(', ')} is missing`);
  if (new Set(found).size < found.length) throw new CsvRefusal('a column stands there twice');
  return found;
}

function readRow<C extends string>(found: readonly C[], { required }: CsvColumns<C>, { number, cells }: Line): CsvRow<C> {
  if (cells.length !== found.length)
    throw new CsvRefusal(`there are ${cells.length} cells for ${found.length} columns`);
  const row: Partial<Record<C, string>> = {};
  found.forEach((column, index) => {
    if (cells[index]) row[column] = cells[index];
  });
  const empty = required.filter((column) => row[column] === undefined);
  if (empty.length > 0) throw new CsvRefusal(`${empty.join(', ')}: must not be empty`);
  return { line: number, columns: found, cells: row };
}

export function readYesNo(column: string, cell = 'no'): true | undefined {
  if (/^(yes|true|ja)$/i.test(cell)) return true;
  if (/^(no|false|nein)$/i.test(cell)) return undefined;
  throw new CsvRefusal(`${column}: "${cell}" is neither yes nor no`);
}
