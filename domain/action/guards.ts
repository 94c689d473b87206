import type { ActionDocument } from '../../contracts/action.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Guard } from '../kernel/definition.ts';

type ActionGuard = Guard<ActionDocument>;

/** An owner who is there and active; without one the action waits in PROPOSED. */
const hasOwner: ActionGuard = ({ file, facts, now }) => {
  const { owner } = file.parties;
  const active = owner !== undefined && facts.directory.isActive(owner, now);
  return active ? [] : [reason('UNKNOWN_PERSON', { path: 'owner', person: owner ?? '' })];
};

/**
 * A cancelled action must not leave a root cause without one: the parent plans again first (rules §8 "≥ 1 action per root
 * cause").
 */
const leavesNoCauseUncovered: ActionGuard = ({ file, doc, facts }) => {
  const others = facts.children.filter((each) => each.process === 'action' && each.id !== file.id && each.settled !== 'cancelled' && each.settled !== 'withdrawn');
  const covered = new Set(others.flatMap((each) => each.about['covers'] ?? []));
  const causes = doc.covers.filter((cause) => !covered.has(cause));
  return causes.length === 0 ? [] : [reason('LEAVES_CAUSE_UNCOVERED', { causes })];
};

export const actionGuards = { hasOwner, leavesNoCauseUncovered };
