import type { CaseSummary } from '../../contracts/case-file.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { dueInstant } from '../calendar/due.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';

/**
 * Repeat nonconformity [D] (rules §8): the same requirement in the same unit, or with the same cause category, within a
 * time (24 months) after an earlier one was closed. The latest such one is the predecessor.
 */
export function predecessorOf({ file, facts, now }: View<NonconformityDocument>): CaseSummary | null {
  const calendar = calendarOf({ file, facts, now });
  const duration = inForce({ facts, now }).span('nonconformity.repeatWindow');
  const counts = ({ id, settled, settledAt }: CaseSummary) =>
    id !== file.id && settled === 'done' && settledAt !== null && now <= dueInstant({ anchor: settledAt, duration, calendar });
  const earlier = facts.similar.filter(counts).sort((a, b) => a.settledAt!.localeCompare(b.settledAt!));
  return earlier.at(-1) ?? null;
}

/** Keys under which later nonconformities find this one. */
export const repeatKeys = {
  requirementUnit: (requirement: string, unit: string) => ({ key: 'requirementUnit', value: `${requirement}|${unit}` }),
  requirementCause: (requirement: string, category: string) => ({ key: 'requirementCause', value: `${requirement}|${category}` }),
};
