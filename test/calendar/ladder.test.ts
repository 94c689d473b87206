import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueOnDate, localIso } from '../../domain/calendar/due.ts';
import { workingDays } from '../../domain/calendar/duration.ts';
import {
  collapse,
  ladderSteps,
  nextE4,
  repeatedStep,
  type LadderStep,
} from '../../domain/kernel/ladder.ts';
import type { LadderClass, LadderStepName } from '../../contracts/case-file.ts';
import { calendarIn, orgCalendar } from './org-calendar.ts';
import { propertyRuns } from '../support/property-runs.ts';

const HOUR = 3_600_000;
const EARLY = '2026-11-02T09:00:00.000Z';
const DUE = dueOnDate('2026-12-29', orgCalendar);

const ladder = (name: LadderClass, given: { due?: string; start?: string } = {}): LadderStep[] =>
  ladderSteps({ due: DUE, start: EARLY, ladder: name, calendar: orgCalendar, ...given });
const names = (steps: LadderStep[]): LadderStepName[] => steps.map(({ step }) => step);
const lines = (steps: LadderStep[]): string[] =>
  steps.map(({ step, at }) => `${step} ${localIso(at, orgCalendar.zone)}`);
const plusHours = (instant: string, hours: number): string =>
  new Date(Date.parse(instant) + hours * HOUR).toISOString();

const anyInstant = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2036-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const anyClass = fc.constantFrom<LadderClass>('standard', 'critical', 'legal');
const anyZone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Auckland');
const anyLadder = fc
  .record({
    start: anyInstant,
    minutes: fc.integer({ min: 0, max: 400_000 }),
    ladder: anyClass,
    zone: anyZone,
  })
  .map(({ start, minutes, ladder: name, zone }) => {
    const due = new Date(Date.parse(start) + minutes * 60_000).toISOString();
    return { start, due, steps: ladderSteps({ start, due, ladder: name, calendar: calendarIn(zone) }) };
  });

describe('the standard ladder', () => {
  it('tells the owner, then one level up each time, and wants E1 acknowledged within two working days', () => {
    expect(ladder('standard').map(({ at, ...step }) => (expect(at).toBeTruthy(), step))).toEqual([
      { step: 'R1', recipients: ['owner'], digest: true },
      { step: 'R2', recipients: ['owner'] },
      { step: 'E0', recipients: ['owner', 'substitute'] },
      { step: 'E1', recipients: ['lineManager'], acknowledgeWithin: workingDays(2) },
      { step: 'E2', recipients: ['iso'] },
      { step: 'E3', recipients: ['topManagement'], digest: true },
    ]);
  });

  it('fires at 09:00 by the clocks of the site on both sides of a change', () => {
    expect(lines(ladder('standard', { due: dueOnDate('2027-03-30', orgCalendar) }))).toEqual([
      'R1 2027-03-19T09:00:00+01:00',
      'R2 2027-03-29T09:00:00+02:00',
      'E0 2027-03-30T17:00:00+02:00',
      'E1 2027-04-02T09:00:00+02:00',
      'E2 2027-04-08T09:00:00+02:00',
      'E3 2027-04-19T09:00:00+02:00',
    ]);
  });

  it('counts from the working days around a due date on a day off', () => {
    const steps = ladder('standard', { due: dueOnDate('2026-12-26', orgCalendar, 'NONE') });
    expect(lines(steps).slice(1, 4)).toEqual([
      'R2 2026-12-23T09:00:00+01:00',
      'E0 2026-12-26T17:00:00+01:00',
      'E1 2026-12-30T09:00:00+01:00',
    ]);
  });
});

describe('the critical ladder', () => {
  it('takes the same steps within three days before and five after', () => {
    expect(lines(ladder('critical'))).toEqual([
      'R1 2026-12-22T09:00:00+01:00',
      'R2 2026-12-28T09:00:00+01:00',
      'E0 2026-12-29T17:00:00+01:00',
      'E1 2026-12-30T09:00:00+01:00',
      'E2 2027-01-04T09:00:00+01:00',
      'E3 2027-01-07T09:00:00+01:00',
    ]);
  });
});

describe('the legal ladder', () => {
  const start = '2026-10-23T16:00:00.000Z';

  it('runs on elapsed time through night, weekend and the change of the clocks', () => {
    expect(lines(ladder('legal', { start, due: plusHours(start, 72) }))).toEqual([
      'R1 2026-10-25T05:00:00+01:00',
      'R2 2026-10-25T23:00:00+01:00',
      'R3 2026-10-26T15:00:00+01:00',
      'E3 2026-10-26T17:00:00+01:00',
    ]);
  });

  it('tells top management at the due instant itself', () => {
    const last = ladder('legal', { start, due: plusHours(start, 72) }).at(-1);
    expect(last).toEqual({
      step: 'E3',
      at: plusHours(start, 72),
      recipients: ['owner', 'iso', 'topManagement'],
    });
  });

  it('keeps its order in a span so short that a quarter of it is less than two hours', () => {
    const sixHours = ladder('legal', { start, due: plusHours(start, 6) });
    expect(sixHours.map(({ step, at }) => [step, at])).toEqual([
      ['R1', plusHours(start, 3)],
      ['R2', plusHours(start, 4)],
      ['R3', plusHours(start, 4.5)],
      ['E3', plusHours(start, 6)],
    ]);
  });

  it('sends one reminder where two fall together, as in the four hours of an initial report', () => {
    const fourHours = ladder('legal', { start, due: plusHours(start, 4) });
    expect(fourHours.map(({ step, at }) => [step, at])).toEqual([
      ['R1', plusHours(start, 2)],
      ['R2', plusHours(start, 3)],
      ['E3', plusHours(start, 4)],
    ]);
  });

  it('takes its shares from the anchor of the deadline, not from a later assignment', () => {
    const reassigned = plusHours(start, 40);
    const input = { due: plusHours(start, 72), start: reassigned, anchor: start, calendar: orgCalendar };
    expect(names(ladderSteps({ ...input, ladder: 'legal' }))).toEqual(['R2', 'R3', 'E3']);
    expect(ladderSteps({ ...input, ladder: 'legal' })[0]?.at).toBe(plusHours(start, 54));
  });
});

describe('every ladder', () => {
  it('drops reminders at or before the assignment, but no escalation', () => {
    const [r1] = ladder('standard');
    expect(names(ladder('standard', { start: r1?.at }))).toEqual(['R2', 'E0', 'E1', 'E2', 'E3']);
    expect(names(ladder('standard', { start: '2027-06-01T09:00:00.000Z' }))).toEqual([
      'E0',
      'E1',
      'E2',
      'E3',
    ]);
  });

  it('is strictly ordered by time and by name, with no reminder outside the time between start and due', () => {
    fc.assert(
      fc.property(anyLadder, ({ steps, start, due }) => {
        steps.slice(1).forEach((step, n) => {
          expect(step.at > (steps[n]?.at ?? '')).toBe(true);
          expect(step.step > (steps[n]?.step ?? '') || step.step.startsWith('E')).toBe(true);
        });
        expect(new Set(names(steps)).size).toBe(steps.length);
        const reminders = steps.filter(({ step }) => step.startsWith('R'));
        expect(reminders.every(({ at }) => at > start && at < due)).toBe(true);
        expect(steps.filter(({ at }) => at === due)).toHaveLength(1);
      }),
      propertyRuns(),
    );
  });

  it('gives each caller recipients of its own', () => {
    ladder('standard')[0]?.recipients.push('topManagement');
    expect(ladder('standard')[0]?.recipients).toEqual(['owner']);
  });
});

describe('E4', () => {
  it('comes every 30 calendar days at 09:00 at the site, for top management', () => {
    const first = nextE4('2027-03-01T08:00:00.000Z', orgCalendar);
    expect(localIso(first, orgCalendar.zone)).toBe('2027-03-31T09:00:00+02:00');
    expect(repeatedStep(first, orgCalendar)).toEqual({
      step: 'E4',
      at: '2027-04-30T07:00:00.000Z',
      recipients: ['topManagement'],
    });
  });
});

describe('firing', () => {
  it('of several steps reached at once is that of the highest', () => {
    expect(collapse([])).toBeUndefined();
    const [r1, r2, e0] = ladder('standard');
    expect(collapse([e0, r1, r2].filter((step) => step !== undefined))?.step).toBe('E0');
  });

  it('of a step that an edited calendar moves happens on its new day, and the steps behind it stay (scenario 29)', () => {
    const moved = { ...orgCalendar, holidays: { ...orgCalendar.holidays, '2026-12-28': 'Bridge day' } };
    const after = ladderSteps({ due: DUE, start: EARLY, ladder: 'standard', calendar: moved });
    expect(after[1]!.at < ladder('standard')[1]!.at).toBe(true);
    expect(after.slice(2)).toEqual(ladder('standard').slice(2));
  });
});
