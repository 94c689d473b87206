import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workingCalendarSchema } from '../../contracts/calendar.ts';
import { dueInstant, dueOnDate, localIso } from '../../domain/calendar/due.ts';
import { durationOf } from '../../domain/calendar/duration-text.ts';
import { ladderSteps } from '../../domain/kernel/ladder.ts';

/** Computed by vectors.py, which shares no line with the engine (rules §16.5). */
const roll = z.enum(['FOLLOWING', 'PRECEDING', 'NONE']);
const found = { calendar: z.string(), roll, due: z.string(), shown: z.string(), what: z.string() };
const vectors = z
  .strictObject({
    calendars: z.record(z.string(), workingCalendarSchema),
    dues: z.array(z.strictObject({ ...found, anchor: z.string(), duration: z.string() })),
    dates: z.array(z.strictObject({ ...found, date: z.string() })),
    ladders: z.array(z.strictObject({ calendar: z.string(), ladder: z.enum(['standard', 'critical']), date: z.string(), steps: z.record(z.string(), z.string()) })),
  })
  .parse(JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8')));

const calendarOf = (name: string) => vectors.calendars[name]!;

describe('time vectors computed independently', () => {
  it('are more than forty, in several zones', () => {
    expect(vectors.dues.length + vectors.dates.length + vectors.ladders.length).toBeGreaterThan(46);
    expect(new Set(vectors.dues.map(({ calendar }) => calendarOf(calendar).zone)).size).toBeGreaterThanOrEqual(3);
  });

  it.each(vectors.dues)('$calendar: $what ($duration from $anchor) is due $shown', ({ calendar: name, anchor, duration, roll, due, shown }) => {
    const calendar = calendarOf(name);
    const computed = dueInstant({ anchor, duration: durationOf(duration), calendar, roll });
    expect([computed, localIso(computed, calendar.zone)]).toEqual([due, shown]);
  });

  it.each(vectors.dates)('$calendar: $what ($date) is due $shown', ({ calendar, date, roll, due }) => {
    expect(dueOnDate(date, calendarOf(calendar), roll)).toBe(due);
  });

  it.each(vectors.ladders)('$calendar: the $ladder ladder for $date', ({ calendar: name, ladder, date, steps }) => {
    const calendar = calendarOf(name);
    const computed = ladderSteps({ due: dueOnDate(date, calendar), start: '2026-01-01T00:00:00.000Z', ladder, calendar });
    expect(Object.fromEntries(computed.map(({ step, at }) => [step, at]))).toEqual(steps);
  });
});
