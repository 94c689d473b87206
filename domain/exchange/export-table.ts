import type { RegisterName } from '../../contracts/register-exchange.ts';
import type { StatementDocument, StatementRow } from '../../contracts/statement.ts';
import { contentHash } from '../kernel/canonical.ts';

/** What is exported, whatever the format: a titled table, dated, with its version and the hash of what stands in it (rules §16.3). */
export interface ExportTable {
  title: string;
  /** What every page says: organisation, day, version. */
  facts: string[];
  /** SHA-256 of columns and rows. */
  hash: string;
  columns: { title: string; weight: number }[];
  rows: string[][];
  fileName: string;
}

interface Column<T> {
  title: string;
  /** Of the width of the page. */
  weight: number;
  cell: (item: T) => string | null | undefined;
}

export interface ExportHead {
  organisation: string;
  /** Local date on which it was made. */
  on: string;
}

function tableOf<T>(columns: readonly Column<T>[], items: readonly T[], head: Pick<ExportTable, 'title' | 'facts' | 'fileName'>): ExportTable {
  const titles = columns.map(({ title }) => title);
  const rows = items.map((item) => columns.map(({ cell }) => cell(item) ?? ''));
  return { ...head, hash: contentHash([titles, ...rows]), columns: columns.map(({ title, weight }) => ({ title, weight })), rows };
}

/** An entry as a register lists it. */
export interface ExportedEntry {
  ref: string;
  title: string;
  owner: string | null;
  unit: string;
  state: string;
  about: Record<string, string | string[] | null>;
}

const about = (name: string) => (entry: ExportedEntry) => [entry.about[name] ?? ''].flat().join('; ');
const ref: Column<ExportedEntry> = { title: 'Reference', weight: 9, cell: (entry) => entry.ref };
const owner: Column<ExportedEntry> = { title: 'Owner', weight: 10, cell: (entry) => entry.owner };
const unit: Column<ExportedEntry> = { title: 'Unit', weight: 8, cell: (entry) => entry.unit };

const plain: readonly Column<ExportedEntry>[] = [
  ref,
  { title: 'Own number', weight: 8, cell: about('code') },
  { title: 'Name', weight: 20, cell: about('name') },
  { title: 'Description', weight: 22, cell: about('description') },
  { title: 'Kind', weight: 9, cell: about('kind') },
  { title: 'Criticality', weight: 7, cell: about('criticality') },
  { title: 'Classification', weight: 10, cell: about('classification') },
  owner,
  unit,
];

const registers: Record<RegisterName, { title: string; columns: readonly Column<ExportedEntry>[] }> = {
  asset: { title: 'Register of assets', columns: plain },
  businessProcess: { title: 'Register of business processes', columns: plain },
  supplier: { title: 'Register of suppliers', columns: plain },
  control: {
    title: 'Controls',
    columns: [
      { title: 'Control', weight: 7, cell: about('control') },
      { title: 'Title', weight: 24, cell: about('title') },
      { title: 'Status', weight: 10, cell: about('status') },
      { title: 'Effective', weight: 7, cell: about('effective') },
      { title: 'Evidence', weight: 9, cell: about('evidenceOn') },
      { title: 'How', weight: 22, cell: about('how') },
      { title: 'Documents', weight: 14, cell: about('documents') },
      owner,
    ],
  },
  risk: {
    title: 'Risk register',
    columns: [
      ref,
      { title: 'Title', weight: 24, cell: (entry) => entry.title },
      { title: 'Category', weight: 9, cell: about('category') },
      { title: 'Inherent', weight: 6, cell: about('inherent') },
      { title: 'Current', weight: 6, cell: ({ about: told }) => (told['level'] ?? told['proposalLevel'] ?? '') as string },
      { title: 'Target', weight: 6, cell: about('target') },
      { title: 'Residual', weight: 6, cell: about('residual') },
      { title: 'Decision', weight: 8, cell: about('decision') },
      { title: 'Controls', weight: 14, cell: about('controls') },
      { title: 'State', weight: 9, cell: (entry) => entry.state },
      { title: 'Review', weight: 9, cell: about('reviewOn') },
      owner,
    ],
  },
};

export function registerExport(register: RegisterName, entries: readonly ExportedEntry[], { organisation, on }: ExportHead): ExportTable {
  const { title, columns } = registers[register];
  return tableOf(columns, entries, { title, facts: [organisation, `As of ${on}`, `${entries.length} entries`], fileName: `${register}-${on}` });
}

const reasonTexts = ({ reasons }: StatementRow) => reasons.map(({ code, text, refs }) => [code, text, refs.join(', ')].filter(Boolean).join(' '));

const implemented: Record<StatementRow['status'], string> = { NOT_STARTED: 'no: not started', PLANNED: 'no: planned', PARTIAL: 'no: in part', IMPLEMENTED: 'yes' };

const statementColumns: readonly Column<StatementRow>[] = [
  { title: 'Control', weight: 6, cell: ({ control }) => control },
  { title: 'Title', weight: 18, cell: ({ title }) => title },
  { title: 'Applicable', weight: 7, cell: ({ applicable }) => (applicable ? 'yes' : 'no') },
  { title: 'Justification', weight: 24, cell: (row) => (row.applicable ? reasonTexts(row).join('; ') : row.justification) },
  { title: 'Implemented', weight: 9, cell: ({ applicable, status }) => (applicable ? implemented[status] : '') },
  { title: 'Owner', weight: 9, cell: ({ owner: who }) => who },
  { title: 'Where described', weight: 12, cell: ({ documents }) => documents.join('; ') },
  { title: 'Evidence', weight: 9, cell: ({ evidenceOn }) => evidenceOn },
  { title: 'Planned', weight: 14, cell: ({ plans, actions }) => [...plans, ...actions].join('; ') },
];

export interface ExportedStatement {
  ref: string;
  state: string;
  document: StatementDocument;
}

/** A version of the Statement of Applicability, as it was approved or as it is now. */
export function statementExport({ ref: reference, state, document: { version, rows, effectiveOn } }: ExportedStatement, { organisation, on }: ExportHead): ExportTable {
  const number = `${version.major}.${version.minor}`;
  const standing = effectiveOn === null ? `${state}, not in force` : `in force since ${effectiveOn}`;
  return tableOf(statementColumns, rows, { title: 'Statement of Applicability', facts: [organisation, `Version ${number} (${reference}), ${standing}`, `Exported on ${on}`], fileName: `statement-of-applicability-${number}` });
}
