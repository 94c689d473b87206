import type { CaseFile, Involvement } from '../../contracts/case-file.ts';
import type { CaseId, PersonId } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason, SegregationRule } from '../../contracts/reasons.ts';

/**
 * Relations that one person must never hold both of on the same object (rules §3.2). Read both ways: whichever came first
 * blocks the other, so the order of commands makes no difference.
 */
interface Conflict {
  rule: SegregationRule;
  one: string;
  other: string;
  /** `family`: on the case or the case that it belongs to; `self`: on this case alone. */
  on: 'self' | 'family';
}

export const conflicts: readonly Conflict[] = [
  // SOD-05: the verifier of effectiveness implemented none of the actions and did not author the root cause.
  { rule: 'SOD-05', one: 'judgedEffectiveness', other: 'implementedAction', on: 'family' },
  { rule: 'SOD-05', one: 'judgedEffectiveness', other: 'authoredCause', on: 'family' },
  // Its small siblings: nobody confirms or verifies what he did himself.
  { rule: 'SOD-05', one: 'confirmedImplementation', other: 'implementedAction', on: 'family' },
  { rule: 'SOD-05', one: 'confirmedImplementation', other: 'recordedCorrection', on: 'self' },
  { rule: 'SOD-05', one: 'verifiedAction', other: 'implementedAction', on: 'self' },
  // SOD-11: who has carried out the treatment does not rate what is left of the risk.
  { rule: 'SOD-11', one: 'ratedResidual', other: 'implementedAction', on: 'family' },
  // Who answers for the nonconformity does not approve its plan.
  { rule: 'P4-APPROVER', one: 'approvedPlan', other: 'submittedPlan', on: 'self' },
  // Who has assessed does not approve the result.
  { rule: 'P1-APPROVER', one: 'approvedAssessment', other: 'assessedRisks', on: 'self' },
];

/** Links by which a case is part of another; a follow-up such as a risk reassessment is not. */
const partLinks = ['correctiveAction', 'condition', 'treatmentAction'];

/** Case and the cases it is part of: where involvements of a case are written and looked for. */
export interface Family {
  self: CaseId;
  parents: readonly CaseId[];
}

export function familyOf({ id, links }: Pick<CaseFile<unknown>, 'id' | 'links'>): Family {
  const parents = links.filter(({ type, direction }) => direction === 'parent' && partLinks.includes(type));
  return { self: id, parents: parents.map(({ to }) => to) };
}

/** Why this person may not take on the relation, given what he did before. */
export function segregationReasons(person: PersonId, relation: string, family: Family, involvements: readonly Involvement[]): Reason[] {
  return conflicts.flatMap(({ rule, one, other, on }) => {
    const against = relation === one ? other : relation === other ? one : null;
    if (against === null) return [];
    const objects = on === 'self' ? [family.self] : [family.self, ...family.parents];
    const held = involvements.find((each) => each.person === person && each.relation === against && objects.includes(each.object));
    return held ? [reason('SOD_BLOCKED', { rule, person, because: against, waivable: false })] : [];
  });
}
