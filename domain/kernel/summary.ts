import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import type { ProcessDefinition } from './definition.ts';

/** What other cases may know of this one. */
export function summaryOf({ policy }: ProcessDefinition<never>, file: CaseFile): CaseSummary {
  const { id, ref, process, state, settled, openedAt, settledAt } = file;
  return { id, ref, process, state, settled, openedAt, settledAt, about: policy.about(file as never) };
}

/** The order in which every store gives cases: by opening, then by id. */
export function byOpening(one: CaseSummary, other: CaseSummary): number {
  const key = ({ openedAt, id }: CaseSummary) => `${openedAt} ${id}`;
  return key(one) < key(other) ? -1 : 1;
}
