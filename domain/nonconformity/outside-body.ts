import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { ExtensionPolicy, View } from '../kernel/definition.ts';

/** Dates that an outside body has set, and what they bound (rules §4.6, §8 "Timers", §16.4 no. 30). */

type Doc = NonconformityDocument;

/** What an outside body has found runs from its report, in the first attempt (rules §8 "Timers"). */
export function reportOfOutsideBody({ file, doc }: View<Doc>): { name: string; on: string } | null {
  return doc.external && file.attempt === 1 ? { name: 'reportedOn', on: doc.external.reportedOn } : null;
}

/** The date of the outside body that bounds the deadline; an extension beyond it needs its consent (rules §4.6). */
function outsideLimit({ external }: Doc, deadline: string): string | null {
  if (external?.consentNeededForExtension === false) return null;
  if (deadline === 'causeAndPlan') return external?.planDue ?? null;
  return deadline === 'implementation' || deadline === 'evidenceForCb'
    ? (external?.evidenceDue ?? null)
    : null;
}

/** §16.4 no. 30: a date of the certification body that lies before the plan's dates blocks the approval. */
export function withinExternalDeadline({ doc }: View<Doc>): Reason[] {
  const limit = doc.external?.evidenceDue;
  if (!limit || !doc.plan) return [];
  const late = doc.plan.actions.filter(({ due }) => due > limit);
  return late.map(({ key: action, due }) => reason('AFTER_EXTERNAL_DEADLINE', { action, due, limit }));
}

/** Later dates of a nonconformity (rules §4.6). */
export const extensions: ExtensionPolicy<Doc> = {
  grave: ({ doc }) => doc.grade === 'major',
  boundBy: ({ doc }, { deadline, newDate }) => {
    const limit = outsideLimit(doc, deadline);
    return limit !== null && newDate > limit ? doc.external!.body : null;
  },
  record: ({ doc }, { deadline, newDate }) =>
    deadline === 'evidenceForCb' && doc.external
      ? { ...doc, external: { ...doc.external, evidenceDue: newDate } }
      : doc,
};
