import { tableOf, tableOfCsv } from '../../domain/exchange/source-table.ts';
import type { SourceTable, TableProblem } from '../../domain/exchange/source-table.ts';

/** A register as it was sent: a workbook (the first sheet of it), or text in UTF-8 with one line for each entry. */
export async function readTable(bytes: Buffer): Promise<SourceTable | { problem: TableProblem }> {
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') return tableOfCsv(textOf(bytes));
  // Like the writers of documents: loaded by whoever first brings a workbook, not at every start.
  const { readSheet } = await import('read-excel-file/node');
  try {
    const rows = await readSheet(bytes);
    return tableOf(rows.map((cells, index) => ({ line: index + 1, cells: cells.map(cellText) })));
  } catch {
    return { problem: { line: null, reason: 'the file is no workbook that can be read: save it as .xlsx or .csv' } };
  }
}

/** What is not UTF-8 comes from an older spreadsheet of this part of the world. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell);
}
