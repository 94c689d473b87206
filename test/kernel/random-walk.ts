import fc from 'fast-check';
import { breakGlassPowers } from '../../contracts/break-glass.ts';
import type { CaseId, Instant, PersonId } from '../../contracts/identity.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { availableCommands } from '../../domain/kernel/available.ts';
import { statesOf } from '../../domain/kernel/machine.ts';
import { needsOfAsking } from '../../domain/kernel/needs.ts';
import { processes } from '../../domain/processes.ts';
import { bodyOf, commandsOf, report, today } from './bodies.ts';
import type { Choice } from './bodies.ts';
import { feasibleRoutesTo } from './feasible-routes.ts';
import { take } from './moves.ts';
import { openFor } from './openings.ts';
import { demoOrganisation } from '../directory/organisations.ts';
import { people } from './world.ts';
import type { World } from './world.ts';

/** Random people, commands and jumps in time on the demo company; numbers are taken modulo what there is to choose from. */
export type WalkStep =
  | { kind: 'open'; who: number; source: number }
  /** Somebody who is asked does one of the things that he may. */
  | { kind: 'task'; which: number; what: number; choice: Numbers }
  /** Anybody tries anything. */
  | { kind: 'try'; which: number; who: number; what: number; choice: Numbers }
  | { kind: 'time'; hours: number }
  /** Time passes, and no worker runs. */
  | { kind: 'outage'; hours: number }
  /** Somebody announces that a person leaves, or has left. */
  | { kind: 'depart'; who: number; inDays: number }
  | { kind: 'leave'; who: number }
  | { kind: 'give'; who: number; role: number }
  /** Somebody lets another decide in the own name, who accepts. */
  | { kind: 'delegate'; who: number; to: number; scope: number; days: number }
  /** Somebody is away, with or without a substitute. */
  | { kind: 'absent'; who: number; to: number; days: number }
  /** Somebody who is ADMIN breaks the glass for all that may be lent, and uses some of it. */
  | { kind: 'breakGlass'; who: number };

type Numbers = [number, number, number, number];

const n = fc.nat({ max: 9999 });
const numbers: fc.Arbitrary<Numbers> = fc.tuple(n, n, n, n);
const step: fc.Arbitrary<WalkStep> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('open' as const), who: n, source: n }) },
  {
    weight: 14,
    arbitrary: fc.record({ kind: fc.constant('task' as const), which: n, what: n, choice: numbers }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('try' as const), which: n, who: n, what: n, choice: numbers }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('time' as const),
      hours: fc.oneof(fc.nat({ max: 72 }), fc.nat({ max: 24 * 120 })),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('outage' as const), hours: fc.nat({ max: 24 * 30 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('depart' as const), who: n, inDays: fc.integer({ min: -1, max: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('give' as const), who: n, role: n }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('delegate' as const), who: n, to: n, scope: n, days: n }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('absent' as const), who: n, to: n, days: n }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('breakGlass' as const), who: n }) },
);

export interface Walk {
  /** Who is whose line manager, by chance; null for the demo company as it is. */
  managers: number[] | null;
  /** Which of the paths without a circle the first case has gone before: the walk begins where it led. */
  headStart: number;
  steps: WalkStep[];
}

/** At most one person leaves, so that there is always somebody above. */
export const walks: fc.Arbitrary<Walk> = fc
  .tuple(n, fc.array(step, { minLength: 20, maxLength: 50 }), fc.option(fc.tuple(n, n)), fc.option(fc.array(n, { minLength: 40, maxLength: 40 }), { freq: 2 }))
  .map(([headStart, steps, leaver, managers]) => {
    if (!leaver) return { headStart, managers, steps };
    const at = leaver[0] % steps.length;
    return {
      ...{ headStart, managers },
      steps: [...steps.slice(0, at), { kind: 'leave' as const, who: leaver[1] }, ...steps.slice(at)],
    };
  });

const pick = <T>(items: readonly T[], at: number): T => items[at % items.length]!;

const { nonconformity } = processes;
const routes = statesOf(nonconformity).flatMap((state) => feasibleRoutesTo(nonconformity, state));

/** A command that somebody sent, whether the page would have offered it, and how it ended. */
export interface Sent {
  command: string;
  offered: boolean;
  reasons: Reason[];
}

/** The demo company with line managers at random, each of whom stands above. */
export function companyOf(managers: readonly number[] | null): OrganisationFile {
  const company = demoOrganisation();
  company.people.forEach((person, at) => {
    if (managers && at > 0 && !person.external) person.manager = company.people[managers[at]! % at]!.id;
  });
  return company;
}

/** After every step the caller looks at the world. */
export async function walk(world: World, { headStart, steps }: Walk, look: (world: World) => Promise<void> = async () => undefined): Promise<Sent[]> {
  const route = pick(routes, headStart);
  const caseId = await openFor(world, 'nonconformity', route);
  // Some ways need line managers as the demo company has them; as far as it goes is far enough.
  await route.reduce((before, each) => before.then(() => take(world, caseId, each)), Promise.resolve()).catch(() => undefined);
  const sent: Sent[] = [];
  for (const each of steps) {
    sent.push(...((await carryOut(world, each)) ?? []));
    await look(world);
  }
  return sent;
}

async function carryOut(world: World, step: WalkStep): Promise<Sent[] | void> {
  if (step.kind === 'open') return openSomething(world, step);
  if (step.kind === 'time') return world.driver.advanceTo(later(world, step.hours));
  if (step.kind === 'outage') return world.driver.sleepUntil(later(world, step.hours));
  if (step.kind === 'depart') return depart(world, step);
  if (step.kind === 'leave') return world.change({ leave: [pick(everybody(world), step.who)] });
  if (step.kind === 'give')
    return world.change({
      give: [
        {
          role: pick(['ISO', 'AUDITOR', 'TOP_MGMT'] as const, step.role),
          person: pick(everybody(world), step.who),
        },
      ],
    });
  if (step.kind === 'try') return tryAnything(world, step);
  if (step.kind === 'delegate') return delegate(world, step);
  if (step.kind === 'absent') return beAbsent(world, step);
  if (step.kind === 'breakGlass') return breakTheGlass(world, step);
  return followTask(world, step);
}

function later(world: World, hours: number): Instant {
  return new Date(Date.parse(world.driver.now()) + hours * 3_600_000).toISOString();
}

/** The engine refuses to let the last ISO or TOP_MGMT go. */
async function depart(world: World, { who, inDays }: Extract<WalkStep, { kind: 'depart' }>): Promise<void> {
  const [iso = people.iso] = world.driver.directory().holders('ISO', world.driver.now());
  await world.driver.openCase({ as: iso, process: 'departure', body: { kind: 'LEAVES', person: pick(everybody(world), who), lastDay: today(world, inDays) } });
}

function everybody({ organisation }: World): PersonId[] {
  return organisation.people.map(({ id }) => id);
}

async function openSomething(
  world: World,
  { who, source }: Extract<WalkStep, { kind: 'open' }>,
): Promise<void> {
  const as = pick(everybody(world), who);
  const audit = { source: 'INTERNAL_AUDIT', grade: 'minor', leadAuditor: people.auditor };
  const bodies = [
    report(world),
    { ...report(world), source: 'COMPLAINT', concerns: people.iso },
    { ...report(world), ...audit },
  ];
  const process = source % 5 === 0 ? 'action' : 'nonconformity';
  const action = {
    title: 'On its own',
    unit: 'it',
    due: today(world, 15),
    ...(who % 2 === 0 && { owner: pick(everybody(world), source) }),
  };
  await world.driver.openCase({
    as: source % 3 === 2 ? people.auditor : as,
    process,
    body: process === 'action' ? action : pick(bodies, source),
  });
}

/** Half of those who lend are those whose authority matters most. */
function lender(world: World, at: number): PersonId {
  return at % 2 === 0
    ? pick([people.iso, people.ncOwner, people.topManagement, people.auditor], at / 2)
    : pick(everybody(world), at);
}

async function delegate(
  world: World,
  { who, to, scope, days }: Extract<WalkStep, { kind: 'delegate' }>,
): Promise<void> {
  const scopes = [
    { scope: 'EVERYTHING' },
    { scope: 'PROCESSES', processes: ['nonconformity'] },
    { scope: 'DECISIONS', decisions: ['nonconformity:APPROVE', 'nonconformity:EFFECTIVE', 'action:VERIFY'] },
  ];
  const delegate = pick(everybody(world), to);
  const period = { from: today(world), until: today(world, days % 90) };
  const body = { delegate, ...period, reason: 'Away', ...pick(scopes, scope) };
  const opened = await world.driver.openCase({ as: lender(world, who), process: 'delegation', body });
  if ('caseId' in opened) await world.send(opened.caseId, 'ACCEPT', delegate);
}

async function beAbsent(
  world: World,
  { who, to, days }: Extract<WalkStep, { kind: 'absent' }>,
): Promise<void> {
  const person = lender(world, who);
  const substitute = to % 4 === 0 ? {} : { substitute: pick(everybody(world), to) };
  const body = { person, ...substitute, from: today(world), until: today(world, days % 60) };
  await world.driver.openCase({ as: person, process: 'absence', body });
}

/** Half of them are people with a part in what goes on. */
async function breakTheGlass(world: World, { who }: Extract<WalkStep, { kind: 'breakGlass' }>): Promise<void> {
  const as = lender(world, who);
  await world.change({ give: [{ role: 'ADMIN', person: as }] });
  const body = { processes: ['action', 'nonconformity'], hours: 24, reason: 'Nobody answers' };
  const opened = await world.driver.openCase({ as, process: 'breakGlass', body });
  if (!('caseId' in opened)) return;
  const approver = as === people.topManagement ? people.witness : people.topManagement;
  await world.send(opened.caseId, 'APPROVE', approver, await bodyOf(world, opened.caseId, 'APPROVE'));
  for (const caseId of world.cases().slice(-6)) await useAnyPower(world, { caseId, as, at: who });
}

async function useAnyPower(world: World, { caseId, as, at }: { caseId: CaseId; as: PersonId; at: number }): Promise<void> {
  const { process } = world.file(caseId);
  const possible = (await available(world, caseId, as)).filter((command) => breakGlassPowers.includes(`${process}:${command}`));
  if (possible.length === 0) return;
  const command = pick(possible, at);
  const choice = { owner: pick(everybody(world), at), to: pick(everybody(world), at + 1) };
  await world.send(caseId, command, as, await bodyOf(world, caseId, command, choice));
}

function choiceOf(world: World, [a, b, c, d]: Numbers): Choice {
  const someone = (at: number) => pick(everybody(world), at);
  const usual = a % 3 !== 0;
  return {
    ...{
      grade: pick(['minor', 'major'] as const, b),
      to: someone(c),
      role: pick(['owner', 'verifier', 'ncOwner', 'finder'], d),
      backTo: pick(['plan', 'cause'] as const, b),
    },
    ...(!usual && { owner: someone(b), verifier: someone(c), actionOwners: [someone(d), someone(a)] }),
    ...(d % 4 === 0 && { occurrences: 2 }),
  };
}

async function tryAnything(
  world: World,
  { which, who, what, choice }: Extract<WalkStep, { kind: 'try' }>,
): Promise<Sent[]> {
  const caseId = pick(world.cases(), which);
  const command = pick(commandsOf(world.file(caseId).process), what);
  const person = pick(everybody(world), who);
  const offered = (await available(world, caseId, person)).includes(command);
  return [
    {
      command,
      offered,
      reasons: await world.send(
        caseId,
        command,
        person,
        await bodyOf(world, caseId, command, choiceOf(world, choice)),
      ),
    },
  ];
}

async function followTask(
  world: World,
  { which, what, choice }: Extract<WalkStep, { kind: 'task' }>,
): Promise<Sent[]> {
  const open: { caseId: CaseId; person: PersonId }[] = [];
  for (const caseId of world.cases()) {
    for (const { persons } of (await world.driver.view(caseId)).asked)
      open.push(...persons.map((person) => ({ caseId, person })));
  }
  if (open.length === 0) return [];
  const { caseId, person } = pick(open, which);
  const remarks = ['COMMENT', 'ADD_EVIDENCE', 'LINK', 'CORRECT_RECORD', 'WITHDRAW', 'CONFIRM_CANCEL'];
  const possible = (await available(world, caseId, person)).filter(
    (command) => !remarks.includes(command) || what % 7 === 0,
  );
  if (possible.length === 0) return [];
  const command = pick(possible, what);
  return [
    {
      command,
      offered: true,
      reasons: await world.send(
        caseId,
        command,
        person,
        await bodyOf(world, caseId, command, choiceOf(world, choice)),
      ),
    },
  ];
}

/** Commands that the page would offer to this person now. */
export async function available(world: World, caseId: CaseId, person: PersonId): Promise<string[]> {
  const journal = world.driver.journalInMemory();
  const { definition, file } = journal.stored(caseId);
  const facts = await journal.facts(needsOfAsking(definition, file));
  const asked = availableCommands({
    definition,
    file,
    facts,
    now: world.driver.now(),
    actor: { person, role: '' },
  });
  return asked.filter(({ blockedBy }) => blockedBy.length === 0).map(({ command }) => command);
}
