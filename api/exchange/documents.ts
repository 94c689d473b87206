import type { ExportFormat } from '../../contracts/register-exchange.ts';
import type { ExportTable } from '../../domain/exchange/export-table.ts';
import type { Answer } from '../endpoint.ts';
import { csvOf } from './csv.ts';

interface Writer {
  mediaType: string;
  write: (table: ExportTable) => Buffer | Promise<Buffer>;
}

/** Libraries of documents are loaded by whoever first asks for one. */
const writers: Record<ExportFormat, Writer> = {
  csv: { mediaType: 'text/csv; charset=utf-8', write: csvOf },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', write: async (table) => (await import('./xlsx.ts')).xlsxOf(table) },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', write: async (table) => (await import('./docx.ts')).docxOf(table) },
  pdf: { mediaType: 'application/pdf', write: async (table) => (await import('./pdf.ts')).pdfOf(table) },
};

/** The table as a file to keep; its hash stands in the answer as well. */
export async function documentAnswer(table: ExportTable, format: ExportFormat): Promise<Answer> {
  const { mediaType, write } = writers[format];
  const content = await write(table);
  return { status: 200, bytes: { content, mediaType, fileName: `${table.fileName}.${format}` }, headers: { 'X-Content-SHA-256': table.hash } };
}
