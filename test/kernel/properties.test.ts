import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BreakGlassDocument } from '../../contracts/break-glass.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Happening } from '../../contracts/entry.ts';
import { coversDecision } from '../../domain/directory/standing-in.ts';
import { metaOf } from '../../domain/kernel/machine.ts';
import { applied, fold } from '../../domain/kernel/patch.ts';
import type { JournalEntry, StoredCase } from '../../simulation/memory-store.ts';
import { both, closings, duties, expectDisjoint } from './journal-reading.ts';
import { judgeLadders } from './ladder-oracle.ts';
import type { Fate } from './ladder-oracle.ts';
import { companyOf, walk, walks } from './random-walk.ts';
import type { Sent } from './random-walk.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';
import { propertyRuns } from '../support/property-runs.ts';

const parameters = propertyRuns(25);

const explained = new Map<Fate, number>();

function stored(world: World): StoredCase[] {
  return [...world.driver.journalInMemory().store.cases.values()];
}

function each(world: World, check: (one: StoredCase) => void): void {
  for (const one of stored(world)) check(one);
}

const timeAlone = [
  'DEADLINE_STEP',
  'ESCALATION_UNANSWERED',
  'NO_ELIGIBLE_APPROVER',
  'ROUND_RESTARTED',
  'LATE_DECISION',
];

/** What a person cannot do whatever the body says; an offer of it would be a lie. */
const notForThisPerson = [
  'WRONG_STATE',
  'NOT_ENTITLED',
  'PERSON_NOT_ACTIVE',
  'NOT_YOUR_TURN',
  'ROUND_CLOSED',
  'ALREADY_DECIDED',
];

const invariants: Record<string, (world: World, sent: Sent[]) => void | Promise<void>> = {
  'what is offered is possible, and nothing else is': (_, sent) =>
    sent.forEach(({ command, offered, reasons }) => {
      // Which role somebody may give away, and for which deadline he may ask, is known with the body alone.
      if (offered && ['REASSIGN', 'REQUEST_EXTENSION'].includes(command)) return;
      if (offered)
        expect(
          reasons.map(({ code }) => code).filter((code) => notForThisPerson.includes(code)),
          command,
        ).toEqual([]);
      else expect(reasons, `${command} was not offered`).not.toEqual([]);
    }),

  'folding the entries gives the stored case': (world) =>
    each(world, ({ file, journal }) =>
      expect(fold(journal.map(({ patch }) => patch))).toEqual(JSON.parse(JSON.stringify(file))),
    ),

  'entries follow each other without a gap, in time and in state': (world) =>
    each(world, ({ journal }) =>
      journal.forEach(({ version, from, at }, n) => {
        expect(version).toBe(n + 1);
        expect(from).toBe(journal[n - 1]?.to ?? null);
        expect(at >= (journal[n - 1]?.at ?? '')).toBe(true);
      }),
    ),

  'no deadline, reminder or late decision changes a state': (world) =>
    each(world, ({ journal }) =>
      journal.filter(({ type }) => timeAlone.includes(type)).forEach(({ from, to }) => expect(to).toBe(from)),
    ),

  'an approval is left only by the decision of a person, never by silence': (world) =>
    each(world, ({ definition, journal }) =>
      journal
        .filter(({ from, to }) => from !== null && to !== from && metaOf(definition, from).round !== undefined)
        .forEach(({ type, actor }) => {
          expect(type).toMatch(/^(APPROVE|REJECT|WITHDRAW|CONFIRM_CANCEL)$/);
          expect(actor.person, type).not.toBeNull();
        }),
    ),

  'an approved round has the approval of as many people as it has seats, over one content': (world) =>
    each(world, expectRoundsComplete),

  'nothing closes without proven effectiveness or a reasoned exception': (world) =>
    each(world, (one) => expect(closings(one)).toEqual([])),

  'nobody is on both sides of a rule of segregation, whatever came first': (world) =>
    each(world, (one) => expectDisjoint(duties(one, stored(world)))),

  'who acts in the name of another holds a mandate for it, and its principal had lent no more than his own': (
    world,
  ) => each(world, ({ file, journal }) => journal.forEach((entry) => expectMandate(world, file.process, entry))),

  'what is done with a break-glass lies within its powers, names nobody himself, and is listed for its review': (world) =>
    each(world, ({ file, journal }) =>
      journal.filter(({ actor }) => actor.role === 'breakGlass').forEach((entry) => expectPower(world, file, entry)),
    ),

  'somebody who is absent without a substitute who is there has a line manager who is asked to name one': async (
    world,
  ) => {
    for (const { file } of stored(world)) await expectSubstituteAsked(world, file.id);
  },

  'every step of a ladder fires once, or the record says why not': (world) => each(world, (one) => expectLaddersAsRuled(world, one)),

  'nobody grants a later date that he asked for or owes': (world) =>
    each(world, ({ file }) =>
      file.extensions
        .filter(({ outcome }) => outcome?.verdict === 'GRANTED')
        .forEach(({ never, outcome }) => expect(never).not.toContain(outcome!.by)),
    ),

  'what somebody wrote is corrected by himself, or by who keeps the record, and then he hears of it': (world) =>
    each(world, (one) => expectCorrectedRightly(world, one)),

  'nobody calls a case off alone, and nothing is withdrawn that was approved': (world) => each(world, expectEndedRightly),

  'who grants a later date is not who asked, in whatever name': (world) => each(world, expectAnotherGrants),

  'no deadline moves without a happening that says so': (world) => each(world, expectMovesTold),

  'nobody hears twice of the same cause': (world) => {
    const heard = world.driver.journalInMemory().store.notices.map(({ to, cause }) => `${to} ${cause}`);
    expect(new Set(heard).size).toBe(heard.length);
  },

  'waking again changes nothing': async (world) => {
    const journal = world.driver.journalInMemory();
    await world.driver.advanceTo(world.driver.now());
    for (const { file } of stored(world)) {
      await journal.decide(file.id, null);
      const { entries } = await journal.decide(file.id, null);
      expect(entries).toEqual([]);
    }
  },
};

function expectRoundsComplete({ journal }: StoredCase): void {
  let decided: { by: string[]; contentHash: string }[] = [];
  let seats = 0;
  for (const { actor, happenings } of journal) {
    for (const happening of happenings) {
      if (happening.kind === 'roundOpened') [decided, seats] = [[], happening.seats.length];
      if (happening.kind === 'decided')
        decided.push({ by: both({ actor }), contentHash: happening.contentHash });
      if (happening.kind !== 'roundEnded' || happening.result !== 'APPROVED') continue;
      const people = decided.flatMap(({ by }) => by);
      expect(decided).toHaveLength(seats);
      expect(new Set(people).size, 'nobody on two seats, in whatever name').toBe(people.length);
      expect(new Set(decided.map(({ contentHash }) => contentHash)).size).toBe(1);
    }
  }
}

/** By the cases of the directory alone, as they were at that instant. */
function expectMandate(world: World, process: string, { actor, at, type }: JournalEntry): void {
  if (actor.onBehalfOf === undefined) return;
  const directory = world.driver.directory();
  const mandates = directory
    .mandatesOf(actor.person!, at)
    .filter(({ principal }) => principal === actor.onBehalfOf);
  // Who stands in as a substitute may have been replaced since; then only the record of the absence tells.
  const replaced = directory.casesOf('absence').some(({ about }) => about['person'] === actor.onBehalfOf);
  const covered = mandates.some((mandate) => coversDecision(mandate, { process, command: type }));
  expect(covered || replaced, `${actor.person} for ${actor.onBehalfOf} ${type}`).toBe(true);
  expect(actor.onBehalfOf).not.toBe(actor.person);
}

function expectPower(world: World, { id, process }: CaseFile, { actor, type, version, happenings }: JournalEntry): void {
  const broke = happenings.find(({ kind }) => kind === 'brokeGlass') as Extract<Happening, { kind: 'brokeGlass' }>;
  const { document, parties } = world.file(broke.case) as unknown as CaseFile<BreakGlassDocument>;
  expect(parties['holder']).toBe(actor.person);
  expect(document.powers).toContain(`${process}:${type}`);
  expect(document.uses).toContainEqual(expect.objectContaining({ case: id, version, command: type }));
  const taken = happenings.filter((each) => each.kind === 'partyChanged' && each.to === actor.person);
  expect(taken, `${type} by ${actor.person}`).toEqual([]);
}

async function expectSubstituteAsked(world: World, caseId: string): Promise<void> {
  const { file, asked } = await world.driver.view(caseId);
  if (file.process !== 'absence' || file.state !== 'ongoing') return;
  const directory = world.driver.directory();
  const present = directory
    .substitutesOf(file.parties['person']!, world.driver.now())
    .filter((each) => !directory.isAbsent(each, world.driver.now()));
  if (present.length > 0 || !directory.isActive(file.parties['person']!, world.driver.now())) return;
  expect(asked.map(({ task }) => task)).toContainEqual(expect.stringMatching(/^name(Substitute|Holder)$/));
}

/** By an oracle that knows the rules and the record alone. */
function expectLaddersAsRuled(world: World, one: StoredCase): void {
  const { problems, fates: found } = judgeLadders(one, { organisation: world.organisation, now: world.driver.now() });
  expect(problems, one.file.ref).toEqual([]);
  for (const each of found) explained.set(each, (explained.get(each) ?? 0) + 1);
}

function expectAnotherGrants({ journal }: StoredCase): void {
  const asked = new Map<string, string[]>();
  for (const entry of journal) {
    const { deadline } = (entry.body ?? {}) as { deadline?: string };
    if (entry.type === 'REQUEST_EXTENSION') asked.set(deadline!, both(entry));
    if (entry.type === 'GRANT_EXTENSION') expect(both(entry).filter((each) => asked.get(deadline!)!.includes(each))).toEqual([]);
  }
}

function expectCorrectedRightly(world: World, { file, journal }: StoredCase): void {
  for (const entry of journal.filter(({ type }) => type === 'CORRECT_RECORD')) {
    const authors = both(journal[(entry.body as { entry: number }).entry - 1]!);
    if (authors.includes(entry.actor.person!) || authors.includes(entry.actor.onBehalfOf ?? '')) expect(entry.actor.role).toBe('author');
    else expect(entry.actor.role).toMatch(/^(recordKeeper|iso|isoDeputy)$/);
    const heard = world.driver.journalInMemory().store.notices.filter(({ cause }) => cause.includes(':corrected:') || cause.includes('corrected:'));
    for (const author of authors.filter((each) => each !== entry.actor.person)) expect(heard.map(({ to }) => to), file.ref).toContain(author);
  }
}

function expectEndedRightly({ file, journal }: StoredCase): void {
  const asked = journal.findLast(({ type }) => type === 'REQUEST_CANCEL');
  for (const entry of journal.filter(({ type }) => type === 'CONFIRM_CANCEL'))
    expect(both(asked!).filter((person) => both(entry).includes(person))).toEqual([]);
  if (file.settled === 'withdrawn') expect(file.approvedAt).toBeNull();
}

/** What may give a deadline another date. */
const moving = ['deadlineSet', 'deadlineExtended', 'deadlineShifted', 'timesChanged'];

function expectMovesTold({ journal }: StoredCase): void {
  let due = new Map<string, string>();
  let file: CaseFile | null = null;
  for (const { patch, happenings } of journal) {
    file = applied(file, patch);
    const now = new Map(Object.values(file.deadlines).map((deadline) => [deadline.name, deadline.due]));
    const moved = [...now].filter(([name, at]) => due.get(name) !== at).map(([name]) => name);
    const told = happenings.filter(({ kind }) => moving.includes(kind)).map((each) => ('deadline' in each ? each.deadline : ''));
    expect(moved.filter((name) => !told.includes(name))).toEqual([]);
    due = now;
  }
}

const somebodyIsAsked = 'everybody who is asked is there, and an open case asks somebody or waits for something';

async function expectSomebodyAsked(world: World): Promise<void> {
  for (const { file } of stored(world)) if (file.settled === null) await told(world, somebodyIsAsked, () => expectAsked(world, file.id));
}

/** What does not hold, and everything that led to it. */
async function told(world: World, name: string, check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (problem) {
    throw new Error(`not so: ${name}\n  ${world.story.join('\n  ')}\n  ${problem instanceof Error ? problem.message : ''}`, { cause: problem });
  }
}

async function expectAsked(world: World, caseId: string): Promise<void> {
  const { file, asked } = await world.driver.view(caseId);
  for (const { task, persons } of asked) expect(persons, `${task} in ${file.state}`).not.toEqual([]);
  const waits =
    file.settled !== null ||
    file.window !== null ||
    file.links.some(({ to, awaited }) => awaited && world.file(to).settled === null);
  if (!waits) expect(asked, `nobody is asked in ${file.state}`).not.toEqual([]);
}

describe('whatever people do, in whatever order, whenever', () => {
  const names = Object.keys(invariants);

  it(`holds: ${[...names, somebodyIsAsked].join(' · ')}`, async () => {
    await fc.assert(
      fc.asyncProperty(walks, async (steps) => {
        const world = await createWorld(companyOf(steps.managers));
        const sent = await walk(world, steps, expectSomebodyAsked);
        for (const name of names) await told(world, name, () => invariants[name]!(world, sent));
      }),
      parameters,
    );
    // Otherwise the ladders of these walks would have shown nothing.
    const proves: Fate[] = ['fired', 'collapsed', 'before assignment', 'met before', 'another date', 'rested', 'ahead'];
    expect(proves.filter((each) => !explained.has(each))).toEqual([]);
  }, parameters.numRuns * 10_000);
});
