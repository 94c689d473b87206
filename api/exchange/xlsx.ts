import writeXlsxFile from 'write-excel-file/node';
import type { SheetData } from 'write-excel-file/node';
import type { ExportTable } from '../../domain/exchange/export-table.ts';
import { neutral } from './csv.ts';

const LINE_HEIGHT = 13;

/** High enough for the longest cell: not every program works that out by itself. */
function heightOf(cells: readonly string[], columns: readonly { width: number }[]): number {
  const lines = cells.map((text, n) => text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil((part.length * 1.15) / columns[n]!.width)), 0));
  return LINE_HEIGHT * Math.max(...lines) + 2;
}

/** A workbook of one sheet: the table, and below it what every document says of itself. All cells are text, and none begins like a formula. */
export async function xlsxOf({ title, facts, hash, columns, rows }: ExportTable): Promise<Buffer> {
  const cell = (value: string) => ({ type: String, value: neutral(value), wrap: true, alignVertical: 'top' as const });
  const header = columns.map((column) => ({ type: String, value: column.title, fontWeight: 'bold' as const, backgroundColor: '#dddddd' }));
  const notes = [[], ...[title, ...facts, `SHA-256 ${hash}`].map((line) => [{ type: String, value: neutral(line) }])];
  const widths = columns.map(({ weight }) => ({ width: Math.max(10, weight * 1.8) }));
  const data: SheetData = [header, ...rows.map((cells) => cells.map((text) => ({ ...cell(text), height: heightOf(cells, widths) }))), ...notes];
  return writeXlsxFile(data, { sheet: title.slice(0, 31), columns: widths, stickyRowsCount: 1, orientation: 'landscape' }).toBuffer();
}
