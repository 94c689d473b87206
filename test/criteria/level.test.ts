import fc from 'fast-check';
import { expect, test } from 'vitest';
import { levels } from '../../contracts/criteria.ts';
import type { Level, LevelFunction, Step } from '../../contracts/criteria.ts';
import { createConfiguration } from '../../domain/configuration/configuration.ts';
import { createCriteria } from '../../domain/criteria/criteria.ts';
import { defaultCriteria } from '../../domain/criteria/defaults.ts';
import { fallingAuthority, fallsOf, holesOf, isAbove, levelOf, unreachable } from '../../domain/criteria/level.ts';
import { propertyRuns } from '../support/property-runs.ts';

const step = fc.integer({ min: 1, max: 5 }) as fc.Arbitrary<Step>;
const configuration = createConfiguration([]);
const criteria = createCriteria([], configuration).at('2026-11-24T12:00:00.000Z');

/** Boundaries of rules §16.6: 1–4 low, 5–9 medium, 10–14 high, 15–25 critical. */
const expected: [Step, Step, number, Level][] = [
  [1, 1, 1, 'low'],
  [4, 1, 4, 'low'],
  [2, 2, 4, 'low'],
  [5, 1, 5, 'medium'],
  [3, 3, 9, 'medium'],
  [5, 2, 10, 'high'],
  [4, 3, 12, 'high'],
  [3, 5, 15, 'critical'],
  [5, 5, 25, 'critical'],
];

test.each(expected)('likelihood %i × impact %i is %i: %s', (likelihood, impact, score, level) => {
  expect(criteria.levelOf({ impact: { legal: impact }, likelihood })).toEqual({ score, level });
});

test('of several dimensions the greatest impact counts', () => {
  expect(criteria.levelOf({ impact: { financial: 1, safety: 5, privacy: 2 }, likelihood: 3 }).level).toBe('critical');
});

test('a greater impact or likelihood never makes a lower level', () => {
  fc.assert(
    fc.property(step, step, step, step, (impact, likelihood, more, oftener) => {
      const one = criteria.levelOf({ impact: { legal: impact }, likelihood }).level;
      const other = criteria.levelOf({ impact: { legal: Math.max(impact, more) as Step }, likelihood: Math.max(likelihood, oftener) as Step }).level;
      expect(isAbove(one, other)).toBe(false);
    }),
    propertyRuns(),
  );
});

test('the defaults have no hole, never fall, reach every level and let authority rise with the level', () => {
  const { levelFunction } = defaultCriteria;
  expect([holesOf(levelFunction), fallsOf(levelFunction), unreachable(levelFunction), fallingAuthority(defaultCriteria)]).toEqual([[], [], [], []]);
});

test('holes and falls of a matrix are named by their cells', () => {
  const rows: (Level | null)[][] = Array.from({ length: 5 }, () => Array.from({ length: 5 }, () => 'medium' as const));
  rows[2]![3] = null;
  rows[4]![4] = 'low';
  const matrix: LevelFunction = { kind: 'MATRIX', rows };
  expect(holesOf(matrix)).toEqual(['likelihood 3 × impact 4']);
  expect(fallsOf(matrix)).toEqual(['likelihood 5 × impact 5']);
  expect(holesOf({ kind: 'MATRIX', rows: rows.slice(0, 4) })).toHaveLength(6);
  expect(() => levelOf(matrix, { impact: { legal: 4 }, likelihood: 3 })).toThrow(RangeError);
});

test('a category may have a threshold of its own, stricter or laxer', () => {
  const content = { ...defaultCriteria, categories: [{ category: 'Privacy', acceptableUpTo: null }, { category: 'Office', acceptableUpTo: 'medium' as const }] };
  const set = createCriteria([{ caseId: 'a', ref: 'RC-1', effectiveAt: '2026-01-01T00:00:00.000Z', content }], configuration).at('2026-11-24T12:00:00.000Z');
  expect(levels.map((level) => set.isAcceptable(level, null))).toEqual([true, false, false, false]);
  expect(levels.map((level) => set.isAcceptable(level, 'Privacy'))).toEqual([false, false, false, false]);
  expect(levels.map((level) => set.isAcceptable(level, 'Office'))).toEqual([true, true, false, false]);
});

test('what was in force at an instant is what had taken effect by then, and a version is found by its reference', () => {
  const version = (ref: string, effectiveAt: string, medium: number) => ({
    ...{ caseId: ref, ref, effectiveAt },
    content: { ...defaultCriteria, levelFunction: { kind: 'PRODUCT' as const, from: { medium, high: 10, critical: 15 } } },
  });
  const all = createCriteria([version('RC-2', '2027-01-01T00:00:00.000Z', 2), version('RC-1', '2026-06-01T00:00:00.000Z', 4)], configuration);
  expect(['2026-05-31T23:59:59.999Z', '2026-06-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'].map((at) => all.at(at).ref)).toEqual(['default', 'RC-1', 'RC-2']);
  expect(all.version('RC-1', '2027-06-01T00:00:00.000Z')?.ref).toBe('RC-1');
  expect(all.version('RC-9', '2027-06-01T00:00:00.000Z')).toBeNull();
});

test('acceptances hold a year within the criteria, half a year for high, a quarter for critical risks; high ones are reviewed every quarter', () => {
  const months = (months: number) => ({ kind: 'CALENDAR', months });
  expect(levels.map((level) => criteria.validity(level, true))).toEqual([12, 12, 12, 12].map(months));
  expect(levels.map((level) => criteria.validity(level, false))).toEqual([12, 12, 6, 3].map(months));
  expect(levels.map((level) => criteria.reviewInterval(level))).toEqual([12, 12, 3, 3].map(months));
  expect(levels.map((level) => criteria.authority(level))).toEqual(['OWNER', 'OWNER', 'OWNER_WITH_MANDATE', 'TOP_MGMT_TOO']);
});
