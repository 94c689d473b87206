import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { organisationFileSchema } from '../contracts/organisation.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import { scenarioSchema } from '../contracts/scenario.ts';
import type { Scenario } from '../contracts/scenario.ts';
import { tableOfCsv } from '../domain/exchange/source-table.ts';
import type { SourceTable } from '../domain/exchange/source-table.ts';
import { changedOrganisation } from './organisation-change.ts';
import { ScenarioProblem, readTime } from './scenario-time.ts';
import type { TimeGround } from './scenario-time.ts';
import { withRows } from './step-rows.ts';

/** A scenario with everything it names: ready to be run. */
export interface LoadedScenario {
  scenario: Scenario;
  organisation: OrganisationFile;
  /** What its steps import, by the name of the file. */
  tables: ReadonlyMap<string, SourceTable>;
  start: string;
}

const DEMO = new URL('../demo/organisation.json', import.meta.url);

/** Reads a scenario file. Throws ScenarioProblem with one line for each thing to correct. */
export async function loadScenario(path: string): Promise<LoadedScenario> {
  const beside = (file: string) => resolve(dirname(path), file);
  const rows = async (file: string) => readYaml(await readText(beside(file)), file);
  const scenario = checked(scenarioSchema, await withRows(readYaml(await readText(path), path), rows), path);
  const at = scenario.organisation === 'demo' ? DEMO : resolve(dirname(path), scenario.organisation);
  const organisation = checked(organisationFileSchema, readYaml(await readText(at), String(at)), String(at));
  return prepare(scenario, organisation, await readTables(scenario, beside));
}

async function readTables({ steps }: Scenario, beside: (file: string) => string): Promise<Map<string, SourceTable>> {
  const tables = new Map<string, SourceTable>();
  for (const file of steps.flatMap((step) => (step.import ? step.file! : []))) {
    const table = tableOfCsv(await readText(beside(file)));
    if ('problem' in table) throw new ScenarioProblem(`${file} is no table: ${table.problem.reason}`);
    tables.set(file, table);
  }
  return tables;
}

/** Calendar and changes of the scenario laid over its organisation. */
export function prepare(
  scenario: Scenario,
  organisation: OrganisationFile,
  tables: LoadedScenario['tables'] = new Map(),
): LoadedScenario {
  const dated = scenario.calendar ? withCalendar(organisation, scenario.calendar) : organisation;
  const start = readTime(scenario.start, { now: '', calendar: mainCalendar(dated) });
  return {
    scenario,
    tables,
    start,
    organisation: scenario.changes ? changedOrganisation(dated, scenario.changes, start) : dated,
  };
}

function withCalendar(
  organisation: OrganisationFile,
  { weekend, holidays }: NonNullable<Scenario['calendar']>,
): OrganisationFile {
  const calendars = organisation.calendars.map((each) => ({
    ...each,
    holidays,
    halfDays: {},
    ...(weekend && { weekend }),
  }));
  return { ...organisation, calendars };
}

/** Calendar of the main site, on the clocks of the organisation: what times in a scenario mean. */
export function mainCalendar({ organisation, sites, calendars }: OrganisationFile): TimeGround['calendar'] {
  const found = calendars.find(({ id }) => id === sites[0]?.calendar);
  if (!found)
    throw new ScenarioProblem(
      'the main site of the organisation names a calendar that the file does not have',
    );
  return { ...found, zone: organisation.zone };
}

async function readText(path: string | URL): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new ScenarioProblem(`${String(path)} cannot be read`);
  }
}

function readYaml(text: string, path: string): unknown {
  try {
    // What is JSON is YAML as well, and a hundred times quicker to read as what it is.
    return path.endsWith('.json') ? (JSON.parse(text) as unknown) : parse(text);
  } catch (problem) {
    throw new ScenarioProblem(
      `${path} is not ${path.endsWith('.json') ? 'JSON' : 'YAML'}: ${problem instanceof Error ? problem.message : String(problem)}`,
    );
  }
}

function checked<T extends z.ZodType>(schema: T, value: unknown, path: string): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `  ${placeOf(issue.path)}: ${issue.message}`);
  throw new ScenarioProblem([`${path} is not as it should be:`, ...lines].join('\n'));
}

/** `steps.3.expect` as people count: step 4, expect. */
function placeOf([first, second, ...rest]: readonly PropertyKey[]): string {
  if (first === 'steps' && typeof second === 'number')
    return [`step ${second + 1}`, ...rest.map(String)].join(', ');
  return (
    [first, second, ...rest]
      .filter((each) => each !== undefined)
      .map(String)
      .join(', ') || 'file'
  );
}
