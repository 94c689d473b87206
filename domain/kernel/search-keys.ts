import type { CaseFile } from '../../contracts/case-file.ts';
import type { ProcessDefinition } from './definition.ts';
import { vacancyKeys } from './vacancies.ts';

/** Under which keys a case is found by others: those of its process, and those that the kernel gives to every case. */

const REVIEW_INPUT = 'reviewInput';
const REVIEW_ITEM = 'managementReviewItem';

interface SearchKey {
  key: string;
  value: string;
}

export function searchKeysOf({ policy }: ProcessDefinition<never>, file: CaseFile): SearchKey[] {
  return [...(policy.keys?.(file as never) ?? []), ...vacancyKeys(file), ...reviewKeys(policy, file)];
}

/** What goes before the next management review, under the input where it belongs (rules §11 "E3 escalations are injected into the section of their origin"). */
function reviewKeys({ reviewInput }: ProcessDefinition<never>['policy'], file: CaseFile): SearchKey[] {
  if (!file.flags.includes(REVIEW_ITEM)) return [];
  return [{ key: REVIEW_INPUT, value: typeof reviewInput === 'function' ? reviewInput(file as never) : reviewInput }];
}
