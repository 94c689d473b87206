import { AlignmentType, Document, Footer, Header, HeadingLevel, Packer, PageNumber, PageOrientation, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx';
import type { ExportTable } from '../../domain/exchange/export-table.ts';

/** A document in landscape A4; title, facts, hash and page number stand on every page, the names of the columns above every part of the table. */
export async function docxOf(table: ExportTable): Promise<Buffer> {
  const { title, facts } = table;
  const page = { size: { orientation: PageOrientation.LANDSCAPE, width: 11906, height: 16838 }, margin: { top: 1000, bottom: 900, left: 800, right: 800 } };
  const document = new Document({
    creator: facts[0] ?? '',
    title,
    styles: { default: { document: { run: { font: 'Arial', size: 16 } } } },
    sections: [
      {
        properties: { page },
        headers: { default: new Header({ children: [line(`${title} · ${facts.join(' · ')}`)] }) },
        footers: { default: new Footer({ children: [foot(table)] }) },
        children: [new Paragraph({ text: title, heading: HeadingLevel.HEADING_1 }), ...facts.map((each) => line(each)), line(''), tableOf(table)],
      },
    ],
  });
  return Packer.toBuffer(document);
}

const WIDTH = 15_200;

function tableOf({ columns, rows }: ExportTable): Table {
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  const widths = columns.map(({ weight }) => Math.floor((WIDTH * weight) / total));
  const row = (cells: readonly string[], head = false) => new TableRow({ tableHeader: head, cantSplit: true, children: cells.map((cell, n) => cellOf(cell, { width: widths[n]!, head })) });
  return new Table({ layout: TableLayoutType.FIXED, width: { size: WIDTH, type: WidthType.DXA }, columnWidths: widths, rows: [row(columns.map(({ title }) => title), true), ...rows.map((cells) => row(cells))] });
}

function cellOf(text: string, { width, head }: { width: number; head: boolean }): TableCell {
  const shading = head ? { shading: { fill: 'DDDDDD' } } : {};
  return new TableCell({ width: { size: width, type: WidthType.DXA }, margins: { top: 40, bottom: 40, left: 60, right: 60 }, ...shading, children: [new Paragraph({ children: [new TextRun({ text: plain(text), bold: head })] })] });
}

function line(text: string): Paragraph {
  return new Paragraph({ children: [new TextRun(plain(text))] });
}

function foot({ hash }: ExportTable): Paragraph {
  return new Paragraph({ alignment: AlignmentType.LEFT, children: [new TextRun({ children: [`SHA-256 ${hash} · page `, PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES], size: 13 })] });
}

/** XML has no other control characters. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex -- they are what is taken out
  return text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}
