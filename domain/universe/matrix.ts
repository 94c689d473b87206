import { programmeYears } from '../../contracts/audit-programme.ts';
import type { AuditResults, AuditWindow, PlannedAudit, ProgrammeYear } from '../../contracts/audit-programme.ts';
import type { LocalDate } from '../../contracts/identity.ts';
import type { ItemKey, MatrixCell, MatrixRow } from '../../contracts/universe.ts';
import { datePlus } from '../calendar/date-sum.ts';

/** Matrix item × year with what is planned, audited and found (rules §9); its rows are exactly the universe. */

export interface MatrixGround {
  cycle: AuditWindow;
  items: readonly { key: ItemKey }[];
  audits: readonly PlannedAudit[];
  results: readonly AuditResults[];
}

/** Year of the cycle in which the day lies; null outside it. */
export function yearOf(day: LocalDate, { from, until }: AuditWindow): ProgrammeYear | null {
  if (day < from || day > until) return null;
  return programmeYears.findLast((year) => day >= yearStart(from, year)) ?? null;
}

/** First day of a year of the cycle. */
export function yearStart(from: LocalDate, year: number): LocalDate {
  return datePlus(from, { months: 12 * (year - 1) });
}

export function matrixOf({ cycle, items, audits, results }: MatrixGround): MatrixRow[] {
  const rows = new Map<ItemKey, MatrixRow>(items.map(({ key }) => [key, { item: key, years: [emptyCell(), emptyCell(), emptyCell()], covered: false }]));
  for (const { key, year, items: planned, state } of audits) if (state !== 'cancelled') for (const item of planned) rows.get(item)?.years[year - 1]!.planned.push(key);
  for (const { ref, on, items: found, year } of inCycle({ cycle, audits, results })) {
    for (const { item, result } of found) rows.get(item)?.years[year - 1]!.audited.push({ ref, on, result });
  }
  for (const row of rows.values()) row.covered = row.years.some(({ audited }) => audited.some(({ result }) => result !== 'NOT_SAMPLED'));
  return [...rows.values()];
}

/** A planned audit counts in the year for which it was planned, however late its report is; any other in the year of its report. */
export function inCycle({ cycle, audits, results }: Omit<MatrixGround, 'items'>): (AuditResults & { year: ProgrammeYear })[] {
  const planned = new Map(audits.map(({ key, year }) => [key, year]));
  return results.flatMap((each) => {
    const year = (each.key === null ? undefined : planned.get(each.key)) ?? yearOf(each.on, cycle);
    return year === null ? [] : [{ ...each, year }];
  });
}

function emptyCell(): MatrixCell {
  return { planned: [], audited: [] };
}

/** Items reached in the cycle; what was not sampled is not (rules §9 no. 8). */
export function coveredItems(ground: Omit<MatrixGround, 'items'>): Set<ItemKey> {
  return new Set(inCycle(ground).flatMap(({ items }) => items.filter(({ result }) => result !== 'NOT_SAMPLED').map(({ item }) => item)));
}
