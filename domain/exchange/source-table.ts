import { CsvError, parse } from 'csv-parse/sync';

/** A table as somebody sends it, whatever the file: names of columns, and lines as people count them. */
export interface SourceTable {
  header: string[];
  rows: { line: number; cells: string[] }[];
}

/** What is wrong with a file as a whole, or with one line of it. */
export interface TableProblem {
  line: number | null;
  reason: string;
}

/** Commas or semicolons, quotes or none, a byte-order mark or none. */
export function tableOfCsv(text: string): SourceTable | { problem: TableProblem } {
  const [first = ''] = text.split(/\r?\n/, 1);
  const options = { bom: true, delimiter: first.includes(';') ? ';' : ',', info: true, relax_column_count: true, skip_empty_lines: true, trim: true } as const;
  try {
    // With `info` the parser answers objects, which its type for records without columns does not say.
    const records = parse(text, options) as unknown as { record: string[]; info: { lines: number } }[];
    return tableOf(records.map(({ record, info }) => ({ line: info.lines - lineBreaksIn(record), cells: record })));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { problem: { line: typeof error['lines'] === 'number' ? error['lines'] : null, reason: 'quotes do not pair up: write " inside a quoted cell as ""' } };
  }
}

/** The first line that says anything names the columns; empty lines count for nothing. */
export function tableOf(lines: readonly { line: number; cells: readonly string[] }[]): SourceTable {
  const [header, ...rows] = lines.filter(({ cells }) => cells.some((cell) => cell.trim() !== '')).map(({ line, cells }) => ({ line, cells: cells.map((cell) => cell.trim()) }));
  return { header: header?.cells ?? [], rows };
}

/** The parser counts up to the end of a record; people look for its beginning. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.join('').split('\n').length - 1;
}
