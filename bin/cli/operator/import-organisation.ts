import { readFileSync } from 'node:fs';
import colors from 'picocolors';
import { organisationFileSchema, type OrganisationFile } from '../../../contracts/organisation.ts';
import type { OrganisationChange } from '../../../domain/directory/organisation-changes.ts';
import type { ImportFile } from '../../../domain/directory/organisation-import.ts';
import { type Ending, type ImportReport, runImport } from '../../../prisma/organisation-import.ts';
import { newestOrganisation } from '../../../prisma/queries/organisation-file.ts';
import { type Answer, answer } from '../answer.ts';
import { section, table } from '../display/table.ts';
import { Failure } from '../failure.ts';
import { type Ground, withJournal } from './installation.ts';

interface ImportOptions {
  reason?: string;
  base?: string;
  complete?: true;
  dryRun?: true;
}

/** `isms organisation import`: all of the files or, while anything is wrong with one of them, nothing. */
export async function importFiles(names: string[], options: ImportOptions): Promise<Answer> {
  const reason = options.reason?.trim();
  if (!reason && !options.dryRun)
    throw new Failure(
      'usage',
      'Say why, for the journal: --reason "New colleague in purchasing" (or only check with --dry-run).',
    );
  const files = names.map(readImportFile);
  const base = options.base === undefined ? undefined : readBase(options.base);
  const report = await withJournal((ground) => load(ground, { files, base, reason: reason ?? '', options }));
  const shown = { files: names, ...report };
  return report.outcome === 'REFUSED' ? answer(shown, reportText, 'refused') : answer(shown, reportText);
}

interface Loading {
  files: ImportFile[];
  base: OrganisationFile | undefined;
  reason: string;
  options: ImportOptions;
}

async function load(
  { pool, journal, clock }: Ground,
  { files, base, reason, options }: Loading,
): Promise<ImportReport> {
  const needsBase = !files.some(({ name }) => /\.json$/i.test(name)) && base === undefined;
  if (needsBase && !(await newestOrganisation(pool)))
    throw new Failure(
      'usage',
      'There is no organisation yet to merge people into: import a .json first, or name one with --base.',
    );
  const request = { files, base, reason, actor: 'operator' as const };
  const { complete = false, dryRun = false } = options;
  return runImport({ pool, journal, now: clock() }, { ...request, complete, dryRun }).catch(asFailure);
}

function asFailure(error: unknown): never {
  if (error instanceof Error && error.name === 'OrganisationHasChanged')
    throw new Failure('refused', error.message);
  throw error;
}

function readImportFile(name: string): ImportFile {
  if (!/\.(json|csv)$/i.test(name))
    throw new Failure(
      'usage',
      `${name} is neither .json (an organisation) nor .csv (people, units or roles).`,
    );
  return { name, text: readText(name) };
}

/** The organisation that tables are merged into, instead of the one that is loaded. */
function readBase(file: string): OrganisationFile {
  const { data, error } = organisationFileSchema.safeParse(parseJson(readText(file)));
  if (data) return data;
  const reasons = error.issues.map(({ path, message }) => ({
    code: 'INVALID_FILE',
    text: [path.join('.'), message].filter(Boolean).join(': '),
  }));
  throw new Failure('refused', `${file} is no organisation to merge people into.`, { reasons });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  } catch {
    throw new Failure('usage', `${file} cannot be read: correct the path or its permissions.`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Shown = ImportReport & { files: string[] };

function reportText({
  files,
  outcome,
  revision,
  people,
  problems,
  warnings,
  changes,
  endings,
  departures,
}: Shown): string {
  const named = files.join(', ');
  const said: Record<ImportReport['outcome'], string> = {
    REFUSED: colors.red(
      `${named} was not loaded: put ${problems.length === 1 ? 'this' : `these ${problems.length} things`} right first.`,
    ),
    CHECKED: `${named} can be loaded (${people} people). Nothing was changed.`,
    LOADED: colors.green(`${named} is loaded as revision ${revision} (${people} people).`),
    UNCHANGED: `Nothing to do: ${named} is what is loaded already, as revision ${revision}.`,
  };
  const opened = departures.length === 0 ? [] : [`Departures opened: ${departures.join(', ')}.`];
  return [
    said[outcome],
    ...opened,
    ...section('Errors', found(problems.map(({ file, where, message }) => [file, where, message]))),
    ...section('What ends', found(endings.map(endingRow))),
    ...section('Changes', found(changes.map(changeRow))),
    ...section('Warnings', found(warnings.map(({ path, message }) => [path.join('.'), message]))),
  ].join('\n\n');
}

function found(rows: string[][]): string {
  return rows.length === 0 ? '' : table([], rows);
}

function endingRow({ kind, person, role, unit, lastDay, openCases }: Ending): string[] {
  const what = { LEAVES: 'leaves', ROLE_ENDS: `is no longer ${role}`, UNIT_DISSOLVED: 'is dissolved' }[kind];
  const means = {
    LEAVES: `${openCases} open assignments will need an owner`,
    ROLE_ENDS: 'open cases that need the role will look again',
    UNIT_DISSOLVED: `${openCases} open cases move to another unit`,
  }[kind];
  return [person ?? unit ?? '', `${what}, last day ${lastDay}`, means];
}

function changeRow({ what, id, change, fields }: OrganisationChange): string[] {
  const detail = change === 'ADDED' ? '' : fields.map(({ field, before, after }) => `${field}: ${before ?? '–'} → ${after ?? '–'}`).join(', ');
  return [change.toLowerCase(), `${what} ${id}`, detail];
}
