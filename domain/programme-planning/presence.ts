import { programmeYears } from '../../contracts/audit-programme.ts';
import type { AuditProgrammeDocument, ProgrammeYear } from '../../contracts/audit-programme.ts';
import type { ItemKey } from '../../contracts/universe.ts';
import { inCycle } from '../universe/matrix.ts';

/** What a plan consists of, whoever has made it. */
export type ProgrammePlan = Pick<AuditProgrammeDocument, 'cycle' | 'certification' | 'audits' | 'results' | 'gaps' | 'risks' | 'outsider'>;

/** In which years an item is reached: by an audit that is still to come, or by a result that counts. */
export interface Presence {
  has(item: ItemKey, year: ProgrammeYear): boolean;
  anywhere(item: ItemKey): boolean;
  in(year: ProgrammeYear): ReadonlySet<ItemKey>;
}

/** What a report did not sample is reached by no audit any more (rules §9 no. 8); what was cancelled neither. */
export function presenceOf({ cycle, audits, results }: Pick<ProgrammePlan, 'cycle' | 'audits' | 'results'>): Presence {
  const years = new Map<ProgrammeYear, Set<ItemKey>>(programmeYears.map((year) => [year, new Set()]));
  for (const { state, year, items } of audits) if (state === 'planned' || state === 'begun') for (const item of items) years.get(year)!.add(item);
  for (const { year, items } of inCycle({ cycle, audits, results })) for (const { item, result } of items) if (result !== 'NOT_SAMPLED') years.get(year)!.add(item);
  return {
    has: (item, year) => years.get(year)!.has(item),
    anywhere: (item) => programmeYears.some((year) => years.get(year)!.has(item)),
    in: (year) => years.get(year)!,
  };
}
