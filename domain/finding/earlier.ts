import type { CaseSummary } from '../../contracts/case-file.ts';
import type { EarlierNonconformity, FindingDocument, FindingGrade } from '../../contracts/finding.ts';
import type { Instant, UnitId } from '../../contracts/identity.ts';
import { requirementUnit } from '../../contracts/nonconformity.ts';
import { dueInstant } from '../calendar/due.ts';
import { inForce } from '../kernel/draft.ts';
import type { FactQuery, Facts } from '../kernel/facts.ts';

/**
 * What is known already of the same requirement in the same unit (rules §7 "Edge cases", §8 "Repeat NC"): what an earlier audit has found and is still
 * open is linked and not opened again; what was closed not long ago is repeated. Either way a minor is proposed as a major.
 */
export type Subject = Pick<FindingDocument, 'requirement' | 'units' | 'audit'>;

export function earlierNeeds({ requirement, units }: Pick<Subject, 'requirement' | 'units'>): FactQuery[] {
  return units.map((unit) => ({ fact: 'byKey', process: 'nonconformity', ...requirementUnit(requirement, unit) }));
}

export function earlierOf(subject: Subject, facts: Facts, now: Instant): EarlierNonconformity[] {
  return subject.units.flatMap((unit): EarlierNonconformity[] => {
    const same = facts.similar.filter((each) => isSame(each, subject.requirement, unit));
    const open = same.filter((each) => each.settled === null && isFromEarlierAudit(each, subject)).at(-1);
    const repeated = same.filter((each) => wasClosedLately(each, { unit, facts, now })).at(-1);
    const { id, ref } = open ?? repeated ?? {};
    return id === undefined ? [] : [{ unit, id, ref: ref!, how: open ? 'OPEN' : 'REPEATED' }];
  });
}

function isSame({ process, about }: CaseSummary, requirement: string, unit: UnitId): boolean {
  return process === 'nonconformity' && about['requirement'] === requirement && about['unit'] === unit;
}

function isFromEarlierAudit({ about }: CaseSummary, { audit }: Subject): boolean {
  return about['source'] === 'INTERNAL_AUDIT' && about['audit'] !== audit.id;
}

function wasClosedLately({ settled, settledAt }: CaseSummary, { unit, facts, now }: { unit: UnitId; facts: Facts; now: Instant }): boolean {
  if (settled !== 'done' || settledAt === null) return false;
  const duration = inForce({ facts, now }).span('nonconformity.repeatWindow');
  return now <= dueInstant({ anchor: settledAt, duration, calendar: facts.directory.calendarOfUnit(unit, now) });
}

/** A minor that was not corrected, or has come back, is proposed as a major (rules §7 "Grades"). */
export function proposedGrade(proposed: FindingGrade | null, earlier: readonly EarlierNonconformity[]): FindingGrade | null {
  return earlier.length > 0 && (proposed === null || proposed === 'MINOR_NC') ? 'MAJOR_NC' : proposed;
}

/** The open nonconformity that takes up the finding in that unit, unless the lead has said that it is not the same. */
export function sameIn({ earlier, notTheSame }: Pick<FindingDocument, 'earlier' | 'notTheSame'>, unit: UnitId): EarlierNonconformity | undefined {
  return earlier.find((each) => each.unit === unit && each.how === 'OPEN' && !notTheSame.some(({ id }) => id === each.id));
}
