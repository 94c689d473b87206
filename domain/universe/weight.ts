import { Temporal } from 'temporal-polyfill';
import { CYCLE_MONTHS } from '../../contracts/audit-programme.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { ItemKey, ItemWeight, UniverseKind, YearlyCause } from '../../contracts/universe.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { isAbove, rankOf } from '../criteria/level.ts';
import { groupBy } from '../directory/group-by.ts';
import type { Signal, WeightGround } from './signals.ts';

/** How much an item weighs, and why it is audited each year: rules §9 nos. 1, 3, 4, part by part. */

type Of<K extends Signal['kind']> = Extract<Signal, { kind: K }>;
type Part = ItemWeight['parts'][number];
interface Weighed {
  key: ItemKey;
  kind: UniverseKind;
}

/** Weighs item after item over the same ground. */
export function weigher(ground: WeightGround): (item: Weighed) => ItemWeight {
  const bySignal = groupBy(ground.signals, ({ item }) => item);
  const lastAudited = new Map<ItemKey, LocalDate>();
  for (const { item, on } of ground.audited) if (on > (lastAudited.get(item) ?? '')) lastAudited.set(item, on);
  return (item) => weightOf(item, counted(bySignal.get(item.key) ?? [], lastAudited.get(item.key) ?? null, ground), lastAudited.get(item.key) ?? null, ground.today);
}

function weightOf({ kind }: Weighed, signals: readonly Signal[], last: LocalDate | null, today: LocalDate): ItemWeight {
  const of = <K extends Signal['kind']>(wanted: K) => signals.filter((each): each is Of<K> => each.kind === wanted);
  const parts = [riskPart(of('RISK')), openPart(of('NONCONFORMITY')), oncePart('CHANGE', of('CHANGE')), oncePart('INCIDENT', of('INCIDENT')), agePart(last, today)];
  const total = rounded(parts.reduce((sum, { points }) => sum + points, 0));
  return { total, parts: parts.filter(({ points }) => points > 0), yearly: yearlyOf(kind, signals) };
}

/** What has happened since: a change that was audited counts no more, and nothing counts for ever. */
function counted(signals: readonly Signal[], last: LocalDate | null, { today, lookback }: WeightGround): Signal[] {
  const changesFrom = datePlus(today, { months: -lookback.change });
  const nonconformitiesFrom = datePlus(today, { months: -lookback.nonconformity });
  return signals.filter((each) => {
    if (each.kind === 'NONCONFORMITY') return each.open || each.on >= nonconformitiesFrom;
    if (each.kind === 'CHANGE' || each.kind === 'INCIDENT') return each.on >= changesFrom && (last === null || each.on > last);
    return true;
  });
}

const refsOf = (signals: readonly Signal[]) => [...new Set(signals.map(({ ref }) => ref))].sort();

/** The highest residual level counts, low 1 to critical 4; `because` names the risks that have it. */
function riskPart(risks: readonly Of<'RISK'>[]): Part {
  const points = Math.max(0, ...risks.map(({ level }) => rankOf(level) + 1));
  return { what: 'RISK', points, because: refsOf(risks.filter(({ level }) => rankOf(level) + 1 === points)) };
}

function openPart(found: readonly Of<'NONCONFORMITY'>[]): Part {
  const open = refsOf(found.filter((each) => each.open));
  return { what: 'OPEN_NC', points: 2 * open.length, because: open };
}

function oncePart(what: 'CHANGE' | 'INCIDENT', signals: readonly Signal[]): Part {
  return { what, points: signals.length > 0 ? 1 : 0, because: refsOf(signals) };
}

/** Months since the last audit / 12; what was never audited counts like a whole cycle without one. */
function agePart(last: LocalDate | null, today: LocalDate): Part {
  const months = last === null ? CYCLE_MONTHS : Math.max(0, Temporal.PlainDate.from(last).until(today, { largestUnit: 'months' }).months);
  return { what: 'AGE', points: rounded(months / 12), because: last === null ? [] : [last] };
}

const rounded = (points: number) => Math.round(points * 100) / 100;

const causes: { because: YearlyCause; holds: (signal: Signal) => boolean }[] = [
  { because: 'HIGH_RISK', holds: (each) => each.kind === 'RISK' && !isAbove('high', each.level) },
  { because: 'RECENT_NC', holds: ({ kind }) => kind === 'NONCONFORMITY' },
  { because: 'CHANGED', holds: ({ kind }) => kind === 'CHANGE' },
  { because: 'INCIDENT', holds: ({ kind }) => kind === 'INCIDENT' },
  { because: 'LEGAL', holds: ({ kind }) => kind === 'LEGAL' },
  { because: 'EXCEPTION', holds: ({ kind }) => kind === 'EXCEPTION' },
];

/** Clauses always; controls where something says so. Sites, units and suppliers come once a cycle, sooner where they weigh more. */
function yearlyOf(kind: UniverseKind, signals: readonly Signal[]): ItemWeight['yearly'] {
  if (kind === 'CLAUSE') return [{ because: 'CLAUSE', refs: [] }];
  if (kind !== 'CONTROL' && kind !== 'OWN_CONTROL') return [];
  const found = causes.map(({ because, holds }) => ({ because, refs: refsOf(signals.filter(holds)) }));
  return found.filter(({ refs }) => refs.length > 0);
}
