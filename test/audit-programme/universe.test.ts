import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AuditResults, PlannedAudit } from '../../contracts/audit-programme.ts';
import { itemResults } from '../../contracts/universe.ts';
import type { UniverseItem } from '../../contracts/universe.ts';
import { universeChanges } from '../../domain/universe/changes.ts';
import { itemsOfRequirement } from '../../domain/universe/items.ts';
import { coveredItems, matrixOf } from '../../domain/universe/matrix.ts';
import { universeHash, universeOf } from '../../domain/universe/universe.ts';
import { propertyRuns } from '../support/property-runs.ts';
import { anySources, bareSources, cycle, today } from './universes.ts';

const weightOf = (extra: Partial<typeof bareSources>, key = 'control:A.8.13') => universeOf({ ...bareSources, ...extra }).find((item) => item.key === key)!.weight;
const of = (kind: UniverseItem['kind'], items: readonly UniverseItem[]) => items.filter((item) => item.kind === kind);
const item = 'control:A.8.13';

test('the universe is 30 clauses, 93 controls, own controls, sites, units and critical suppliers', () => {
  const items = universeOf({ ...bareSources, ownControls: [{ id: 'OC-1', title: 'Four eyes' }], sites: [{ id: 'muc', title: 'München' }], units: [{ id: 'it', title: 'IT' }], suppliers: [{ id: 's1', title: 'Host' }] });
  expect([of('CLAUSE', items).length, of('CONTROL', items).length, items.length]).toEqual([30, 93, 127]);
  expect(items.slice(-4).map(({ key }) => key)).toEqual(['own:OC-1', 'site:muc', 'unit:it', 'supplier:s1']);
});

test('an excluded control stays in the universe: that it is still rightly excluded is audited', () => {
  const found = universeOf({ ...bareSources, excluded: ['A.8.30'] }).find(({ key }) => key === 'control:A.8.30')!;
  expect(found).toMatchObject({ excluded: true, theme: 'Technological' });
});

test('a weight is explained part by part: highest level + 2 for each open nonconformity + change + incident + years since the last audit', () => {
  const found = weightOf({
    signals: [
      ...[{ kind: 'RISK' as const, item, ref: 'R-1', level: 'medium' as const }, { kind: 'RISK' as const, item, ref: 'R-2', level: 'critical' as const }],
      ...[{ kind: 'NONCONFORMITY' as const, item, ref: 'NC-1', on: '2026-10-01', open: true }, { kind: 'NONCONFORMITY' as const, item, ref: 'NC-2', on: '2026-02-01', open: false }],
      ...[{ kind: 'CHANGE' as const, item, ref: 'C-1', on: '2026-09-01' }, { kind: 'INCIDENT' as const, item, ref: 'A-1', on: '2026-09-02' }],
    ],
    audited: [{ item, on: '2025-05-24' }],
  });
  expect(found.parts).toEqual([
    { what: 'RISK', points: 4, because: ['R-2'] },
    { what: 'OPEN_NC', points: 2, because: ['NC-1'] },
    { what: 'CHANGE', points: 1, because: ['C-1'] },
    { what: 'INCIDENT', points: 1, because: ['A-1'] },
    { what: 'AGE', points: 1.5, because: ['2025-05-24'] },
  ]);
  expect(found.total).toBe(9.5);
  expect(found.yearly.map(({ because, refs }) => [because, refs])).toEqual([['HIGH_RISK', ['R-2']], ['RECENT_NC', ['NC-1', 'NC-2']], ['CHANGED', ['C-1']], ['INCIDENT', ['A-1']]]);
});

test('a change that was audited since counts no more, and neither does one of long ago', () => {
  expect(weightOf({ signals: [{ kind: 'CHANGE', item, ref: 'C-1', on: '2026-05-01' }], audited: [{ item, on: '2026-06-01' }] }).yearly).toEqual([]);
  expect(weightOf({ signals: [{ kind: 'CHANGE', item, ref: 'C-1', on: '2025-11-23' }] }).yearly).toEqual([]);
  expect(weightOf({ signals: [{ kind: 'CHANGE', item, ref: 'C-1', on: '2025-11-24' }] }).yearly).toHaveLength(1);
});

test('what was never audited counts like a whole cycle without an audit', () => {
  expect(weightOf({}).parts).toEqual([{ what: 'AGE', points: 3, because: [] }]);
  expect(weightOf({ audited: [{ item, on: today }] }).total).toBe(0);
});

test('a nonconformity of more than 24 months ago counts only while it is open', () => {
  const old = { kind: 'NONCONFORMITY' as const, item, ref: 'NC-1', on: '2024-11-23' };
  expect(weightOf({ signals: [{ ...old, open: false }] }).yearly).toEqual([]);
  expect(weightOf({ signals: [{ ...old, open: true }] }).yearly).toEqual([{ because: 'RECENT_NC', refs: ['NC-1'] }]);
});

test('sites, units and suppliers come once a cycle, however much they weigh', () => {
  const sources = { sites: [{ id: 'muc', title: 'München' }], signals: [{ kind: 'RISK' as const, item: 'site:muc', ref: 'R-1', level: 'critical' as const }] };
  expect(weightOf(sources, 'site:muc')).toMatchObject({ total: 7, yearly: [] });
});

test('a requirement leads to its items: a control, an own one, a clause with all below it, or nothing', () => {
  const own = [{ id: 'OC-1', title: 'Four eyes' }];
  expect(itemsOfRequirement('a.8.13', own)).toEqual(['control:A.8.13']);
  expect(itemsOfRequirement('oc-1', own)).toEqual(['own:OC-1']);
  expect(itemsOfRequirement('9.2', own)).toEqual(['clause:9.2.1', 'clause:9.2.2']);
  expect(itemsOfRequirement('5.1', own)).toEqual(['clause:5.1']);
  expect(itemsOfRequirement('R-12', own)).toEqual([]);
});

test('no key comes twice, and the same sources give the same universe', () => {
  fc.assert(
    fc.property(anySources, (sources) => {
      const items = universeOf(sources);
      expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
      expect(JSON.stringify(universeOf(sources)) === JSON.stringify(items)).toBe(true);
      const wrong = items.filter(({ weight }) => Math.abs(weight.total - weight.parts.reduce((sum, { points }) => sum + points, 0)) > 0.01);
      expect(wrong).toEqual([]);
    }),
    propertyRuns(),
  );
});

test('another weight is no other universe; another site, title or exclusion is', () => {
  const before = universeOf(bareSources);
  expect(universeHash(universeOf({ ...bareSources, audited: [{ item, on: today }] }))).toBe(universeHash(before));
  expect(universeHash(universeOf({ ...bareSources, excluded: ['A.8.30'] }))).not.toBe(universeHash(before));
  expect(universeHash(universeOf({ ...bareSources, sites: [{ id: 'muc', title: 'München' }] }))).not.toBe(universeHash(before));
});

test('what changes a universe is named item by item, with the case behind it', () => {
  const before = universeOf({ ...bareSources, sites: [{ id: 'muc', title: 'München' }] });
  const now = universeOf({ ...bareSources, sites: [{ id: 'ber', title: 'Berlin' }], signals: [{ kind: 'LEGAL', item, ref: 'C-1' }], excluded: ['A.8.30'] });
  expect(universeChanges(before, now)).toEqual([
    { kind: 'ITEM_ADDED', item: 'site:ber', ref: null },
    { kind: 'ITEM_GONE', item: 'site:muc', ref: null },
    { kind: 'ITEM_CHANGED', item, ref: 'C-1' },
    { kind: 'ITEM_CHANGED', item: 'control:A.8.30', ref: null },
  ]);
  expect(universeChanges(before, before)).toEqual([]);
});

/** Audits and results drawn over a universe, some of them over items that it does not have any more. */
const audited = anySources.chain((sources) => {
  const items = universeOf(sources);
  const key = fc.constantFrom(...items.map((each) => each.key), 'site:gone');
  const audit = fc.record({ n: fc.nat({ max: 9 }), year: fc.constantFrom(1 as const, 2 as const, 3 as const), items: fc.array(key, { maxLength: 40 }), state: fc.constantFrom('planned' as const, 'cancelled' as const, 'issued' as const) });
  const result = fc.record({ key: fc.option(fc.nat({ max: 9 })), on: fc.constantFrom('2026-12-31', '2027-01-01', '2028-06-30', '2029-12-31', '2030-02-01'), items: fc.array(fc.record({ item: key, result: fc.constantFrom(...itemResults) }), { maxLength: 40 }) });
  return fc.record({ items: fc.constant(items), audits: fc.uniqueArray(audit, { selector: ({ n }) => n, maxLength: 8 }), results: fc.array(result, { maxLength: 8 }) });
});

const planned = ({ n, year, items, state }: { n: number; year: 1 | 2 | 3; items: string[]; state: PlannedAudit['state'] }) => ({ key: `y${year}-a${n}`, year, items, state }) as PlannedAudit;

test('the sum over the matrix equals the universe, and coverage never counts what was not sampled', () => {
  fc.assert(
    fc.property(audited, ({ items, audits, results }) => {
      const keyOf = new Map(audits.map((each) => [each.n, planned(each).key]));
      const known = results.map((each): AuditResults => ({ audit: 'a', ref: 'AUD-1', key: each.key === null ? null : (keyOf.get(each.key) ?? null), on: each.on, items: each.items }));
      const ground = { cycle, items, audits: audits.map(planned), results: known };
      const matrix = matrixOf(ground);
      expect(matrix.map((row) => row.item).join()).toBe(items.map(({ key }) => key).join());
      const counts = new Set(known.filter(({ key, on }) => key !== null || (on >= cycle.from && on <= cycle.until)).flatMap((each) => each.items.filter(({ result }) => result !== 'NOT_SAMPLED').map((found) => found.item)));
      const covered = coveredItems(ground);
      expect(matrix.filter((row) => row.covered !== counts.has(row.item) || row.covered !== covered.has(row.item))).toEqual([]);
      const cancelled = new Set(ground.audits.filter(({ state }) => state === 'cancelled').map(({ key }) => key));
      expect(matrix.flatMap(({ years }) => years.flatMap((cell) => cell.planned)).filter((key) => cancelled.has(key))).toEqual([]);
      const inCells = matrix.flatMap(({ years }) => years.flatMap((cell) => cell.planned)).length;
      const inAudits = audits.filter(({ state }) => state !== 'cancelled').flatMap((each) => each.items.filter((key) => key !== 'site:gone')).length;
      expect(inCells).toBe(inAudits);
    }),
    propertyRuns(),
  );
});
