import type { CaseId, Instant } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import type { Reason } from '../contracts/reasons.ts';
import type { Expectation, ScenarioFailure, ScenarioStep } from '../contracts/scenario.ts';
import { localIso } from '../domain/calendar/due.ts';
import { differences } from './expectations.ts';
import type { Difference } from './expectations.ts';
import { importRegister } from './import-step.ts';
import { mainCalendar } from './load-scenario.ts';
import type { LoadedScenario } from './load-scenario.ts';
import { matches } from './matching.ts';
import { changedOrganisation } from './organisation-change.ts';
import type { ScenarioDriver } from './scenario-driver.ts';
import { aboutOf, caseOf, findCase, give, meant } from './scenario-names.ts';
import type { NameGround, Names } from './scenario-names.ts';
import { ScenarioProblem, readTime } from './scenario-time.ts';

/** What stories that are told together share. */
export interface Telling {
  driver: ScenarioDriver;
  names: Names;
  organisation: OrganisationFile;
}

/** How far a story has come. */
export interface Stage {
  telling: Telling;
  tables: LoadedScenario['tables'];
  /** When its last step was. */
  now: Instant;
  /** Steps told. */
  told: number;
  /** The case last spoken of. */
  subject: string | null;
}

export function createStage(telling: Telling, { start, tables }: LoadedScenario): Stage {
  return { telling, tables, now: start, told: 0, subject: null };
}

interface StepOutcome {
  found: Difference[];
  /** What follows makes no sense any more. */
  ends: boolean;
}

/** Tells one step, and answers what was not as expected and whether what follows still makes sense. */
export async function runStep(stage: Stage, step: ScenarioStep): Promise<{ failures: ScenarioFailure[]; ends: boolean }> {
  stage.told += 1;
  const { found, ends } = await tell(stage, step);
  return { failures: found.map((each) => ({ step: stage.told, label: labelOf(stage, step), ...each })), ends };
}

async function tell(stage: Stage, step: ScenarioStep): Promise<StepOutcome> {
  try {
    const before = await remember(stage, step);
    await passTime(stage, step);
    const reasons = await carryOut(stage, step);
    stage.subject = step.on ?? (step.open && step.call) ?? stage.subject;
    const expectations = step.expect ?? [];
    const refusal = refusalDifferences(expectations, reasons);
    const others = await Promise.all(expectations.map((each) => expectationDifferences(stage, each, before)));
    return { found: [...refusal, ...others.flat()], ends: refusal.length > 0 };
  } catch (problem) {
    if (!(problem instanceof ScenarioProblem)) throw problem;
    return {
      found: [{ what: 'step', expected: 'a step that can be carried out', found: problem.message }],
      ends: true,
    };
  }
}

interface Before {
  entries: Map<CaseId, number>;
  notices: number;
}

/** How much there was before the step, for the cases that it expects something of. */
async function remember({ telling, subject: last }: Stage, step: ScenarioStep): Promise<Before> {
  const subject = step.on ?? last;
  const named = (step.expect ?? []).map(({ of }) => of ?? subject).filter((each) => each !== null);
  const entries = new Map<CaseId, number>();
  for (const name of named) {
    const caseId = await findCase(telling, name);
    if (caseId) entries.set(caseId, (await telling.driver.journal(caseId)).length);
  }
  return { entries, notices: step.expect ? (await telling.driver.notices()).length : 0 };
}

function groundOf({ telling: { driver, names, organisation }, now }: Stage): NameGround {
  return { driver, names, now, calendar: mainCalendar(organisation) };
}

async function passTime(stage: Stage, step: ScenarioStep): Promise<void> {
  const { driver } = stage.telling;
  stage.now = await timeOf(stage, step);
  // Another story that is told beside this one may have come further already.
  if (step.at || stage.now > driver.now()) await driver.advanceTo(stage.now);
  if (step.outage) await driver.sleepUntil((stage.now = await instantOf(stage, step.outage)));
}

/** When the step is told: at the time of the one before, unless it says another. */
export async function timeOf(stage: Stage, { at }: ScenarioStep): Promise<Instant> {
  return at ? instantOf(stage, at) : stage.now;
}

async function instantOf(stage: Stage, time: string): Promise<Instant> {
  const { now, telling } = stage;
  const instant = time === 'next step' ? await telling.driver.nextWake() : readTime(time, groundOf(stage));
  if (!instant) throw new ScenarioProblem('there is no next step: nothing is due in any case');
  if (instant < now)
    throw new ScenarioProblem(
      `time runs forward: ${time} lies before ${localIso(now, telling.organisation.organisation.zone)}`,
    );
  return instant;
}

const nobody: Reason[] = [];

async function carryOut(stage: Stage, step: ScenarioStep): Promise<Reason[]> {
  if (step.only && !(await isSo(stage, step))) return nobody;
  if (step.import) return importRegister(stage, step);
  if (step.organisation) return changeOrganisation(stage, step.organisation);
  if (step.upload) return upload(stage, step);
  if (step.open) return open(stage, step);
  if (step.call && step.on && !step.do) return callIt(stage, step);
  return step.do ? command(stage, step) : nobody;
}

async function changeOrganisation(
  { telling, now }: Stage,
  change: NonNullable<ScenarioStep['organisation']>,
): Promise<Reason[]> {
  telling.organisation = changedOrganisation(telling.organisation, change, now);
  await telling.driver.changeOrganisation(telling.organisation);
  return nobody;
}

/** A case that another one has opened gets a name of its own. */
async function callIt({ telling }: Stage, { on, call }: ScenarioStep): Promise<Reason[]> {
  give(telling.names, call!, { caseId: await caseOf(telling, on!) });
  return nobody;
}

/** Whether others read that of the case now. */
async function isSo(stage: Stage, { only, on }: ScenarioStep): Promise<boolean> {
  const { file } = await stage.telling.driver.view(await caseOf(stage.telling, on!));
  const told = aboutOf(file);
  return Object.entries(only!).every(([name, value]) => told[name] === value);
}

async function upload(
  { telling: { driver, names } }: Stage,
  { as, upload: name, content = name, link, call }: ScenarioStep,
): Promise<Reason[]> {
  const answer = await driver.uploadEvidence({
    as: as!,
    name: name!,
    bytes: new TextEncoder().encode(content),
    ...(link !== undefined && { link }),
  });
  if ('reasons' in answer) return answer.reasons;
  give(names, call!, answer);
  return nobody;
}

async function open(
  stage: Stage,
  { as, open: process, call, with: body = {} }: ScenarioStep,
): Promise<Reason[]> {
  const answer = await stage.telling.driver.openCase({
    as: as!,
    process: process!,
    body: await meant(body, groundOf(stage)),
  });
  if ('reasons' in answer) return answer.reasons;
  if (call) give(stage.telling.names, call, answer);
  return nobody;
}

async function command(
  stage: Stage,
  { as, do: name, on, with: body = {}, ifMatch }: ScenarioStep,
): Promise<Reason[]> {
  const ground = groundOf(stage);
  const answer = await stage.telling.driver.command({
    as: as!,
    caseId: await caseOf(ground, on!),
    name: name!,
    body: await meant(body, ground),
    ifMatch,
  });
  return 'reasons' in answer ? answer.reasons : nobody;
}

function refusalDifferences(expectations: readonly Expectation[], reasons: readonly Reason[]): Difference[] {
  const expected = expectations.flatMap(({ refused }) => refused ?? []);
  if (expected.length === 0)
    return reasons.length === 0 ? [] : [{ what: 'refused', expected: 'accepted', found: reasons }];
  const meets = ({ name, data }: (typeof expected)[number]) =>
    reasons.some(
      (each) => (each.code === name || ('rule' in each && each.rule === name)) && matches(data, each),
    );
  return expected
    .filter((each) => !meets(each))
    .map((each) => ({
      what: 'refused',
      expected: { reason: each.name, ...each.data },
      found: reasons.length > 0 ? reasons : 'accepted',
    }));
}

async function expectationDifferences(
  stage: Stage,
  expectation: Expectation,
  before: Before,
): Promise<Difference[]> {
  const { of: named, refused, ...rest } = expectation;
  if (Object.keys(rest).length === 0 && refused) return [];
  const name = named ?? stage.subject;
  if (name === null) throw new ScenarioProblem('say with "of" which case the expectation is about');
  const { driver } = stage.telling;
  const caseId = await caseOf(stage.telling, name);
  const journal = await driver.journal(caseId);
  const heard = (await driver.notices())
    .slice(before.notices)
    .filter((notice) => notice.caseId === caseId);
  const evidence = {
    ...groundOf(stage),
    view: await driver.view(caseId),
    journal,
    added: journal.slice(before.entries.get(caseId) ?? 0),
    heard,
  };
  const found = await differences(expectation, evidence);
  return found.map((each) => ({ ...each, what: named ? `${name}: ${each.what}` : each.what }));
}

function labelOf({ telling: { driver, organisation }, told }: Stage, step: ScenarioStep): string {
  const at = localIso(driver.now(), organisation.organisation.zone).slice(0, 16);
  const doing = step.open ? `opens ${step.open}` : step.upload ? `uploads ${step.upload}` : step.import ? `imports ${step.file}` : step.do;
  const what = [
    step.as,
    doing,
    step.on && `on ${step.on}`,
    step.outage && 'outage',
    step.organisation && 'organisation changes',
  ]
    .filter(Boolean)
    .join(' ');
  return `step ${told}, ${at}${what ? `: ${what}` : ''}`;
}
