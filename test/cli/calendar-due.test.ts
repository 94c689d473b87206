import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DueExplanation } from '../../domain/calendar/working-out.ts';
import { orgCalendar } from '../calendar/org-calendar.ts';
import { isms } from './isms.ts';

const calendar = path.join(mkdtempSync(path.join(tmpdir(), 'isms-calendar-')), 'org.json');
writeFileSync(calendar, JSON.stringify(orgCalendar));

const due = (anchor: string, duration: string, ...more: string[]) =>
  isms(['calendar', 'due', '--anchor', anchor, '--duration', duration, '--calendar', calendar, ...more]);

describe('isms calendar due (rules §16.5)', () => {
  it('gives the ladder for Tue 2026-12-29', async () => {
    const { code, json } = await due('2026-11-02T10:00', '57cd', '--json');
    const { dueLocal, steps } = json() as DueExplanation;
    expect([code, dueLocal]).toEqual([0, '2026-12-29T17:00:00+01:00']);
    expect(steps.slice(0, 6).map(({ step, local }) => `${step} ${local.slice(0, 10)}`)).toEqual([
      'R1 2026-12-16',
      'R2 2026-12-28',
      'E0 2026-12-29',
      'E1 2027-01-05',
      'E2 2027-01-11',
      'E3 2027-01-20',
    ]);
  });

  it.each([
    ['a due date on Sat 2026-12-26 rolls', '2026-12-26', '0cd', 'Mon 2026-12-28'],
    ['72 h over the end of summer time', '2026-10-23T18:00', '72h', 'Mon 2026-10-26 17:00 (+01:00)'],
    ['72 h over its beginning', '2027-03-26T18:00', '72h', 'Mon 2027-03-29 19:00 (+02:00)'],
    ['72 h over Christmas', '2026-12-23T16:30', '72h', 'Sat 2026-12-26 16:30 (+01:00)'],
  ])('%s', async (_, anchor, duration, expected) => {
    const { code, stdout } = await due(anchor, duration);
    expect(stdout).toContain(`due       ${expected}`);
    expect(code).toBe(0);
  });

  it('one month from 2027-01-31 is 2027-02-28 where nothing rolls', async () => {
    const [unrolled, legal] = await Promise.all([
      due('2027-01-31', '1mo', '--roll', 'none'),
      due('2027-01-31', '1mo', '--ladder', 'legal'),
    ]);
    for (const { stdout } of [unrolled, legal]) expect(stdout).toContain('due       Sun 2027-02-28');
  });

  it('prints each step with its day of the week and whom it tells', async () => {
    const { stdout } = await due('2026-11-02T10:00', '57cd');
    expect(stdout).toMatch(/E1 {2}Tue 2027-01-05 09:00 \(\+01:00\) {2}lineManager/);
  });

  it.each([
    ['a date that does not exist', '2026-02-30', '5wd', 'that exist'],
    ['a duration that is none', '2026-10-23', 'soon', 'such as 72h'],
    ['hours from a whole day', '2026-10-23', '72h', 'add it, such as 2026-10-23T18:00'],
  ])('%s ends with 2 and says what to write', async (_, anchor, duration, expected) => {
    const { code, stderr } = await due(anchor, duration);
    expect([code, stderr]).toEqual([2, expect.stringContaining(expected)]);
  });

  it('a file that is no calendar is refused with every field that is wrong', async () => {
    const file = path.join(path.dirname(calendar), 'bad.json');
    writeFileSync(
      file,
      JSON.stringify({ id: 'x', zone: 'Mars/Olympus', holidays: { '2026-02-30': 'no day' } }),
    );
    const { code, stderr } = await isms([
      'calendar',
      'due',
      '--anchor',
      '2026-10-23',
      '--duration',
      '5wd',
      '--calendar',
      file,
    ]);
    expect(stderr).toContain('zone: must be an IANA time zone');
    expect(stderr).toContain('2026-02-30');
    expect(code).toBe(2);
  });

  it('without a calendar and an engine it says that a file will do', async () => {
    const { code, stderr } = await isms(['calendar', 'due', '--anchor', '2026-10-23', '--duration', '5wd']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('--calendar FILE.json')]);
  });
});
