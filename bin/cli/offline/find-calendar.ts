import { existsSync, readFileSync } from 'node:fs';
import { type WorkingCalendar, workingCalendarSchema } from '../../../contracts/calendar.ts';
import type { ChartSite } from '../../../domain/directory/chart.ts';
import { Failure } from '../failure.ts';

/** The calendar of a file, or of a site of the loaded organisation; its first site where nothing is named. */
export async function findCalendar(named: string | undefined): Promise<WorkingCalendar> {
  if (named !== undefined && (named.endsWith('.json') || named.includes('/') || existsSync(named)))
    return readCalendar(named);
  return calendarOfSite(await loadedOrganisation(), named);
}

interface Loaded {
  sites: readonly ChartSite[];
  /** As changes of the configuration have made them. */
  calendars: WorkingCalendar[];
}

function readCalendar(file: string): WorkingCalendar {
  const { success, data, error } = workingCalendarSchema.safeParse(readJson(file));
  if (success) return data;
  const reasons = error.issues.map(({ path, message }) => ({
    code: 'INVALID_FILE',
    text: [...path, message].join(': '),
  }));
  throw new Failure('usage', `${file} is no working calendar (id, zone, weekend, holidays, halfDays).`, {
    reasons,
  });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch {
    throw new Failure('usage', `${file} cannot be read as JSON: correct the path or the file.`);
  }
}

async function loadedOrganisation(): Promise<Loaded> {
  const { withJournal } = await import('../operator/installation.ts');
  const { newestOrganisation } = await import('../../../prisma/queries/organisation-file.ts');
  const { calendarsInForce } = await import('../../../domain/configuration/calendars.ts');
  const loaded = await withJournal(async ({ pool, journal, clock }) => {
    const newest = await newestOrganisation(pool);
    const directory = await journal.directory();
    return newest && { sites: directory.sites(clock()), calendars: calendarsInForce(directory, clock()) };
  }).catch(nameTheFile);
  if (loaded) return loaded;
  throw new Failure('usage', 'No organisation is loaded: name a calendar file with --calendar FILE.json.');
}

function nameTheFile(error: unknown): never {
  if (!(error instanceof Failure) || error.exit !== 'unreachable') throw error;
  throw new Failure('unreachable', error.message, {
    ...error.details,
    hints: ['Or name a calendar file: --calendar FILE.json needs no engine.'],
  });
}

function calendarOfSite({ sites, calendars }: Loaded, named: string | undefined): WorkingCalendar {
  const site = named === undefined ? sites[0] : sites.find(({ id }) => id === named);
  const calendar = calendars.find(({ id }) => id === site?.calendar);
  if (site && calendar) return { ...calendar, zone: site.zone };
  throw new Failure(
    'usage',
    `There is no site ${named}: choose ${sites.map(({ id }) => id).join(', ')}, or a calendar file.`,
  );
}
