import colors from 'picocolors';
import type { OrganisationFile } from '../../../contracts/organisation.ts';
import { changedCalendars } from '../../../domain/configuration/calendar-import.ts';
import { contentHash } from '../../../domain/kernel/canonical.ts';
import { newestOrganisation } from '../../../prisma/queries/organisation-file.ts';
import { type Answer, answer } from '../answer.ts';
import { section, table } from '../display/table.ts';
import { Failure } from '../failure.ts';
import { type Ground, withJournal } from './installation.ts';
import { type Finding, readBase, reviewFile } from './organisation-review.ts';

interface ImportOptions {
  reason?: string;
  base?: string;
  dryRun?: true;
}

interface Outcome {
  file: string;
  outcome: 'REFUSED' | 'CHECKED' | 'LOADED' | 'UNCHANGED';
  /** Of the journal's organisation, where it was loaded or is so already. */
  revision: number | null;
  people: number;
  errors: Finding[];
  warnings: Finding[];
}

/** `isms organisation import`: all of the file or, while anything is wrong with it, nothing. */
export async function importFile(file: string, options: ImportOptions): Promise<Answer> {
  const reason = options.reason?.trim();
  if (!reason && !options.dryRun)
    throw new Failure(
      'usage',
      'Say why, for the journal: --reason "New colleague in purchasing" (or only check with --dry-run).',
    );
  const review = await reviewFile(file, () => baseOf(options));
  const { organisation, errors, warnings } = review;
  const result = { file, people: organisation?.people.length ?? 0, errors, warnings };
  if (!organisation) return answer({ ...result, outcome: 'REFUSED', revision: null }, outcomeText, 'refused');
  if (options.dryRun) return answer({ ...result, outcome: 'CHECKED', revision: null }, outcomeText);
  return withJournal(async (ground) => {
    const moved = await movedCalendars(ground, organisation);
    if (moved.length > 0)
      return answer({ ...result, errors: [...errors, ...moved], outcome: 'REFUSED', revision: null }, outcomeText, 'refused');
    const loaded = await load(ground, { organisation, reason: reason ?? '' });
    return answer({ ...result, ...loaded, warnings: [...loaded.warnings, ...warnings] }, outcomeText);
  });
}

async function baseOf({ base }: ImportOptions): Promise<OrganisationFile> {
  if (base !== undefined) return readBase(base);
  const present = await withJournal(({ pool }) => newestOrganisation(pool));
  if (present) return present.data;
  throw new Failure(
    'usage',
    'There is no organisation yet to merge people into: import a .json first, or name one with --base.',
  );
}

/** A calendar in force changes under four eyes. */
async function movedCalendars({ journal }: Ground, { calendars }: OrganisationFile): Promise<Finding[]> {
  const ground = { directory: await journal.directory(), now: new Date().toISOString() };
  return changedCalendars(calendars, ground).map((id) => ({
    where: `calendars ${id}`,
    message: `${id} is in force with other days: change it with isms open configurationChange, where somebody else approves it.`,
  }));
}

type Loaded = Pick<Outcome, 'outcome' | 'revision' | 'warnings'>;

async function load(
  { pool, journal }: Ground,
  { organisation, reason }: { organisation: OrganisationFile; reason: string },
): Promise<Loaded> {
  const present = await newestOrganisation(pool);
  if (present && contentHash(present.data) === contentHash(organisation))
    return { outcome: 'UNCHANGED', revision: present.revision, warnings: [] };
  const { revision } = await journal.importOrganisation({ data: organisation, actor: 'operator', reason });
  return { outcome: 'LOADED', revision, warnings: leftOut(present?.data, organisation) };
}

/** Whoever is no longer in the file loses name and role in what was decided before. */
function leftOut(before: OrganisationFile | undefined, { people }: OrganisationFile): Finding[] {
  const now = new Set(people.map(({ id }) => id));
  const gone = (before?.people ?? []).map(({ id }) => id).filter((id) => !now.has(id));
  return gone.map((id) => ({
    where: '',
    message: `${id} is not in the file any more: keep leavers, with their last day in "until", so that old decisions show their names.`,
  }));
}

function outcomeText({ file, outcome, revision, people, errors, warnings }: Outcome): string {
  const said: Record<Outcome['outcome'], string> = {
    REFUSED: colors.red(
      `${file} was not loaded: put ${errors.length === 1 ? 'this' : `these ${errors.length} things`} right first.`,
    ),
    CHECKED: `${file} can be loaded (${people} people). Nothing was changed.`,
    LOADED: colors.green(`${file} is loaded as revision ${revision} (${people} people).`),
    UNCHANGED: `Nothing to do: ${file} is what is loaded already, as revision ${revision}.`,
  };
  return [
    said[outcome],
    ...section('Errors', findings(errors)),
    ...section('Warnings', findings(warnings)),
  ].join('\n\n');
}

function findings(all: readonly Finding[]): string {
  return all.length === 0
    ? ''
    : table(
        [],
        all.map(({ where, message }) => [where, message]),
      );
}
