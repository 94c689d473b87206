import { fileURLToPath } from 'node:url';
import pdfmake from 'pdfmake';
import type { TDocumentDefinitions } from 'pdfmake/interfaces.d.ts';
import type { ExportTable } from '../../domain/exchange/export-table.ts';

const font = (style: string) => fileURLToPath(import.meta.resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`));
pdfmake.addFonts({ Roboto: { normal: font('Regular'), bold: font('Medium'), italics: font('Italic'), bolditalics: font('MediumItalic') } });
// A document is made of what stands in the table: it fetches nothing.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => /[\\/]pdfmake[\\/]fonts[\\/]Roboto[\\/]/.test(path));

/** A document in landscape A4; title, facts, hash and page number stand on every page, the names of the columns above every part of the table. */
export async function pdfOf({ title, facts, hash, columns, rows }: ExportTable): Promise<Buffer> {
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [30, 44, 30, 36],
    info: { title, author: facts[0] ?? '' },
    defaultStyle: { fontSize: 7 },
    header: { text: `${title} · ${facts.join(' · ')}`, margin: [30, 20, 30, 0], fontSize: 7, color: '#555555' },
    footer: (page: number, pages: number) => ({ text: `SHA-256 ${hash} · page ${page} of ${pages}`, margin: [30, 8, 30, 0], fontSize: 6, color: '#555555' }),
    content: [
      { text: title, fontSize: 14, bold: true },
      { text: facts.join('\n'), margin: [0, 4, 0, 8] },
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: columns.map(({ weight }) => `${((USABLE * weight) / total).toFixed(2)}%`),
          body: [columns.map((column) => ({ text: column.title, bold: true, fillColor: '#dddddd' })), ...rows.map((cells) => cells.map(breakable))],
        },
        layout: 'lightHorizontalLines',
      },
    ],
  };
  return pdfmake.createPdf(definition).getBuffer();
}

/** Percent that is left for columns beside their padding. */
const USABLE = 100;
const LONGEST_WORD = 18;

/** A word longer than its column would be clipped: it may break anywhere. */
function breakable(cell: string): string {
  return cell.replaceAll(/\S{19,}/g, (word) => (word.match(new RegExp(`.{1,${LONGEST_WORD}}`, 'gu')) ?? []).join('\u200b'));
}
