import type { Deadline } from '../../contracts/case-file.ts';
import { commonDeadline } from './common-deadlines.ts';
import type { ProcessDefinition, View } from './definition.ts';

/**
 * Whose clock it is (rules §4.2, §4.4): a legal clock never rests and never moves, an outside body alone moves the date that it has set,
 * and what the kernel asks beside the case's own work goes on.
 */

/** Counted as laws count: by the hour, or on the legal ladder. */
export function isLegal(view: View<never>, { policy }: ProcessDefinition<never>, { name, ladder }: Pick<Deadline, 'name' | 'ladder'>): boolean {
  return ladder === 'legal' || policy.deadlines[name]?.duration?.(view)?.kind === 'CLOCK';
}

/** Set by the process for itself, so that the organisation may decide on another date. */
export function isOwn(view: View<never>, definition: ProcessDefinition<never>, deadline: Pick<Deadline, 'name' | 'ladder'>): boolean {
  return !commonDeadline(deadline.name) && !isLegal(view, definition, deadline);
}

/** Rests while the case is on hold. */
export function mayPause(view: View<never>, definition: ProcessDefinition<never>, deadline: Pick<Deadline, 'name' | 'ladder'>): boolean {
  const limit = definition.policy.deadlines[deadline.name]?.notAfter?.(view) ?? null;
  return isOwn(view, definition, deadline) && limit === null;
}
