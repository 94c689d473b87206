import { describe, expect, it } from 'vitest';
import { configurationPartSchema, configurationSchemas } from '../../contracts/configuration.ts';
import { openConfigurationChangeBody } from '../../contracts/configuration-change.ts';
import { endsSoon, lastKnownDay } from '../../domain/calendar/coverage.ts';
import { createConfiguration } from '../../domain/configuration/configuration.ts';
import { defaults } from '../../domain/configuration/defaults.ts';
import { isProcess } from '../../domain/processes.ts';
import { orgCalendar } from '../calendar/org-calendar.ts';

const problem = (set: object) => configurationPartSchema.safeParse(set).error?.issues[0]?.message;
const ladder = defaults['ladder.standard'].value;
const without = (step: string) => ladder.filter((each) => each.step !== step);

describe('the defaults', () => {
  it.each(Object.entries(defaults))('%s lies within its bounds and says where it comes from', (key, { value, source }) => {
    expect(configurationPartSchema.safeParse({ [key]: value }).error).toBeUndefined();
    expect(source).toMatch(/^(rules §|ours$)/);
  });

  it('give each process its own ladder only where it may have one', () => {
    const own = Object.keys(configurationSchemas).filter((key) => key.includes('.ladder.'));
    expect(own.map((key) => key.split('.')[0]!).every(isProcess)).toBe(true);
  });
});

describe('what may be set', () => {
  it.each([
    ['a pair of segregation of duties', { 'duties.SOD-05': 'off' }, /Unrecognized key/],
    ['a window under thirty days', { 'nonconformity.effectivenessWindow': '29cd' }, /from 30 to 365/],
    ['a window over a year', { 'nonconformity.effectivenessWindow': '366cd' }, /from 30 to 365/],
    ['hours where days are counted', { 'nonconformity.triage': '72h' }, /working days or calendar days/],
    ['a ladder without E0', { 'ladder.standard': without('E0') }, /E0/],
    ['a ladder that ends below top management', { 'ladder.standard': without('E3') }, /topManagement/],
    ['an escalation before the due date', { 'ladder.standard': [...without('E3'), { step: 'E3', when: { workingDays: -1 }, recipients: ['topManagement'] }] }, /after it/],
    ['a milder step after a more severe one', { 'ladder.standard': ladder.map((each) => (each.step === 'E1' ? { ...each, when: { workingDays: 9 } } : each)) }, /later than a milder/],
    ['the same step twice', { 'ladder.standard': [ladder[0], ...ladder] }, /each step once/],
    ['a legal ladder that waits for top management', { 'ladder.legal': [{ step: 'E3', when: { hoursBefore: 2 }, recipients: ['topManagement'] }] }, /at the due instant/],
    ['a legal ladder that counts working days', { 'ladder.legal': [{ step: 'R1', when: { workingDays: -1 }, recipients: ['owner'] }, { step: 'E3', when: 'due', recipients: ['topManagement'] }] }, /no working days/],
    ['a review without top management', { 'review.quorum': { percent: 60, mandatory: ['ISO'] } }, /TOP_MGMT/],
    ['more rejections before a ruling than the rules allow', { 'round.rejectionsBeforeRuling': 4 }, /<=3/],
  ])('is not %s', (_, set, message) => {
    expect(problem(set)).toMatch(message);
  });

  it('is something at all, and no calendar twice', () => {
    const body = { title: 'Nothing', reason: 'None', effectiveOn: '2026-12-01' };
    expect(openConfigurationChangeBody.safeParse(body).error?.issues[0]?.path).toEqual(['set']);
    const calendars = [orgCalendar, orgCalendar];
    expect(openConfigurationChangeBody.safeParse({ ...body, calendars }).error?.issues[0]?.path).toEqual(['calendars']);
  });
});

describe('what is in force', () => {
  const version = (caseId: string, effectiveAt: string, set: object) => ({ caseId, ref: caseId.toUpperCase(), effectiveAt, set, calendars: [] });
  const { at, versions } = createConfiguration([
    version('b', '2026-12-01T00:00:00.000Z', { 'nonconformity.triage': '5wd' }),
    version('a', '2026-11-01T00:00:00.000Z', { 'nonconformity.triage': '4wd', 'nonconformity.appeal': '15wd' }),
  ]);

  it.each([
    ['2026-10-31T23:59:59.999Z', '3wd', '10wd'],
    ['2026-11-01T00:00:00.000Z', '4wd', '15wd'],
    ['2026-11-30T23:59:59.999Z', '4wd', '15wd'],
    ['2026-12-01T00:00:00.000Z', '5wd', '15wd'],
  ])('at %s is a triage of %s and an appeal of %s', (instant, triage, appeal) => {
    expect([at(instant).value('nonconformity.triage'), at(instant).value('nonconformity.appeal')]).toEqual([triage, appeal]);
  });

  it('names the change that has set each value', () => {
    expect(at('2026-12-02T00:00:00.000Z').changeOf('nonconformity.triage')?.ref).toBe('B');
    expect(at('2026-12-02T00:00:00.000Z').changeOf('nonconformity.appeal')?.ref).toBe('A');
    expect(at('2026-12-02T00:00:00.000Z').changeOf('nonconformity.ruling')).toBeNull();
    expect(versions.map(({ caseId }) => caseId)).toEqual(['a', 'b']);
  });
});

describe('a calendar that ends', () => {
  it('is named a year before', () => {
    expect(lastKnownDay(orgCalendar)).toBe('2027-12-31');
    expect([endsSoon(orgCalendar, '2026-12-30'), endsSoon(orgCalendar, '2027-01-01')]).toEqual([false, true]);
    expect(endsSoon({ ...orgCalendar, until: '2026-12-31' }, '2026-01-02')).toBe(true);
    expect(endsSoon({ ...orgCalendar, holidays: {} }, '2026-01-02')).toBe(true);
  });
});
