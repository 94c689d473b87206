import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AbsenceAbout } from '../../contracts/absence.ts';
import type { CaseFile, CaseSummary, Deadline } from '../../contracts/case-file.ts';
import type { EntryDraft } from '../../contracts/entry.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import type { OrganisationFile } from '../../contracts/organisation.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { standingOf } from '../../domain/configuration/in-directory.ts';
import { createDirectory } from '../../domain/directory/directory.ts';
import { decide } from '../../domain/kernel/decide.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { wakeAt } from '../../domain/kernel/wake.ts';
import { demoOrganisation } from '../directory/organisations.ts';
import { aware, legalDuty as definition, noFacts } from './legal-duty.ts';
import { people } from './world.ts';
import { propertyRuns } from '../support/property-runs.ts';

const HOUR = 3_600_000;
const later = (at: Instant, hours: number): Instant => new Date(Date.parse(at) + hours * HOUR).toISOString();

/** What people, the organisation and time do to a case with two legal clocks and one of the organisation's own. */
const step = fc.oneof(
  fc.record({
    does: fc.constantFrom(
      'HOLD',
      'PROLONG_HOLD',
      'RESUME',
      'REQUEST_EXTENSION',
      'GRANT_EXTENSION',
      'REFUSE_EXTENSION',
      'WITHDRAW_EXTENSION',
    ),
    who: fc.constantFrom(people.iso, people.deputy, people.topManagement, people.ncOwner, people.actionOwner),
    on: fc.constantFrom('notification', 'report', 'own', 'own'),
    days: fc.integer({ min: 1, max: 29 }),
  }),
  fc.record({
    does: fc.constant('REQUEST_EXTENSION'),
    who: fc.constant(people.ncOwner),
    on: fc.constant('own'),
    days: fc.integer({ min: 1, max: 29 }),
  }),
  fc.record({
    does: fc.constant('GRANT_EXTENSION'),
    who: fc.constant(people.topManagement),
    on: fc.constant('own'),
    days: fc.constant(1),
  }),
  fc.record({
    does: fc.constantFrom('CALENDAR', 'LADDER', 'SPANS', 'ABSENCE', 'LEAVES'),
    days: fc.integer({ min: 0, max: 40 }),
  }),
  fc.record({ does: fc.constantFrom('TIMES_CHANGED', 'PEOPLE_CHANGED') }),
  fc.record({ does: fc.constantFrom('time', 'outage'), hours: fc.integer({ min: 1, max: 200 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Around both changes of the clock, Christmas and the ends of short months. */
const starts = fc
  .tuple(
    fc.constantFrom('2026-10-23', '2026-12-23', '2027-01-29', '2027-03-26', '2028-02-28'),
    fc.nat({ max: 96 * 60 }),
  )
  .map(([day, minutes]) => new Date(Date.parse(`${day}T00:00:00.000Z`) + minutes * 60_000).toISOString());

interface Scene {
  organisation: OrganisationFile;
  cases: CaseSummary[];
  now: Instant;
  file: CaseFile;
  entries: EntryDraft[];
}

function factsOf({ organisation, cases }: Pick<Scene, 'organisation' | 'cases'>): Facts {
  return { ...standingOf(createDirectory(organisation, 1, cases)), ...noFacts };
}

function ask(scene: Scene, command: { name: string; body: object; person: string | null } | null): void {
  const { file, now } = scene;
  const sent = command && {
    name: command.name,
    body: command.body as Json,
    actor: { person: command.person, role: '' },
  };
  const decision = decide({ definition, file, facts: factsOf(scene), now, command: sent });
  scene.file = decision.file;
  scene.entries.push(...decision.entries);
}

function pass(scene: Scene, hours: number, isWorking: boolean): void {
  const until = later(scene.now, hours);
  for (let at = wakeAt(scene.file); isWorking && at !== null && at <= until; at = wakeAt(scene.file)) {
    scene.now = at > scene.now ? at : scene.now;
    ask(scene, null);
  }
  scene.now = until;
  ask(scene, null);
}

function add(scene: Scene, process: string, about: Record<string, string | null>): void {
  const id = crypto.randomUUID();
  scene.cases.push({
    id,
    ref: `X-${scene.cases.length}`,
    process,
    state: 'effective',
    settled: null,
    openedAt: scene.now,
    settledAt: null,
    about,
  });
}

const otherStandard = [
  { step: 'E0', when: 'due', recipients: ['owner'] },
  { step: 'E3', when: { workingDays: 2 }, recipients: ['topManagement'] },
];
const otherLegal = [
  { step: 'R1', when: { hoursBefore: 1 }, recipients: ['owner'] },
  { step: 'E3', when: 'due', recipients: ['topManagement'] },
];
const configure = (scene: Scene, set: object) =>
  add(scene, 'configurationChange', {
    effectiveAt: later(scene.now, 1e-3),
    change: JSON.stringify({ set, calendars: [] }),
  });

const organisational: Record<string, (scene: Scene, days: number) => void> = {
  CALENDAR: ({ organisation, now }, days) => {
    const off = localDate(later(now, 24 * days), 'Europe/Berlin');
    organisation.calendars = organisation.calendars.map((each) => ({
      ...each,
      holidays: { ...each.holidays, [off]: 'Closed' },
    }));
  },
  LADDER: (scene, days) =>
    configure(scene, days % 2 === 0 ? { 'ladder.legal': otherLegal } : { 'ladder.standard': otherStandard }),
  SPANS: (scene, days) =>
    configure(scene, {
      'hold.longest': `${1 + (days % 30)}cd`,
      'rework.allowance': '20wd',
      'ladder.repeat': '7cd',
    }),
  ABSENCE: (scene, days) => {
    const about: AbsenceAbout = {
      ...{
        person: people.ncOwner,
        substitute: people.uninvolved,
        starts: scene.now,
        ends: later(scene.now, 24 * days),
      },
      ...{
        from: localDate(scene.now, 'Europe/Berlin'),
        until: localDate(later(scene.now, 24 * days), 'Europe/Berlin'),
      },
    };
    add(scene, 'absence', about);
  },
  LEAVES: ({ organisation, now }, days) => {
    const until = localDate(later(now, 24 * days), 'Europe/Berlin');
    organisation.people = organisation.people.map((each) =>
      each.id === people.ncOwner ? { ...each, until } : each,
    );
  },
};

function bodyOf({ now }: Scene, { does, on, days }: Extract<Step, { who: unknown }>): object {
  const reason = 'Because it is so';
  const date = localDate(later(now, 24 * days), 'Europe/Berlin');
  if (does.endsWith('HOLD')) return { reason, reviewOn: date };
  if (does === 'REQUEST_EXTENSION')
    return {
      deadline: on,
      newDate: localDate(later(now, 24 * (days + 30)), 'Europe/Berlin'),
      reason,
      interimMeasure: 'Watched',
    };
  if (does === 'GRANT_EXTENSION') return { deadline: on };
  return does === 'RESUME' ? { reason } : { deadline: on, reason };
}

function carryOut(scene: Scene, each: Step): void {
  if ('hours' in each) return pass(scene, each.hours, each.does === 'time');
  if ('who' in each) return ask(scene, { name: each.does, body: bodyOf(scene, each), person: each.who });
  if ('days' in each) return organisational[each.does]!(scene, each.days);
  const from = { from: crypto.randomUUID(), fromRef: 'X-1' };
  ask(scene, {
    name: each.does,
    body: each.does === 'TIMES_CHANGED' ? from : { ...from, because: 'test' },
    person: null,
  });
}

/** Worked out here by hand: 72 elapsed hours, and their shares. */
function expectClock({ file, now }: Scene, opened: Instant): void {
  const { due, originalDue, steps, pausedAt, issue, metAt } = file.deadlines['notification']!;
  const at = (before: number) => later(opened, 72 - before);
  expect({ due, originalDue, pausedAt, issue, metAt }).toEqual({
    due: at(0),
    originalDue: at(0),
    pausedAt: undefined,
    issue: 1,
    metAt: null,
  });
  expect(steps.filter(({ step }) => step !== 'E4').map((each) => [each.step, each.at])).toEqual([
    ['R1', at(36)],
    ['R2', at(18)],
    ['R3', at(2)],
    ['E3', at(0)],
  ]);
  for (const { step, at: scheduled, firedAt } of steps)
    expect(firedAt !== null, `${step} at ${now}`).toBe(scheduled <= now);
}

/** What was not met before: due date and reminders as they were when the law's month began. */
function expectKept(before: Deadline, after: Deadline): void {
  const instants = ({ steps }: Deadline) =>
    steps.filter(({ step }) => step !== 'E4').map(({ step, at }) => [step, at]);
  expect([after.due, after.pausedAt, instants(after)]).toEqual([before.due, undefined, instants(before)]);
}

/** Each step of the ladder is told of once, or as part of a more severe one. */
function expectToldOnce({ entries, file }: Scene): void {
  for (const name of ['notification', 'report']) {
    const fired = entries.flatMap(({ happenings }) =>
      happenings.flatMap((each) => (each.kind === 'stepFired' && each.deadline === name ? [each] : [])),
    );
    const told = fired.flatMap(({ step, collapsed }) => [step, ...collapsed]).filter((each) => each !== 'E4');
    expect(told.toSorted()).toEqual(
      file.deadlines[name]!.steps.flatMap(({ step, firedAt }) =>
        firedAt !== null && step !== 'E4' ? [step] : [],
      ).toSorted(),
    );
  }
}

function expectNeverPaused({ entries }: Scene): void {
  for (const each of entries.flatMap(({ happenings }) => happenings)) {
    if (each.kind === 'held')
      expect(each.paused).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(notification|report)$/)]),
      );
    if (each.kind === 'deadlineShifted' || each.kind === 'timesChanged' || each.kind === 'deadlineExtended')
      expect(each.deadline).not.toMatch(/^(notification|report)$/);
  }
}

const passing = (hours: number): Step => ({ does: 'time', hours });

/** What its own ladder would have told meanwhile is not told by a ladder that no longer knows the step. */
const ladderEditedOnHold: [Instant, Step[]] = [
  '2026-10-23T08:00:00.000Z',
  [
    { does: 'HOLD', who: people.iso, on: 'own', days: 29 },
    ...[180, 180, 120].map(passing),
    { does: 'LADDER', days: 1 },
    passing(1),
    { does: 'TIMES_CHANGED' },
    { does: 'RESUME', who: people.iso, on: 'own', days: 1 },
    ...[180, 180, 180].map(passing),
  ],
];

const seen = new Set<string>();

function play(opened: Instant, steps: readonly Step[]): void {
  const scene = { organisation: demoOrganisation(), cases: [], now: opened, entries: [] } as unknown as Scene;
  scene.file = aware(factsOf(scene), opened);
  const report = scene.file.deadlines['report']!;
  for (const each of steps) {
    carryOut(scene, each);
    expectClock(scene, opened);
    expectKept(report, scene.file.deadlines['report']!);
  }
  expectToldOnce(scene);
  expectNeverPaused(scene);
  for (const { type, happenings } of scene.entries)
    [type, ...happenings.map(({ kind }) => kind)].forEach((each) => seen.add(each));
}

describe('whatever people and the organisation do, a legal clock', () => {
  it('keeps its due instant and its steps, and never rests', () => {
    const stories = fc.tuple(starts, fc.array(step, { minLength: 5, maxLength: 30 }));
    fc.assert(
      fc.property(stories, ([opened, steps]) => play(opened, steps)),
      { ...propertyRuns(60), examples: [[ladderEditedOnHold]] },
    );
    const proves = [
      'HOLD',
      'RESUME',
      'GRANT_EXTENSION',
      'TIMES_CHANGED',
      'timesChanged',
      'deadlineShifted',
      'deadlineExtended',
      'stepFired',
    ];
    expect(
      proves.filter((each) => !seen.has(each)),
      'of this nothing happened: the property would prove nothing',
    ).toEqual([]);
  });
});
