import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PersonId } from '../../contracts/identity.ts';
import type { StoredCase } from '../../simulation/memory-store.ts';
import { today } from './bodies.ts';
import { createWorld, people } from './world.ts';
import type { World } from './world.ts';
import { propertyRuns } from '../support/property-runs.ts';

/** Later dates (rules §4.6) whoever does what in whichever order, on an action of its own. */
const commands = ['REQUEST_EXTENSION', 'GRANT_EXTENSION', 'REFUSE_EXTENSION', 'WITHDRAW_EXTENSION', 'HOLD', 'RESUME'] as const;
const anybody = [people.iso, people.actionOwner, people.topManagement, 'martin.huber', 'georg.brandt', people.ncOwner] as const;

const step = fc.record({
  who: fc.constantFrom(...anybody),
  command: fc.constantFrom(...commands),
  days: fc.integer({ min: 1, max: 40 }),
  hours: fc.constantFrom(0, 0, 0, 20, 24 * 9),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** Somebody asks, then anything: otherwise most sequences would have nothing to decide. */
const steps = fc.array(step, { minLength: 6, maxLength: 25 }).map((some): Step[] =>
  some.map((each, n) => (n % 3 === 0 ? { ...each, command: 'REQUEST_EXTENSION' as const } : each)),
);

function bodyOf(world: World, { command, days }: Step): object {
  const reason = 'Because it is so';
  if (command === 'REQUEST_EXTENSION') return { deadline: 'due', newDate: today(world, 15 + days), reason, interimMeasure: 'Checked by hand' };
  if (command === 'HOLD') return { reason, reviewOn: today(world, Math.min(days, 29)) };
  if (command === 'RESUME') return { reason };
  return command === 'GRANT_EXTENSION' ? { deadline: 'due' } : { deadline: 'due', reason };
}

async function played(all: readonly Step[], owner: PersonId): Promise<StoredCase> {
  const world = await createWorld();
  const id = await world.open(people.uninvolved, 'action', { title: 'Encrypt the laptops', unit: 'it', owner, due: today(world, 15) });
  for (const each of all) {
    await world.driver.command({ as: each.who, caseId: id, name: each.command, body: bodyOf(world, each) });
    if (each.hours > 0) await world.driver.advanceTo(new Date(Date.parse(world.driver.now()) + each.hours * 3_600_000).toISOString());
  }
  return world.driver.journalInMemory().store.cases.get(id)!;
}

type Journal = StoredCase['journal'];

/** Who asked and who owes it grants nothing (SOD-06); there is one open request at most. Gives how many were granted. */
function expectDecidedByAnother(journal: Journal, owner: PersonId): number {
  let asked: PersonId | null = null;
  for (const { type, actor, happenings } of journal) {
    if (type === 'GRANT_EXTENSION') expect([asked, owner]).not.toContain(actor.person);
    if (type === 'REQUEST_EXTENSION') {
      expect(asked, 'a second request while the first is open').toBeNull();
      asked = actor.person;
    }
    if (happenings.some(({ kind }) => kind === 'extensionEnded')) asked = null;
  }
  return journal.filter(({ type }) => type === 'GRANT_EXTENSION').length;
}

/** The date of the deadline is the last that the record tells of, and the first stays. */
function expectDatesTold({ journal, file }: StoredCase): void {
  const { due, originalDue } = file.deadlines['due']!;
  const dates = journal.flatMap(({ happenings }) => happenings).flatMap((each) => {
    if (each.kind === 'deadlineSet' && each.deadline === 'due') return [each.due];
    return (each.kind === 'deadlineExtended' || each.kind === 'deadlineShifted') && each.deadline === 'due' ? [each.to] : [];
  });
  expect([dates[0], dates.at(-1)]).toEqual([originalDue, due]);
}

/** K-08: the days that the last extension names are the sum of all. */
function expectDaysCounted({ journal, file }: StoredCase): void {
  const told = journal.flatMap(({ happenings }) => happenings.flatMap((each) => (each.kind === 'deadlineExtended' ? [each.days] : [])));
  expect(told.at(-1) ?? 0).toBe(file.extensions.reduce((sum, { outcome }) => sum + (outcome?.days ?? 0), 0));
}

describe('later dates', () => {
  it.each([
    ['the owner', people.actionOwner],
    ['the ISO', people.iso],
    ['top management', people.topManagement],
  ])('are never granted by who asked, nor by %s who owes them, and no date moves untold', async (_, owner) => {
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const stored = await played(all, owner);
        granted += expectDecidedByAnother(stored.journal, owner);
        expectDatesTold(stored);
        expectDaysCounted(stored);
      }),
      propertyRuns(30),
    );
    expect(granted, 'nothing was ever granted: the walk proves nothing').toBeGreaterThan(2);
  });
});
