import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import { calendarDays, calendarMonths } from '../../domain/calendar/duration.ts';
import { fold } from '../../domain/kernel/patch.ts';
import { nextReview } from '../../domain/risk/review.ts';
import { orgCalendar } from '../calendar/org-calendar.ts';
import { documentOf, migrated, riskBody, scoresFor } from '../kernel/risk-bodies.ts';
import { riskMoves } from '../kernel/risk-moves.ts';
import { createWorld, people } from '../kernel/world.ts';
import type { World } from '../kernel/world.ts';
import { propertyRuns } from '../support/property-runs.ts';

const day = (n: number): LocalDate => Temporal.PlainDate.from('2026-01-31').add({ days: n }).toString();
const planning = { ahead: calendarDays(30), calendar: orgCalendar };

describe('the planned review of a risk', () => {
  test('does not drift, however late each review is: it stays on the days of the plan', () => {
    fc.assert(
      fc.property(fc.constantFrom(3, 12), fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 12 }), (months, delays) => {
        let planned = nextReview({ ...planning, planned: null, ratedOn: day(0), interval: calendarMonths(months) });
        for (const late of delays) {
          const ratedOn = Temporal.PlainDate.from(planned).add({ days: late }).toString();
          const next = nextReview({ ...planning, planned, ratedOn, interval: calendarMonths(months) });
          expect(next).toBe(Temporal.PlainDate.from(planned).add({ months: late > 0 && next > Temporal.PlainDate.from(planned).add({ months }).toString() ? 2 * months : months }).toString());
          expect(next > ratedOn).toBe(true);
          planned = next;
        }
      }),
      propertyRuns(),
    );
  });

  test('is never further away than one interval and the days that count as ahead of it', () => {
    fc.assert(
      fc.property(fc.constantFrom(3, 12), fc.nat({ max: 800 }), fc.nat({ max: 800 }), (months, at, rated) => {
        const next = nextReview({ ...planning, planned: day(at), ratedOn: day(rated), interval: calendarMonths(months) });
        const latest = Temporal.PlainDate.from(day(rated)).add({ days: 30 }).add({ months }).add({ days: 3 }).toString();
        expect(next <= latest && next > day(rated)).toBe(true);
      }),
      propertyRuns(),
    );
  });

  test('one rating more in between moves nothing, and a risk that has grown is reviewed sooner', () => {
    const planned = '2027-06-01';
    expect(nextReview({ ...planning, planned, ratedOn: '2027-01-15', interval: calendarMonths(12) })).toBe(planned);
    expect(nextReview({ ...planning, planned, ratedOn: '2027-05-20', interval: calendarMonths(12) })).toBe('2028-06-01');
    expect(nextReview({ ...planning, planned, ratedOn: '2027-01-15', interval: calendarMonths(3) })).toBe('2027-04-15');
  });
});

/** What can happen to a risk, in any order; what does not fit the moment is refused, and that is a result as well. */
const events = ['RATE', 'SECOND_RATE', 'EVALUATE', 'ADOPT', 'INCLUDE', 'EXCLUDE', 'ACCEPTED', 'ACCEPTANCE_ENDED', 'PLAN_OPENED', 'PLAN_ENDED', 'RESIDUAL_RATED', 'CONTROL_NOT_EFFECTIVE', 'CRITERIA_CHANGED', 'TRIGGER', 'DISMISS_REASSESSMENT', 'NAME_OWNER', 'DECLINE_OWNERSHIP', 'EMERGENCY_RATE', 'SET_TARGET'];
const guards = ['', 'adoptsAcceptable', 'adoptsTreatment', 'isNotInterim', 'endsWithinCriteria', 'changesDecision', 'endsOwnPlan'];
const step = fc.record({ event: fc.constantFrom(...events), guard: fc.constantFrom(...guards) });

async function wander(world: World, steps: readonly { event: string; guard: string }[], check: (after: Seen) => void): Promise<void> {
  const caseId = await world.open(people.iso, 'risk', riskBody());
  const look = (): Seen => ({ state: world.file(caseId).state, doc: documentOf({ world, caseId }) });
  for (const { event, guard } of steps) {
    const journal = world.driver.journalInMemory().stored(caseId).journal.length;
    await riskMoves[event]!({ world, caseId, passes: guard === '' ? [] : [guard] }).catch(() => undefined);
    check(look());
    const entries = world.driver.journalInMemory().stored(caseId).journal;
    for (const [n, entry] of entries.entries()) {
      if (n < journal || entry.from === entry.to) continue;
      const { parties } = fold(entries.slice(0, n + 1).map(({ patch }) => patch)) as CaseFile;
      if (entry.from === 'identified' && entry.to !== 'merged') expect(parties['owner'], `${entry.type} left identified`).toBeDefined();
      if (entry.type === 'RATE') expect(['analysed', 'reassessmentDue']).toContain(entry.to);
    }
  }
}

interface Seen {
  state: string;
  doc: ReturnType<typeof documentOf>;
}

test('a risk never leaves identified without an owner, is monitored with one acceptance only, and decided by its rating', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 18 }), async (steps) => {
      const world = await createWorld();
      await wander(world, steps, ({ state, doc }) => {
        if (state === 'monitored') expect(doc.acceptance).not.toBeNull();
        if (state === 'inTreatment' || state === 'residualPending') expect(doc.plan).not.toBeNull();
        if (state === 'acceptable') expect(doc.decision).toBe('ACCEPTABLE');
        if (doc.decision === 'ACCEPTABLE') expect(doc.ratings.current?.level).toBe('low');
      });
    }),
    propertyRuns(40),
  );
}, 60_000);

test('outside an assessment a rating holds at once where the decision stays, and leaves the state only where it changes', async () => {
  const world = await createWorld();
  const caseId = await world.open(people.iso, 'risk', riskBody(migrated(world, 'TREAT')));
  const about = await world.driver.view(caseId);
  expect(about.file.state).toBe('evaluated');
  await riskMoves['CONFIRM_MIGRATED']!({ world, caseId, passes: ['confirmsTreatment'] });
  expect(world.file(caseId).state).toBe('treatmentRequired');
  await world.does(caseId, 'RATE', people.iso, { ...scoresFor('TREAT'), likelihood: 3 });
  expect(world.file(caseId).state).toBe('treatmentRequired');
  expect(documentOf({ world, caseId }).ratings.current).toMatchObject({ level: 'critical', score: 15, by: people.iso });
  await world.does(caseId, 'RATE', people.iso, scoresFor('ACCEPTABLE'));
  expect(world.file(caseId).state).toBe('reassessmentDue');
  expect(documentOf({ world, caseId })).toMatchObject({ decision: 'TREAT', ratings: { current: { level: 'critical' } }, proposal: { rating: { level: 'low' } } });
});

test('a high risk is reviewed every quarter while it is treated, on the day of the plan, and its state stays', async () => {
  const world = await createWorld();
  const caseId = await world.open(people.iso, 'risk', riskBody(migrated(world, 'TREAT')));
  await riskMoves['CONFIRM_MIGRATED']!({ world, caseId, passes: ['confirmsTreatment'] });
  await riskMoves['PLAN_OPENED']!({ world, caseId, passes: [] });
  expect(documentOf({ world, caseId }).reviewOn).toBe('2027-02-02');
  await world.driver.advanceTo('2027-02-20T09:00:00.000Z');
  expect(world.file(caseId)).toMatchObject({ state: 'inTreatment', deadlines: { review: { metAt: null } } });
  await world.does(caseId, 'RATE', people.iso, scoresFor('TREAT'));
  expect(documentOf({ world, caseId }).reviewOn).toBe('2027-05-02');
  expect(world.file(caseId).deadlines['review']).toMatchObject({ metAt: null, due: '2027-05-03T15:00:00.000Z' });
});
