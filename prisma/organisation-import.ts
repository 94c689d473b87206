import type { Pool } from 'pg';
import { localDate } from '../domain/calendar/due.ts';
import { changedCalendars } from '../domain/configuration/calendar-import.ts';
import { contentHash } from '../domain/kernel/canonical.ts';
import type { Instant, PersonId } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import type { OrganisationChange } from '../domain/directory/organisation-changes.ts';
import type { AnnouncedDeparture } from '../domain/directory/organisation-endings.ts';
import { planImport } from '../domain/directory/organisation-import.ts';
import type { ImportFile, ImportPlan, ImportProblem } from '../domain/directory/organisation-import.ts';
import type { OrganisationProblem } from '../domain/directory/validation.ts';
import type { Journal } from './journal/journal.ts';
import { openAssignments, openCasesOfUnits } from './queries/assignments.ts';
import { newestOrganisation } from './queries/organisation-file.ts';

/** Import and re-import against what is loaded, for the command line and the API alike. */
export interface ImportRequest {
  files: readonly ImportFile[];
  complete: boolean;
  dryRun: boolean;
  actor: PersonId | 'operator';
  reason: string;
  /** Instead of what is loaded. */
  base?: OrganisationFile;
}

/** Something that ends, and what that means. */
export interface Ending extends AnnouncedDeparture {
  /** Open cases that will need an owner, or move to another unit. */
  openCases: number;
}

export interface ImportReport {
  outcome: 'REFUSED' | 'CHECKED' | 'LOADED' | 'UNCHANGED';
  revision: number | null;
  people: number;
  problems: ImportProblem[];
  warnings: OrganisationProblem[];
  changes: OrganisationChange[];
  endings: Ending[];
  /** References of the departures that were opened. */
  departures: string[];
}

export interface ImportGround {
  pool: Pool;
  journal: Pick<Journal, 'importOrganisation' | 'directory'>;
  now: Instant;
}

const nothing = { revision: null, people: 0, problems: [], warnings: [], changes: [], endings: [], departures: [] };

export async function runImport({ pool, journal, now }: ImportGround, request: ImportRequest): Promise<ImportReport> {
  const loaded = await newestOrganisation(pool);
  const plan = await planned({ journal, now }, request, loaded?.data ?? null);
  if (!plan.ok) return { ...nothing, outcome: 'REFUSED', problems: plan.problems };
  const { organisation, changes, departures, warnings } = plan;
  const report = { ...nothing, people: organisation.people.length, warnings, changes, endings: await endingsOf(pool, departures) };
  if (loaded && contentHash(loaded.data) === contentHash(organisation)) return { ...report, outcome: 'UNCHANGED', revision: loaded.revision };
  if (request.dryRun) return { ...report, outcome: 'CHECKED' };
  const { actor, reason } = request;
  const done = await journal.importOrganisation({ data: organisation, actor, reason, departures, planned: loaded?.revision ?? 0 });
  return { ...report, outcome: 'LOADED', ...done };
}

async function planned(ground: Pick<ImportGround, 'journal' | 'now'>, { files, complete, base: given }: ImportRequest, loaded: OrganisationFile | null): Promise<ImportPlan> {
  const base = given ?? loaded;
  const plan = planImport({ files, complete, base, today: localDate(ground.now, base?.organisation.zone ?? 'UTC') });
  const problems = plan.ok ? await movedCalendars(ground, plan.organisation) : [];
  return problems.length === 0 ? plan : { ok: false, problems };
}

/** A calendar in force changes under four eyes (rules §16.6), not with the next import of people. */
async function movedCalendars({ journal, now }: Pick<ImportGround, 'journal' | 'now'>, { calendars }: OrganisationFile): Promise<ImportProblem[]> {
  const moved = changedCalendars(calendars, { directory: await journal.directory(), now });
  return moved.map((id) => ({
    ...{ file: '', where: `calendars ${id}` },
    message: `${id} is in force with other days: change it with isms open configurationChange, where somebody else approves it.`,
  }));
}

async function endingsOf(pool: Pool, departures: readonly AnnouncedDeparture[]): Promise<Ending[]> {
  const people = departures.flatMap(({ kind, person }) => (kind === 'LEAVES' ? (person ?? []) : []));
  const units = departures.flatMap(({ unit }) => unit ?? []);
  const [assignments, cases] = await Promise.all([openAssignments(pool, people), openCasesOfUnits(pool, units)]);
  return departures.map((each) => ({ ...each, openCases: (each.kind === 'LEAVES' ? assignments.get(each.person!) : cases.get(each.unit ?? '')) ?? 0 }));
}
