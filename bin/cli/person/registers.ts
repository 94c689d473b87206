import { readFileSync, writeFileSync } from 'node:fs';
import type { ExportFormat, RegisterImportView } from '../../../contracts/register-exchange.ts';
import { type Answer, answer } from '../answer.ts';
import { table } from '../display/table.ts';
import { Failure } from '../failure.ts';
import { caseIdOf, isReference } from './case-reference.ts';
import { type PersonOptions, connect } from './connection.ts';

interface ImportOptions extends PersonOptions {
  map?: string[];
  source?: string;
  dryRun?: true;
  key?: string;
}

/** `isms register import`: all lines of the file or, while anything is wrong with one of them, nothing. */
export async function importRegister(register: string, file: string, { map = [], source, dryRun, key, ...options }: ImportOptions): Promise<Answer> {
  const bytes = readBytes(file);
  const api = await connect(options);
  const query = { dryRun: dryRun ?? false, source, map: map.length === 0 ? undefined : JSON.stringify(mappingOf(map)) };
  const type = /\.xlsx$/i.test(file) ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';
  const done = await api.upload<RegisterImportView>(`/registers/${encodeURIComponent(register)}/imports`, { bytes, type, query, key });
  return answer(done, importText);
}

function readBytes(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file));
  } catch {
    throw new Failure('usage', `${file} cannot be read: correct the path or its permissions.`);
  }
}

/** `owner=Verantwortlich`: our column, and what the file calls it. */
function mappingOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      if (name === '' || rest.length === 0) throw new Failure('usage', `--map takes column=name in the file, such as owner=Verantwortlich, not "${pair}".`);
      return [name.trim(), rest.join('=').trim()];
    }),
  );
}

const said: Record<RegisterImportView['outcome'], (rows: number) => string> = {
  CHECKED: (rows) => `All ${rows} lines can be opened. Nothing was changed.`,
  LOADED: (rows) => `${rows} entries are open.`,
  LOADED_BEFORE: () => 'Nothing to do: this was imported before, with this key.',
};

function importText({ outcome, rows, opened }: RegisterImportView): string {
  const shown = outcome === 'LOADED' && opened.length > 0 ? [table([], opened.map(({ line, ref, title }) => [`line ${line}`, ref, title]))] : [];
  return [said[outcome](rows), ...shown].join('\n\n');
}

interface ExportOptions extends PersonOptions {
  format: ExportFormat;
  out?: string;
}

/** `isms register export`: a register, or a version of the Statement of Applicability by its reference. */
export async function exportRegister(what: string, { format, out, ...options }: ExportOptions): Promise<Answer> {
  const api = await connect(options);
  const path = isReference(what) ? `/statements/${await caseIdOf(api, what)}/export` : `/registers/${encodeURIComponent(what)}/export`;
  const { bytes, fileName, hash } = await api.download(path, { format });
  const file = out ?? fileName ?? `export.${format}`;
  write(file, bytes);
  return answer({ file, size: bytes.length, hash }, ({ file: name, size, hash: sum }) => `${name}, ${size} bytes\nSHA-256 of its content ${sum}`);
}

function write(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch {
    throw new Failure('usage', `${file} cannot be written: correct the path or its permissions.`);
  }
}
