import { programmeYears } from '../../contracts/audit-programme.ts';
import type { PlannedAudit, ProgrammeYear, Violation } from '../../contracts/audit-programme.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { ItemKey, UniverseItem } from '../../contracts/universe.ts';
import { datePlus } from '../calendar/date-sum.ts';
import { programmeClauses } from '../universe/items.ts';
import { yearOf, yearStart } from '../universe/matrix.ts';
import { reopenedItems } from './distribution.ts';
import { presenceOf } from './presence.ts';
import type { Presence, ProgrammePlan } from './presence.ts';
import { unstaffable } from './staffing.ts';
import type { Staff } from './staffing.ts';

/** Which rules of §9 a plan does not keep, rule by rule; an empty answer means that it keeps all of them. */

export interface ViolationGround {
  universe: readonly UniverseItem[];
  today: LocalDate;
  staff: Staff;
  /** Days on which items were audited before the cycle, for an outside audit early in it. */
  before: readonly { item: ItemKey; on: LocalDate }[];
  /** Whether the universe was pinned and is another now. */
  universeChanged: boolean;
  /** Whether who is to audit clause 9.2 is there and outside the programme. */
  outsiderFit: boolean;
}

interface Seen extends ViolationGround {
  plan: ProgrammePlan;
  presence: Presence;
  /** The universe but for what top management has signed as a gap. */
  due: readonly UniverseItem[];
}

export function violationsOf(plan: ProgrammePlan, ground: ViolationGround): Violation[] {
  const gaps = new Set(plan.gaps.filter(({ signed }) => signed !== null).map(({ item }) => item));
  const seen: Seen = { ...ground, plan, presence: presenceOf(plan), due: ground.universe.filter(({ key }) => !gaps.has(key)) };
  return checks.flatMap((check) => check(seen));
}

type Check = (seen: Seen) => Violation[];
type Named = Pick<Violation, 'rule' | 'code'> & Partial<Violation>;

const binding = new Set<Violation['code']>(['ITEM_NOT_PLANNED', 'SITE_NOT_PLANNED', 'COVERAGE_OPEN', 'OUTSIDE_CYCLE', 'NOT_IN_UNIVERSE', 'NO_PROGRAMME_RISKS', 'PROGRAMME_AUDITOR_MISSING']);

function violation(named: Named): Violation {
  return { binding: binding.has(named.code), year: null, audit: null, items: [], ...named };
}

/** Nothing where no item is concerned. */
function ofItems(named: Named, items: readonly UniverseItem[] | readonly ItemKey[]): Violation[] {
  const keys = items.map((item) => (typeof item === 'string' ? item : item.key));
  return keys.length === 0 ? [] : [violation({ ...named, items: keys })];
}

const toCome = ({ audits }: ProgrammePlan) => audits.filter(({ state }) => state === 'planned');
const isControl = ({ kind }: UniverseItem) => kind === 'CONTROL' || kind === 'OWN_CONTROL';
const isYearly = ({ weight }: UniverseItem) => weight.yearly.length > 0;

/** Rule 1: all clauses 4 to 10 each year. */
const clausesEachYear: Check = ({ due, presence }) =>
  programmeYears.flatMap((year) => ofItems({ rule: 1, code: 'CLAUSES_NOT_EACH_YEAR', year }, due.filter(({ kind, key }) => kind === 'CLAUSE' && !presence.has(key, year))));

/** Rule 1: and at least once before each outside audit, after the one before it or within the year before. */
const clausesBeforeOutside: Check = (seen) => {
  const days = seen.plan.certification.toSorted();
  return days.flatMap((day, n) => {
    const year = yearOf(day, seen.plan.cycle);
    const yearBefore = datePlus(day, { months: -12 });
    const since = n > 0 && days[n - 1]! < yearBefore ? days[n - 1]! : yearBefore;
    const audited = auditedBetween(seen, since, day);
    return year === null ? [] : ofItems({ rule: 1, code: 'CLAUSES_NOT_BEFORE_CERTIFICATION', year }, seen.due.filter(({ kind, key }) => kind === 'CLAUSE' && !audited.has(key)));
  });
};

/** Items that are audited in those days, by plan or as it was. */
function auditedBetween({ plan, before }: Seen, since: LocalDate, until: LocalDate): Set<ItemKey> {
  const within = (day: LocalDate) => day > since && day <= until;
  const planned = plan.audits.filter(({ state, window }) => (state === 'planned' || state === 'begun') && within(window.until)).flatMap(({ items }) => items);
  const found = plan.results.filter(({ on }) => within(on)).flatMap(({ items }) => items.filter(({ result }) => result !== 'NOT_SAMPLED').map(({ item }) => item));
  return new Set([...planned, ...found, ...before.filter(({ on }) => within(on)).map(({ item }) => item)]);
}

/** Rules 2, 6, 7, 8: everything at least once in the cycle; what was cancelled or not sampled comes again. */
const everythingOnce: Check = ({ due, presence, plan }) => {
  const open = due.filter(({ key }) => !presence.anywhere(key));
  const reopened = reopenedItems(plan.audits, plan.results);
  const unsampled = reopenedItems([], plan.results);
  const never = open.filter(({ key }) => !reopened.has(key));
  return [
    ...ofItems({ rule: 2, code: 'ITEM_NOT_PLANNED' }, never.filter(({ kind }) => kind !== 'SITE')),
    ...ofItems({ rule: 6, code: 'SITE_NOT_PLANNED' }, never.filter(({ kind }) => kind === 'SITE')),
    ...ofItems({ rule: 7, code: 'COVERAGE_OPEN' }, open.filter(({ key }) => reopened.has(key) && !unsampled.has(key))),
    ...ofItems({ rule: 8, code: 'COVERAGE_OPEN' }, open.filter(({ key }) => unsampled.has(key))),
  ];
};

/** Share of the average by which the years may differ. */
const TOLERANCE = 0.2;

/** Rule 2: the years have about the same number of controls. */
const balanced: Check = ({ due, presence }) => {
  const controls = due.filter(isControl);
  const counts = programmeYears.map((year) => controls.filter(({ key }) => presence.has(key, year)).length);
  const average = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return Math.max(...counts) - Math.min(...counts) > Math.max(3, TOLERANCE * average) ? [violation({ rule: 2, code: 'CONTROLS_UNBALANCED' })] : [];
};

/** Rule 3: what is to be audited each year is, as far as the year is not over. */
const yearlyEachYear: Check = ({ due, presence, plan, today }) => {
  const ahead = programmeYears.filter((year) => yearStart(plan.cycle.from, year + 1) > today);
  return ahead.flatMap((year) => ofItems({ rule: 3, code: 'NOT_EACH_YEAR', year }, due.filter((item) => isControl(item) && isYearly(item) && !presence.has(item.key, year))));
};

/** Placed there for another reason than its weight. */
const isPlaced = ({ why }: PlannedAudit, item: ItemKey) => why[item]?.some((each) => each.startsWith('THEME') || each.startsWith('REPLANNED')) ?? false;

/** Rule 4: what weighs more comes first. */
const byWeight: Check = ({ due, plan }) => {
  const once = new Map(due.filter((item) => !isYearly(item)).map((item) => [item.key, item]));
  const planned = toCome(plan).flatMap((audit) => audit.items.flatMap((key) => (once.has(key) && !isPlaced(audit, key) ? [{ year: audit.year, item: once.get(key)! }] : [])));
  const late = planned.filter(({ year, item }) => planned.some((other) => other.year < year && sameGroup(other.item, item) && other.item.weight.total < item.weight.total));
  return programmeYears.flatMap((year) => ofItems({ rule: 4, code: 'NOT_BY_WEIGHT', year }, late.filter((each) => each.year === year).map(({ item }) => item)));
};

function sameGroup(one: UniverseItem, other: UniverseItem): boolean {
  return one.kind === other.kind || (isControl(one) && isControl(other));
}

/** Rule 5: each year covers all themes. `items` holds the themes. */
const themesEachYear: Check = ({ due, presence }) => {
  const themes = [...new Set(due.flatMap(({ theme }) => theme ?? []))];
  const missing = (year: ProgrammeYear) => themes.filter((theme) => !due.some((item) => item.theme === theme && presence.has(item.key, year)));
  return programmeYears.flatMap((year) => ofItems({ rule: 5, code: 'THEME_MISSING', year }, missing(year)));
};

/** Rule 9: the universe is another than the one that was pinned. */
const universeCurrent: Check = ({ universeChanged }) => (universeChanged ? [violation({ rule: 9, code: 'UNIVERSE_CHANGED' })] : []);

/** Rule 10: conflicts, and what nobody may audit. */
const staffable: Check = ({ plan, staff }) => toCome(plan).flatMap((audit) => [...conflictsIn(audit, staff), ...ofItems({ rule: 10, code: 'UNSTAFFABLE', year: audit.year, audit: audit.key }, unstaffable(staff, audit.items, audit.window.from))]);

/** The lead is free of conflicts for every item, and for each item somebody of the team is. */
function conflictsIn({ key, year, items, lead, auditors, window }: PlannedAudit, staff: Staff): Violation[] {
  const blocked = (person: string, item: ItemKey) => staff.conflicted(person, item, window.from);
  const team = [...(lead === null ? [] : [lead]), ...auditors];
  const ofLead = lead === null ? [] : items.filter((item) => blocked(lead, item));
  const ofTeam = team.length === 0 ? [] : items.filter((item) => team.every((person) => blocked(person, item)));
  return ofItems({ rule: 10, code: 'CONFLICT', year, audit: key }, [...new Set([...ofLead, ...ofTeam])]);
}

/** What the approval asks for beside the rules (rules §7): windows within the cycle, items of the universe. */
const wellFormed: Check = ({ plan, universe }) => {
  const known = new Set(universe.map(({ key }) => key));
  return toCome(plan).flatMap(({ key, year, window, items }) => [
    ...(window.from < plan.cycle.from || window.until > plan.cycle.until || window.until < window.from ? [violation({ rule: 0, code: 'OUTSIDE_CYCLE', year, audit: key })] : []),
    ...ofItems({ rule: 0, code: 'NOT_IN_UNIVERSE', year, audit: key }, items.filter((item) => !known.has(item))),
  ]);
};

/** Its own risks are recorded, and who audits the programme itself is outside it (rules §7, §18). */
const programmeItself: Check = ({ plan, outsiderFit, due }) => [
  ...(plan.risks.length === 0 ? [violation({ rule: 0, code: 'NO_PROGRAMME_RISKS' })] : []),
  ...(outsiderFit ? [] : ofItems({ rule: 0, code: 'PROGRAMME_AUDITOR_MISSING' }, due.filter(({ key }) => programmeClauses.includes(key)))),
];

const checks: readonly Check[] = [clausesEachYear, clausesBeforeOutside, everythingOnce, balanced, yearlyEachYear, byWeight, themesEachYear, universeCurrent, staffable, wellFormed, programmeItself];
