import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { WorkingCalendar } from '../../contracts/calendar.ts';
import type { CaseFile, Deadline } from '../../contracts/case-file.ts';
import type { ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { CaseId, Instant } from '../../contracts/identity.ts';
import { isWorkingDay } from '../../domain/calendar/working-calendar.ts';
import { localDate } from '../../domain/calendar/due.ts';
import { previewOf } from '../../domain/configuration-change/preview.ts';
import { processes } from '../../domain/processes.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Whatever a calendar or a ladder becomes while a case runs (rules §4.4, §16.4 no. 29). */
const ZONE = 'Europe/Berlin';
const START = '2026-11-02';
const days = (count: number) => Temporal.PlainDate.from(START).add({ days: count }).toString();
const later = (world: World, count: number): Instant => new Date(Date.parse(world.driver.now()) + count * 86_400_000).toISOString();

const edits = fc.record({
  due: fc.nat({ max: 60 }).map((count) => days(count)),
  editAfter: fc.nat({ max: 70 }),
  offDays: fc.array(fc.nat({ max: 100 }).map((count) => days(count)), { maxLength: 12 }),
  halfDays: fc.array(fc.nat({ max: 100 }).map((count) => days(count)), { maxLength: 3 }),
  ladder: fc.option(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 9 }))),
});
type Edit = typeof edits extends fc.Arbitrary<infer T> ? T : never;

const named = (dates: readonly string[]) => Object.fromEntries(dates.map((date) => [date, 'Closed']));

function calendarOf({ offDays, halfDays }: Edit): WorkingCalendar {
  const half = halfDays.filter((day) => !offDays.includes(day));
  return { id: 'DE-BY', zone: ZONE, weekend: [6, 7], holidays: named(offDays), halfDays: named(half) };
}

/** Steps that come earlier or later than usual, in their order. */
function ladderOf([one, two, three]: [number, number, number]) {
  return [
    { step: 'R2', when: { workingDays: -one }, recipients: ['owner'] },
    { step: 'E0', when: 'due', recipients: ['owner'] },
    { step: 'E1', when: { workingDays: two }, recipients: ['lineManager'] },
    { step: 'E3', when: { workingDays: two + three }, recipients: ['topManagement'] },
  ];
}

interface Story {
  world: World;
  action: CaseId;
  change: CaseId;
  before: Deadline;
  foretold: unknown;
}

const dueOf = (world: World, action: CaseId) => world.file(action).deadlines['due']!;

/** An action runs, then calendar and perhaps ladder change at once. */
async function tell(edit: Edit): Promise<Story> {
  const world = await createWorld();
  const action = await world.open(people.uninvolved, 'action', { title: 'Work', unit: 'it', owner: people.actionOwner, due: edit.due });
  await world.does(action, 'ACKNOWLEDGE', people.actionOwner);
  await world.driver.advanceTo(later(world, edit.editAfter));
  const set = edit.ladder ? { 'ladder.standard': ladderOf(edit.ladder) } : {};
  const change = await world.open(people.iso, 'configurationChange', {
    ...{ title: 'Edit', set, calendars: [calendarOf(edit)], reason: 'So', effectiveOn: localDate(world.driver.now(), ZONE) },
  });
  await world.does(change, 'SUBMIT', people.iso);
  const before = structuredClone(dueOf(world, action));
  const foretold = await preview(world, change, action);
  await world.does(change, 'APPROVE', people.topManagement, { contentHash: world.file(change).round!.contentHash });
  return { world, action, change, before, foretold };
}

async function edited(world: World, holidays: readonly string[]): Promise<void> {
  const calendars = [{ id: 'DE-BY', zone: ZONE, holidays: named(holidays) }];
  const body = { title: 'Edit', calendars, reason: 'So', effectiveOn: localDate(world.driver.now(), ZONE) };
  const change = await world.open(people.iso, 'configurationChange', body);
  await world.does(change, 'SUBMIT', people.iso);
  await world.does(change, 'APPROVE', people.topManagement, { contentHash: world.file(change).round!.contentHash });
}

async function preview(world: World, change: CaseId, action: CaseId): Promise<unknown> {
  const facts = await world.driver.journalInMemory().facts([]);
  const file = world.file(change) as unknown as CaseFile<ConfigurationChangeDocument>;
  return previewOf({ change: file, facts, now: world.driver.now() })(processes.action, world.file(action));
}

function happenings(world: World, caseId: CaseId, kind: string) {
  return world.driver.journalInMemory().stored(caseId).journal.flatMap((entry) => entry.happenings.filter((each) => each.kind === kind));
}

const fired = ({ steps }: Deadline) => steps.filter(({ firedAt }) => firedAt !== null);
/** Rolled off Christmas; on Boxing Day the holidays are taken away. */
const backwards: Edit = { due: '2026-12-25', editAfter: 54, offDays: [], halfDays: [], ladder: null };
const run = (holds: (edit: Edit) => Promise<void>) => fc.assert(fc.asyncProperty(edits, holds), { ...propertyRuns(60), examples: [[backwards]] });

describe('an edit of calendar and ladder while a case runs', () => {
  it('does exactly what its preview has said', () =>
    run(async (edit) => {
      const { world, action, foretold } = await tell(edit);
      expect(happenings(world, action, 'timesChanged')).toEqual(foretold);
    }));

  it('leaves what has fired, and fires no step a second time until the end', () =>
    run(async (edit) => {
      const { world, action, before } = await tell(edit);
      expect(fired(dueOf(world, action))).toEqual(expect.arrayContaining(fired(before)));
      await world.driver.advanceTo(later(world, 120));
      const steps = happenings(world, action, 'stepFired').flatMap((each) => ('step' in each && each.deadline === 'due' && each.step !== 'E4' ? each.step : []));
      expect(steps).toEqual([...new Set(steps)]);
      expect(steps).toContain('E3');
    }));

  it('moves no date that has passed, none into the past, and off every day off', () =>
    run(async (edit) => {
      const { world, action, before } = await tell(edit);
      const now = world.driver.now();
      const { due, originalDue } = dueOf(world, action);
      expect(originalDue).toBe(before.originalDue);
      if (before.due <= now) expect(due).toBe(before.due);
      else {
        expect(due > now).toBe(true);
        const isOff = !isWorkingDay(localDate(due, ZONE), calendarOf(edit));
        expect(isOff && due !== before.due, 'a date was moved to a day off').toBe(false);
      }
    }));

  it('told once more changes nothing more', () =>
    run(async (edit) => {
      const { world, action, change } = await tell(edit);
      const before = dueOf(world, action);
      const { id, ref } = world.file(change);
      const decision = await world.driver.journalInMemory().decide(action, { name: 'TIMES_CHANGED', body: { from: id, fromRef: ref }, actor: { person: null, role: 'SYSTEM' } });
      expect([decision.refusal, decision.entries.flatMap((entry) => entry.happenings)]).toEqual([null, []]);
      expect(dueOf(world, action)).toEqual({ ...before, workedOutAt: world.driver.now() });
    }));

  it('is taken back by the next one', async () => {
    const world = await createWorld();
    const action = await world.open(people.uninvolved, 'action', { title: 'Work', unit: 'it', owner: people.actionOwner, due: '2026-12-01' });
    await world.driver.advanceTo(later(world, 1));
    const original = structuredClone(dueOf(world, action));
    await edited(world, ['2026-12-01', '2026-12-02']);
    expect(dueOf(world, action).due).toBe('2026-12-03T16:00:00.000Z');
    await world.driver.advanceTo(later(world, 1));
    await edited(world, []);
    expect(dueOf(world, action)).toEqual({ ...original, workedOutAt: world.driver.now() });
  });

  it('never moves a legal deadline', () =>
    run(async (edit) => {
      const { world, action, change } = await tell(edit);
      const file = structuredClone(world.file(action));
      for (const deadline of Object.values(file.deadlines)) Object.assign(deadline, { ladder: 'legal', workedOutAt: deadline.setAt });
      const facts = await world.driver.journalInMemory().facts([]);
      const moves = previewOf({ change: world.file(change) as never, facts, now: world.driver.now() });
      expect(moves(processes.action, file)).toEqual([]);
    }));

  it('reaches only the process whose ladder was edited', async () => {
    const world = await createWorld();
    const action = await world.open(people.uninvolved, 'action', { title: 'Work', unit: 'it', owner: people.actionOwner, due: '2026-12-01' });
    const nc = await world.open(people.reporter, 'nonconformity', { title: 'None', statement: 'None', source: 'MONITORING', unit: 'it', detectedOn: START });
    const change = await world.open(people.iso, 'configurationChange', {
      ...{ title: 'Ladder', set: { 'nonconformity.ladder.standard': ladderOf([1, 1, 1]) }, reason: 'So', effectiveOn: START },
    });
    await world.does(change, 'SUBMIT', people.iso);
    await world.does(change, 'APPROVE', people.topManagement, { contentHash: world.file(change).round!.contentHash });
    expect(happenings(world, action, 'timesChanged')).toEqual([]);
    expect(happenings(world, nc, 'timesChanged')).toHaveLength(1);
    expect(happenings(world, change, 'broadcastEnded')).toMatchObject([{ targets: 1, accepted: 1, refused: 0 }]);
  });
});
