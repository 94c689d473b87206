import type { CaseId, Instant } from '../contracts/identity.ts';
import type { OrganisationFile } from '../contracts/organisation.ts';
import type { Reason } from '../contracts/reasons.ts';
import type { Expectation, ScenarioFailure, ScenarioResult, ScenarioStep } from '../contracts/scenario.ts';
import { localIso } from '../domain/calendar/due.ts';
import { differences } from './expectations.ts';
import type { Difference } from './expectations.ts';
import { mainCalendar } from './load-scenario.ts';
import type { LoadedScenario } from './load-scenario.ts';
import { matches } from './matching.ts';
import { normalisedJournals } from './normalised-journal.ts';
import { changedOrganisation } from './organisation-change.ts';
import type { ScenarioDriver } from './scenario-driver.ts';
import { caseOf, createNames, findCase, give, meant } from './scenario-names.ts';
import type { NameGround, Names } from './scenario-names.ts';
import { ScenarioProblem, readTime } from './scenario-time.ts';

interface Stage {
  driver: ScenarioDriver;
  names: Names;
  organisation: OrganisationFile;
  /** The case last spoken of. */
  subject: string | null;
}

/** Tells the scenario to the driver and answers everything that was not as expected. It ends at the first step that cannot be carried out. */
export async function runScenario(
  { scenario, organisation, start }: LoadedScenario,
  driver: ScenarioDriver,
): Promise<ScenarioResult> {
  const stage: Stage = { driver, names: createNames(), organisation, subject: null };
  await driver.begin({ organisation, at: start });
  const failures: ScenarioFailure[] = [];
  for (const [n, step] of scenario.steps.entries()) {
    const { ends, found } = await runStep(stage, step);
    failures.push(...found.map((each) => ({ step: n + 1, label: labelOf(stage, n + 1, step), ...each })));
    if (ends) break;
  }
  const journals = await normalisedJournals(driver, stage.names.cases);
  return {
    scenario: scenario.scenario,
    passed: failures.length === 0,
    steps: scenario.steps.length,
    failures,
    journals,
  };
}

interface StepOutcome {
  found: Difference[];
  /** What follows makes no sense any more. */
  ends: boolean;
}

async function runStep(stage: Stage, step: ScenarioStep): Promise<StepOutcome> {
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
async function remember(stage: Stage, step: ScenarioStep): Promise<Before> {
  const subject = step.on ?? stage.subject;
  const named = (step.expect ?? []).map(({ of }) => of ?? subject).filter((each) => each !== null);
  const entries = new Map<CaseId, number>();
  for (const name of named) {
    const caseId = await findCase(stage, name);
    if (caseId) entries.set(caseId, (await stage.driver.journal(caseId)).length);
  }
  return { entries, notices: (await stage.driver.notices()).length };
}

function groundOf({ driver, names, organisation }: Stage): NameGround {
  return { driver, names, now: driver.now(), calendar: mainCalendar(organisation) };
}

async function passTime(stage: Stage, { at, outage }: ScenarioStep): Promise<void> {
  if (at) await stage.driver.advanceTo(await instantOf(stage, at));
  if (outage) await stage.driver.sleepUntil(await instantOf(stage, outage));
}

async function instantOf(stage: Stage, time: string): Promise<Instant> {
  const now = stage.driver.now();
  const instant = time === 'next step' ? await stage.driver.nextWake() : readTime(time, groundOf(stage));
  if (!instant) throw new ScenarioProblem('there is no next step: nothing is due in any case');
  if (instant < now)
    throw new ScenarioProblem(
      `time runs forward: ${time} lies before ${localIso(now, stage.organisation.organisation.zone)}`,
    );
  return instant;
}

const nobody: Reason[] = [];

async function carryOut(stage: Stage, step: ScenarioStep): Promise<Reason[]> {
  if (step.organisation) return changeOrganisation(stage, step.organisation);
  if (step.upload) return upload(stage, step);
  if (step.open) return open(stage, step);
  return step.do ? command(stage, step) : nobody;
}

async function changeOrganisation(
  stage: Stage,
  change: NonNullable<ScenarioStep['organisation']>,
): Promise<Reason[]> {
  stage.organisation = changedOrganisation(stage.organisation, change, stage.driver.now());
  await stage.driver.changeOrganisation(stage.organisation);
  return nobody;
}

async function upload(
  { driver, names }: Stage,
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
  const answer = await stage.driver.openCase({
    as: as!,
    process: process!,
    body: await meant(body, groundOf(stage)),
  });
  if ('reasons' in answer) return answer.reasons;
  if (call) give(stage.names, call, answer);
  return nobody;
}

async function command(
  stage: Stage,
  { as, do: name, on, with: body = {}, ifMatch }: ScenarioStep,
): Promise<Reason[]> {
  const ground = groundOf(stage);
  const answer = await stage.driver.command({
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
  const caseId = await caseOf(stage, name);
  const journal = await stage.driver.journal(caseId);
  const heard = (await stage.driver.notices())
    .slice(before.notices)
    .filter((notice) => notice.caseId === caseId);
  const evidence = {
    ...groundOf(stage),
    view: await stage.driver.view(caseId),
    journal,
    added: journal.slice(before.entries.get(caseId) ?? 0),
    heard,
  };
  const found = await differences(expectation, evidence);
  return found.map((each) => ({ ...each, what: named ? `${name}: ${each.what}` : each.what }));
}

function labelOf({ driver, organisation }: Stage, n: number, step: ScenarioStep): string {
  const at = localIso(driver.now(), organisation.organisation.zone).slice(0, 16);
  const doing = step.open ? `opens ${step.open}` : step.upload ? `uploads ${step.upload}` : step.do;
  const what = [
    step.as,
    doing,
    step.on && `on ${step.on}`,
    step.outage && 'outage',
    step.organisation && 'organisation changes',
  ]
    .filter(Boolean)
    .join(' ');
  return `step ${n}, ${at}${what ? `: ${what}` : ''}`;
}
