import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { organisationFileSchema } from '../contracts/organisation.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import { scenarioSchema } from '../contracts/scenario.ts';
import type { Scenario } from '../contracts/scenario.ts';
import { changedOrganisation } from './organisation-change.ts';
import { ScenarioProblem, readTime } from './scenario-time.ts';
import type { TimeGround } from './scenario-time.ts';

/** A scenario with everything it names: ready to be run. */
export interface LoadedScenario {
  scenario: Scenario;
  organisation: OrganisationFile;
  start: string;
}

const DEMO = new URL('../demo/organisation.json', import.meta.url);

/** Reads a scenario file. Throws ScenarioProblem with one line for each thing to correct. */
export async function loadScenario(path: string): Promise<LoadedScenario> {
  const scenario = checked(scenarioSchema, readYaml(await readText(path), path), path);
  const at = scenario.organisation === 'demo' ? DEMO : resolve(dirname(path), scenario.organisation);
  const organisation = checked(organisationFileSchema, readYaml(await readText(at), String(at)), String(at));
  return prepare(scenario, organisation);
}

/** Calendar and changes of the scenario laid over its organisation. */
export function prepare(scenario: Scenario, organisation: OrganisationFile): LoadedScenario {
  const dated = scenario.calendar ? withCalendar(organisation, scenario.calendar) : organisation;
  const start = readTime(scenario.start, { now: '', calendar: mainCalendar(dated) });
  return {
    scenario,
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
    return parse(text);
  } catch (problem) {
    throw new ScenarioProblem(
      `${path} is not YAML: ${problem instanceof Error ? problem.message : String(problem)}`,
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
