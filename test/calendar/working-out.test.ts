import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../domain/calendar/duration-text.ts';
import { explainDue, type DueExplanation, type DueQuestion } from '../../domain/calendar/working-out.ts';
import { orgCalendar } from './org-calendar.ts';
import { propertyRuns } from '../support/property-runs.ts';

type Asked = Omit<DueQuestion, 'calendar'>;

function explained(question: Asked): DueExplanation {
  const result = explainDue({ ...question, calendar: orgCalendar });
  if (!result.ok) throw new Error(result.problem);
  return result;
}

function problem(question: Asked): string {
  const result = explainDue({ ...question, calendar: orgCalendar });
  return result.ok ? 'none' : result.problem;
}

describe('a duration in words', () => {
  it.each([
    ['72h', { kind: 'CLOCK', hours: 72 }],
    ['14cd', { kind: 'CALENDAR', days: 14 }],
    [' 5 wd ', { kind: 'WORKING', days: 5 }],
    ['1mo', { kind: 'CALENDAR', months: 1 }],
  ])('%s is read', (text, duration) => {
    expect(parseDuration(text)).toEqual({ ok: true, duration });
  });

  it.each(['', '5', 'wd', '5d', '5WD', '-5wd', '1.5h', '5wd 3h', '1e3h', '5constructor', '٣wd'])(
    '"%s" is answered with how to write it',
    (text) => {
      expect(parseDuration(text)).toEqual({ ok: false, problem: expect.stringContaining('such as 72h') });
    },
  );

  it('of more than ten years is answered with the limit', () => {
    expect(parseDuration('121mo')).toEqual({ ok: false, problem: expect.stringContaining('120mo') });
    expect(parseDuration('120mo')).toMatchObject({ ok: true });
  });
});

describe('a deadline worked out', () => {
  it('shows due instant and ladder in UTC and as the clocks at the site show them, with the first E4', () => {
    const result = explained({ anchor: '2026-12-21T10:00', duration: '4wd' });
    expect(result).toMatchObject({
      anchor: '2026-12-21T09:00:00.000Z',
      anchorLocal: '2026-12-21T10:00:00+01:00',
      duration: { kind: 'WORKING', days: 4 },
      roll: 'FOLLOWING',
      ladder: 'standard',
      due: '2026-12-29T16:00:00.000Z',
      dueLocal: '2026-12-29T17:00:00+01:00',
      yearsWithoutHolidays: [],
    });
    expect(result.steps.map(({ step, local }) => `${step} ${local}`)).toEqual([
      'R2 2026-12-28T09:00:00+01:00',
      'E0 2026-12-29T17:00:00+01:00',
      'E1 2027-01-05T09:00:00+01:00',
      'E2 2027-01-11T09:00:00+01:00',
      'E3 2027-01-20T09:00:00+01:00',
      'E4 2027-02-19T09:00:00+01:00',
    ]);
  });

  it('reads an anchor with an offset, in UTC, at the site or as a date', () => {
    const anchors = [
      '2026-10-23T18:00+02:00',
      '2026-10-23T16:00Z',
      '2026-10-23T18:00',
      '2026-10-23T18:00:00.000',
    ];
    for (const anchor of anchors) {
      expect(explained({ anchor, duration: '72h' }).dueLocal).toBe('2026-10-26T17:00:00+01:00');
    }
    expect(explained({ anchor: '2026-12-26', duration: '0cd' }).dueLocal).toBe('2026-12-28T17:00:00+01:00');
  });

  it('does not roll hours or the legal class, unless asked to', () => {
    const month = { anchor: '2027-01-31', duration: '1mo' };
    expect(explained({ anchor: '2026-12-23T16:30', duration: '72h' }).roll).toBe('NONE');
    expect(explained({ ...month, ladder: 'legal' }).dueLocal).toContain('2027-02-28');
    expect(explained({ ...month, ladder: 'legal', roll: 'FOLLOWING' }).dueLocal).toContain('2027-03-01');
  });

  it('names the years whose holidays the calendar does not know', () => {
    expect(explained({ anchor: '2027-12-01', duration: '30cd' }).yearsWithoutHolidays).toEqual([2028]);
  });

  it.each([
    [{ anchor: '2026-02-30', duration: '5wd' }, 'exist'],
    [{ anchor: '2026-02-28T25:00', duration: '5wd' }, 'exist'],
    [{ anchor: '2026-02-30T10:00Z', duration: '5wd' }, 'exist'],
    [{ anchor: '9999-12-31', duration: '5wd' }, '2199'],
    [{ anchor: 'tomorrow', duration: '5wd' }, 'such as 2026-10-23'],
    [{ anchor: '2026-10-23', duration: '72h' }, 'time of day'],
    [{ anchor: '2026-10-23', duration: 'soon' }, 'such as 72h'],
  ])('of %o is answered with what to write', (question, expected) => {
    expect(problem(question)).toContain(expected);
  });

  it('repeats no more than the beginning of an endless anchor', () => {
    expect(problem({ anchor: 'x'.repeat(10_000), duration: '5wd' }).length).toBeLessThan(250);
  });

  it('is an answer and never an exception, whatever is typed', () => {
    const duration = fc.oneof(fc.string(), fc.stringMatching(/^\d{1,6}(h|cd|wd|mo)$/));
    const anchor = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?)?$/),
      fc.stringMatching(/^20\d{2}-0[1-9]-[0-2]\d(T[01]\d:[0-5]\d)?$/),
    );
    fc.assert(
      fc.property(anchor, duration, (anchor, duration) => {
        const result = explainDue({ anchor, duration, calendar: orgCalendar });
        if (!result.ok) expect(result.problem).toContain('was given.');
        else expect(result.due >= result.anchor.slice(0, 10)).toBe(true);
      }),
      propertyRuns(),
    );
  });
});
