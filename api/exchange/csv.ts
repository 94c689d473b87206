import type { ExportTable } from '../../domain/exchange/export-table.ts';

/**
 * Cells that a spreadsheet would take for a formula are neutralised with an apostrophe before them; quotes are doubled. A byte-order mark
 * tells it that the text is UTF-8.
 */
export function csvOf({ columns, rows }: ExportTable): Buffer {
  const lines = [columns.map(({ title }) => title), ...rows].map((cells) => cells.map((cell) => quoted(neutral(cell))).join(';'));
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf8');
}

/** Also behind white space, which spreadsheets skip. */
export function neutral(cell: string): string {
  return /^[\s\p{Cc}]*[=+\-@]|^[\t\r]/u.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[";\r\n']|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
