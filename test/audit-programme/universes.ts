import fc from 'fast-check';
import { levels } from '../../contracts/criteria.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import { annexAControls, clauses } from '../../domain/framework/framework.ts';
import type { ProgrammePlan } from '../../domain/programme-planning/presence.ts';
import type { PlanningGround } from '../../domain/programme-planning/propose.ts';
import type { Staff } from '../../domain/programme-planning/staffing.ts';
import type { ViolationGround } from '../../domain/programme-planning/violations.ts';
import { datePlus } from '../../domain/calendar/date-sum.ts';
import type { Signal } from '../../domain/universe/signals.ts';
import { universeOf } from '../../domain/universe/universe.ts';
import type { UniverseSources } from '../../domain/universe/universe.ts';

/** Random organisations to be audited, and plans over them. */

export const today: LocalDate = '2026-11-24';
export const cycle = { from: '2027-01-01', until: '2029-12-31' };

export const nobody: Staff = { leads: ['lea'], auditors: ['otto'], conflicted: () => false };
export const bareSources: UniverseSources = {
  ...{ ownControls: [], sites: [], units: [], suppliers: [], excluded: [] },
  ...{ today, lookback: { nonconformity: 24, change: 12 }, signals: [], audited: [] },
};

const named = (prefix: string, max: number) => fc.nat({ max }).map((count) => Array.from({ length: count }, (_, n) => ({ id: `${prefix}${n + 1}`, title: `${prefix} ${n + 1}` })));
export const dayUntil = (back: number) => fc.nat({ max: back }).map((days) => datePlus(today, { days: -days }));

function signals(items: readonly string[]): fc.Arbitrary<Signal[]> {
  const item = fc.constantFrom(...items);
  const ref = fc.nat({ max: 40 }).map((n) => `R-${n}`);
  const each = fc.oneof(
    fc.record({ kind: fc.constant('RISK' as const), item, ref, level: fc.constantFrom(...levels) }),
    fc.record({ kind: fc.constant('NONCONFORMITY' as const), item, ref, on: dayUntil(1200), open: fc.boolean() }),
    fc.record({ kind: fc.constantFrom('CHANGE' as const, 'INCIDENT' as const), item, ref, on: dayUntil(600) }),
    fc.record({ kind: fc.constantFrom('LEGAL' as const, 'EXCEPTION' as const), item, ref }),
  );
  return fc.array(each, { maxLength: 120 }) as fc.Arbitrary<Signal[]>;
}

const organised = fc.record({
  ownControls: named('OC-', 25),
  sites: named('site', 8),
  units: named('unit', 20),
  suppliers: named('supplier', 15),
  excluded: fc.subarray(annexAControls.map(({ id }) => id), { maxLength: 20 }),
});

/** Organisations of any size, with risks, nonconformities, changes and audits behind them. */
export const anySources: fc.Arbitrary<UniverseSources> = organised.chain((organisation) => {
  const keys = universeOf({ ...bareSources, ...organisation }).map(({ key }) => key);
  return fc.record({ signals: signals(keys), audited: fc.array(fc.record({ item: fc.constantFrom(...keys), on: dayUntil(1500) }), { maxLength: 150 }) }).map((found) => ({ ...bareSources, ...organisation, ...found }));
});

/** Dates on which outside audits come: one a year as certification bodies do, or none. */
export const certifications: fc.Arbitrary<LocalDate[]> = fc.oneof(
  fc.constant<LocalDate[]>([]),
  fc.integer({ min: 0, max: 364 }).map((day) => [0, 12, 24].map((months) => datePlus(datePlus(cycle.from, { days: day }), { months })).filter((each) => each <= cycle.until)),
);

/** A draft over nothing yet; complete but for its audits. */
export function emptyPlan(extra: Partial<ProgrammePlan> = {}): ProgrammePlan {
  const outsider = { person: 'extern', by: 'apm', at: `${today}T12:00:00.000Z`, reason: 'External' };
  return { cycle, certification: [], audits: [], results: [], gaps: [], risks: [{ statement: 'No auditors', measure: 'A second one is trained' }], outsider, ...extra };
}

export function planningGround(sources: UniverseSources, extra: Partial<PlanningGround> = {}): PlanningGround {
  return { universe: universeOf(sources), perYear: 4, earliest: datePlus(sources.today, { days: 42 }), staff: nobody, ...extra };
}

export function violationGround(sources: UniverseSources, extra: Partial<ViolationGround> = {}): ViolationGround {
  return { universe: universeOf(sources), today: sources.today, staff: nobody, before: sources.audited, universeChanged: false, outsiderFit: true, ...extra };
}

export const assessableClauses = clauses.filter(({ assessable }) => assessable).map(({ id }) => `clause:${id}`);
