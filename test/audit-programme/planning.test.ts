import fc from 'fast-check';
import { expect, test } from 'vitest';
import { programmeYears } from '../../contracts/audit-programme.ts';
import type { PlannedAudit, Violation } from '../../contracts/audit-programme.ts';
import type { UniverseItem } from '../../contracts/universe.ts';
import { datePlus } from '../../domain/calendar/date-sum.ts';
import { quotas } from '../../domain/programme-planning/distribution.ts';
import { proposeAudits } from '../../domain/programme-planning/propose.ts';
import { violationTexts, whyText } from '../../domain/programme-planning/why-texts.ts';
import { violationsOf } from '../../domain/programme-planning/violations.ts';
import { yearOf } from '../../domain/universe/matrix.ts';
import { universeOf } from '../../domain/universe/universe.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anySources, assessableClauses, bareSources, certifications, cycle, emptyPlan, nobody, planningGround, today, violationGround } from './universes.ts';

const codes = (found: readonly Violation[]) => [...new Set(found.map(({ code }) => code))].sort();
const proposed = (sources = bareSources, certification: string[] = [], perYear = 4) => proposeAudits(emptyPlan({ certification }), planningGround(sources, { perYear }));
const inYear = (audits: readonly PlannedAudit[], year: number) => new Set(audits.filter((each) => each.year === year).flatMap(({ items }) => items));

/** The rules of §9 counted out once more, as plainly as they read. */
function broken(audits: readonly PlannedAudit[], universe: readonly UniverseItem[]): string[] {
  const years = programmeYears.map((year) => inYear(audits, year));
  const everywhere = new Set(years.flatMap((year) => [...year]));
  const controls = universe.filter(({ kind }) => kind === 'CONTROL' || kind === 'OWN_CONTROL');
  const counts = years.map((year) => controls.filter(({ key }) => year.has(key)).length);
  const says: [string, boolean][] = [
    ['1: every clause every year', years.every((year) => assessableClauses.every((key) => year.has(key)))],
    ['2, 6: everything once', universe.every(({ key }) => everywhere.has(key))],
    ['2: balanced', Math.max(...counts) - Math.min(...counts) <= Math.max(3, 0.2 * (counts[0]! + counts[1]! + counts[2]!) / 3)],
    ['3: yearly', controls.filter(({ weight }) => weight.yearly.length > 0).every(({ key }) => years.every((year) => year.has(key)))],
    ['5: all themes', years.every((year) => ['Organizational', 'People', 'Physical', 'Technological'].every((theme) => controls.some((item) => item.theme === theme && year.has(item.key))))],
  ];
  return says.filter(([, holds]) => !holds).map(([rule]) => rule);
}

test('for random universes every rule of §9 holds in what the planner proposes, or the one that does not is reported', () => {
  fc.assert(
    fc.property(anySources, certifications, fc.integer({ min: 1, max: 8 }), (sources, certification, perYear) => {
      const audits = proposed(sources, certification, perYear);
      const found = violationsOf(emptyPlan({ certification, audits }), violationGround(sources));
      expect(broken(audits, universeOf(sources))).toEqual([]);
      const hasTime = certification.length === 0 || certification[0]! >= datePlus(cycle.from, { days: 21 });
      expect(codes(found).filter((code) => hasTime || code !== 'CLAUSES_NOT_BEFORE_CERTIFICATION')).toEqual([]);
    }),
    propertyRuns(200),
  );
});

test('every audit lies in its year of the cycle, has method, criteria, profile and keys of its own, and every item a reason', () => {
  fc.assert(
    fc.property(anySources, certifications, fc.integer({ min: 1, max: 8 }), (sources, certification, perYear) => {
      const audits = proposed(sources, certification, perYear);
      expect(new Set(audits.map(({ key }) => key)).size).toBe(audits.length);
      for (const { key, year, window, method, criteria, profile, items, why } of audits) {
        expect([yearOf(window.from, cycle), yearOf(window.until, cycle), window.from <= window.until]).toEqual([year, year, true]);
        expect(key.startsWith(`y${year}-a`)).toBe(true);
        expect([method, profile, criteria.length > 0]).toEqual([expect.stringMatching(/ON_SITE|HYBRID/), expect.stringMatching(/./), true]);
        expect(Object.keys(why).sort()).toEqual(items.toSorted());
        expect(items.every((item) => why[item]!.length > 0)).toBe(true);
      }
    }),
    propertyRuns(),
  );
});

test('where an outside audit comes late enough, all clauses are audited eight weeks before it', () => {
  const days = ['2027-10-15', '2028-10-15', '2029-10-15'];
  const audits = proposed(bareSources, days);
  expect(violationsOf(emptyPlan({ certification: days, audits }), violationGround(bareSources))).toEqual([]);
  for (const [n, day] of days.entries()) for (const { window } of audits.filter(({ year }) => year === n + 1)) expect(window.until <= datePlus(day, { days: -56 })).toBe(true);
});

test('an outside audit early in a year brings the clauses forward; where there is no time at all, the rule not kept is named', () => {
  const soon = violationsOf(emptyPlan({ certification: ['2027-03-15'], audits: proposed(bareSources, ['2027-03-15']) }), violationGround(bareSources));
  expect(soon).toEqual([]);
  const tooSoon = violationsOf(emptyPlan({ certification: ['2027-01-10'], audits: proposed(bareSources, ['2027-01-10']) }), violationGround(bareSources));
  expect(tooSoon).toMatchObject([{ rule: 1, code: 'CLAUSES_NOT_BEFORE_CERTIFICATION', year: 1, binding: false }]);
  const auditedBefore = assessableClauses.map((item) => ({ item, on: '2026-06-01' }));
  const known = violationsOf(emptyPlan({ certification: ['2027-01-10'], audits: proposed(bareSources, ['2027-01-10']) }), violationGround(bareSources, { before: auditedBefore }));
  expect(known).toEqual([]);
});

test('without risks the controls fall 31, 31 and 31, and each year has the rhythm of four audits', () => {
  const audits = proposed();
  const controls = programmeYears.map((year) => [...inYear(audits, year)].filter((key) => key.startsWith('control:')).length);
  expect(controls).toEqual([31, 31, 31]);
  expect(audits.map(({ key }) => key)).toEqual(['y1-a1', 'y1-a2', 'y1-a3', 'y1-a4', 'y2-a1', 'y2-a2', 'y2-a3', 'y2-a4', 'y3-a1', 'y3-a2', 'y3-a3', 'y3-a4']);
  expect(audits[3]!.items.filter((key) => key.startsWith('clause:9.2'))).toHaveLength(2);
});

test('what weighs most comes first', () => {
  const signals = [{ kind: 'RISK' as const, item: 'control:A.8.28', ref: 'R-1', level: 'medium' as const }];
  const audits = proposed({ ...bareSources, signals });
  expect(audits.find(({ items }) => items.includes('control:A.8.28'))).toMatchObject({ year: 1, why: { 'control:A.8.28': ['WEIGHT 5'] } });
});

test('what a high risk relies on is audited every year, and the plan says because of which', () => {
  const signals = [{ kind: 'RISK' as const, item: 'control:A.8.13', ref: 'R-7', level: 'high' as const }];
  const audits = proposed({ ...bareSources, signals });
  const found = audits.filter(({ items }) => items.includes('control:A.8.13'));
  expect(found.map(({ year, why }) => [year, why['control:A.8.13']])).toEqual(programmeYears.map((year) => [year, ['HIGH_RISK R-7']]));
});

test('taking anything out of a plan is reported by the rule that it breaks', () => {
  fc.assert(
    fc.property(anySources, fc.nat(), (sources, pick) => {
      const audits = proposed(sources);
      const all = audits.flatMap(({ key, year, items }) => items.map((item) => ({ key, year, item })));
      const taken = all[pick % all.length]!;
      const left = audits.map((audit) => (audit.key === taken.key ? { ...audit, items: audit.items.filter((item) => item !== taken.item) } : audit));
      const found = violationsOf(emptyPlan({ audits: left }), violationGround(sources));
      const item = universeOf(sources).find(({ key }) => key === taken.item)!;
      const elsewhere = all.some((each) => each.item === taken.item && each !== taken);
      if (item.kind === 'CLAUSE') expect(found).toContainEqual(expect.objectContaining({ rule: 1, year: taken.year, items: [taken.item] }));
      else if (item.weight.yearly.length > 0) expect(found).toContainEqual(expect.objectContaining({ rule: 3, year: taken.year, items: [taken.item] }));
      else if (!elsewhere) expect(found).toContainEqual(expect.objectContaining({ rule: item.kind === 'SITE' ? 6 : 2, binding: true, items: [taken.item] }));
    }),
    propertyRuns(200),
  );
});

const result = (audit: PlannedAudit, unsampled: readonly string[] = []) => ({
  ...{ audit: '00000000-0000-4000-8000-000000000001', ref: 'AUD-1', key: audit.key, on: audit.window.until },
  items: audit.items.map((item) => ({ item, result: unsampled.includes(item) ? ('NOT_SAMPLED' as const) : ('CONFORMING' as const) })),
});

test('what a report did not sample is open again, and comes in the next audit that is still possible', () => {
  const audits = proposed().map((audit, n): PlannedAudit => (n === 0 ? { ...audit, state: 'issued' } : audit));
  const missed = audits[0]!.items.find((key) => key.startsWith('control:'))!;
  const plan = emptyPlan({ audits, results: [result(audits[0]!, [missed])] });
  const ground = { ...bareSources, today: '2027-05-01' };
  expect(violationsOf(plan, violationGround(ground))).toContainEqual(expect.objectContaining({ rule: 8, code: 'COVERAGE_OPEN', binding: true, items: [missed] }));
  const again = proposeAudits(plan, planningGround(ground));
  expect(again[0]).toEqual(audits[0]);
  expect(again.filter(({ items, state }) => state === 'planned' && items.includes(missed)).map(({ year, why }) => [year, why[missed]])).toEqual([[1, ['REPLANNED']]]);
});

test('in the middle of a cycle only what is left is planned, nothing in the past, and what was audited is not planned again', () => {
  const first = proposed();
  const audits = first.map((audit): PlannedAudit => (audit.year === 1 ? { ...audit, state: 'issued' } : audit));
  const results = audits.filter(({ year }) => year === 1).map((audit) => result(audit));
  const now = '2028-02-10';
  const ground = { ...bareSources, today: now, audited: results.flatMap(({ on, items }) => items.map(({ item }) => ({ item, on }))) };
  const again = proposeAudits(emptyPlan({ audits, results }), planningGround(ground));
  const toCome = again.filter(({ state }) => state === 'planned');
  expect(toCome.every(({ window }) => window.from >= datePlus(now, { days: 42 }))).toBe(true);
  const done = new Set(results.flatMap(({ items }) => items.map(({ item }) => item)).filter((key) => key.startsWith('control:')));
  expect(toCome.flatMap(({ items }) => items).filter((key) => done.has(key))).toEqual([]);
  expect(violationsOf(emptyPlan({ audits: again, results }), violationGround(ground))).toEqual([]);
});

test('a signed gap is planned no more; one that is only proposed is', () => {
  const gap = { item: 'control:A.7.4', reason: 'Building is given up', proposedBy: 'apm', signed: null };
  const of = (gaps: (typeof gap | (Omit<typeof gap, 'signed'> & { signed: { by: string; at: string } }))[]) => proposeAudits(emptyPlan({ gaps }), planningGround(bareSources)).flatMap(({ items }) => items);
  expect(of([gap])).toContain(gap.item);
  expect(of([{ ...gap, signed: { by: 'top', at: `${today}T12:00:00.000Z` } }])).not.toContain(gap.item);
});

test('a lead is proposed who is free of conflicts; what nobody may audit is reported while planning', () => {
  const staff = { leads: ['lea', 'leo'], auditors: ['otto'], conflicted: (person: string, item: string) => (person === 'lea' && item.startsWith('clause:')) || item === 'control:A.8.13' };
  const audits = proposeAudits(emptyPlan(), planningGround(bareSources, { staff }));
  for (const { items, lead } of audits) {
    const free = items.includes('control:A.8.13') ? [null] : items.some((item) => item.startsWith('clause:')) ? ['leo'] : ['lea', 'leo'];
    expect(free).toContain(lead);
  }
  const found = violationsOf(emptyPlan({ audits }), violationGround(bareSources, { staff }));
  expect(found.filter(({ code }) => code === 'UNSTAFFABLE').map(({ items }) => items)).toEqual([['control:A.8.13']]);
  const forced = audits.map((audit) => ({ ...audit, lead: 'lea' }));
  expect(violationsOf(emptyPlan({ audits: forced }), violationGround(bareSources, { staff })).filter(({ code }) => code === 'CONFLICT').length).toBeGreaterThan(0);
});

test('an unplanned window, an unknown item, no risks of the programme and nobody for clause 9.2 each bind', () => {
  const audits = proposed().map((audit, n) => (n === 0 ? { ...audit, window: { from: '2030-01-07', until: '2030-01-11' }, items: [...audit.items, 'site:nowhere'] } : audit));
  const found = violationsOf(emptyPlan({ audits, risks: [], outsider: null }), violationGround(bareSources, { outsiderFit: false }));
  expect(codes(found.filter((each) => each.binding))).toEqual(['NOT_IN_UNIVERSE', 'NO_PROGRAMME_RISKS', 'OUTSIDE_CYCLE', 'PROGRAMME_AUDITOR_MISSING']);
});

test('years are filled so that they end up level, whatever they had before', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 3 }), fc.nat({ max: 200 }), (loads, count) => {
      const given = quotas(loads, count);
      expect(given.reduce((sum, each) => sum + each, 0)).toBe(count);
      const totals = loads.map((load, n) => load + given[n]!);
      const filled = totals.filter((_, n) => given[n]! > 0);
      if (filled.length > 0) expect(Math.max(...filled) - Math.min(...totals)).toBeLessThanOrEqual(1);
    }),
    propertyRuns(),
  );
});

test('400 items over three years are planned and checked in well under a second', () => {
  const many = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n}`, title: prefix }));
  const sources = { ...bareSources, ownControls: many('OC-', 150), units: many('unit', 60), suppliers: many('supplier', 47), sites: many('site', 20) };
  expect(universeOf(sources)).toHaveLength(400);
  const began = performance.now();
  const audits = proposed(sources, ['2027-10-15', '2028-10-15', '2029-10-15']);
  violationsOf(emptyPlan({ audits }), violationGround(sources, { staff: nobody }));
  expect(performance.now() - began).toBeLessThan(1000);
});

test('every reason and every violation has words in both languages, and says what to do', () => {
  const kept = ['CLAUSE', 'HIGH_RISK R-1, R-2', 'RECENT_NC NC-1', 'CHANGED C-1', 'INCIDENT A-1', 'LEGAL C-1', 'EXCEPTION A-2', 'WEIGHT 4.5', 'THEME People', 'REPLANNED', 'BY_HAND'];
  for (const language of ['en', 'de'] as const) {
    for (const reason of kept) expect(whyText(reason, language)).not.toBe(reason);
    for (const texts of Object.values(violationTexts)) expect(texts[language].length).toBeGreaterThan(10);
  }
  expect(whyText('HIGH_RISK R-1, R-2', 'en')).toBe('every year: a high risk relies on it (R-1, R-2)');
});
