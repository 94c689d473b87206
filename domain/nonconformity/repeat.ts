import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import { requirementUnit } from '../../contracts/nonconformity.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { dueInstant } from '../calendar/due.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import type { FactQuery } from '../kernel/facts.ts';

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
const repeatKeys = {
  requirementUnit,
  requirementCause: (requirement: string, category: string) => ({ key: 'requirementCause', value: `${requirement}|${category}` }),
};

/** What was found before under the same requirement, where a command makes that knowable. */
export function needs(file: CaseFile<NonconformityDocument>, command: string, body: { requirement?: string; unit?: string; causes?: { category: string }[] }): FactQuery[] {
  const similar = (found: { key: string; value: string }): FactQuery => ({ fact: 'byKey', process: 'nonconformity', ...found });
  if ((command === 'ACCEPT' || command === 'UPHOLD_APPEAL') && body.requirement) return [similar(repeatKeys.requirementUnit(body.requirement, body.unit!))];
  if (command !== 'SUBMIT_CAUSE' || !file.document.requirement) return [];
  return (body.causes ?? []).map(({ category }) => similar(repeatKeys.requirementCause(file.document.requirement!, category)));
}

/** Under which keys later ones find it, and the audit universe all of them. */
export function keys({ document: { requirement, causeAnalysis }, unit }: CaseFile<NonconformityDocument>): { key: string; value: string }[] {
  const known = { key: 'register', value: 'nonconformity' };
  if (!requirement) return [known];
  const categories = [...new Set(causeAnalysis?.causes.map(({ category }) => category))];
  return [known, repeatKeys.requirementUnit(requirement, unit), ...categories.map((category) => repeatKeys.requirementCause(requirement, category))];
}
