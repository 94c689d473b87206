import type { AssessedRisk, AssessmentAbout, AssessmentComparison, AssessmentDocument, AssessmentResult } from '../../contracts/assessment.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import { levels } from '../../contracts/criteria.ts';
import type { Level } from '../../contracts/criteria.ts';
import { localDate } from '../calendar/due.ts';
import { isAbove } from '../criteria/level.ts';
import type { View } from '../kernel/definition.ts';
import { confirmationOf, risksOf } from './included.ts';
import type { IncludedRisk } from './included.ts';
import { scopeKey } from '../scope/assessment-scope.ts';

/** The result that is frozen on completion, and how it compares with the one before (rules §5 "Entering COMPLETED", 6.1.2 b). */

type Sees = View<AssessmentDocument, never>;

export function rowOf(view: Pick<Sees, 'doc'>, risk: IncludedRisk, releasedEarly: boolean): AssessedRisk {
  const { id, ref, about } = risk;
  const { by, at, contentHash, owner } = confirmationOf(view, risk)!;
  const { title, unit, proposalLevel, proposalDecision } = about;
  return { ...{ risk: id, ref, title, owner, unit, level: proposalLevel!, decision: proposalDecision!, contentHash }, confirmedBy: by, confirmedAt: at, releasedEarly };
}

/** Everything that was assessed, early releases included. */
export function rowsOf(view: Sees): AssessedRisk[] {
  const early = view.doc.released.map(({ row }) => row);
  return [...early, ...risksOf(view).map((risk) => rowOf(view, risk, false))];
}

export function completed(view: Sees): AssessmentDocument {
  const { doc, now } = view;
  const risks = rowsOf(view);
  const byLevel = Object.fromEntries(levels.map((level) => [level, risks.filter((each) => each.level === level).length])) as Record<Level, number>;
  const result: AssessmentResult = { frozenAt: now, criteria: doc.criteria!, risks, byLevel, comparison: compared(view, risks) };
  return { ...doc, result };
}

/** The last completed assessment of the same scope. */
function previousOf({ file, doc, facts }: Sees): CaseSummary | undefined {
  const ended = facts.similar.filter(({ process, id, settled }) => process === 'assessment' && id !== file.id && settled === 'done');
  const same = ended.filter(({ about }) => about['scopeKey'] === scopeKey(doc.scope));
  return same.toSorted((a, b) => (a.settledAt! < b.settledAt! ? -1 : 1)).at(-1);
}

function compared(view: Sees, risks: readonly AssessedRisk[]): AssessmentComparison | null {
  const previous = previousOf(view);
  if (!previous) return null;
  const about = previous.about as AssessmentAbout;
  const before = new Map(about.results.map((each) => each.split('=') as [string, Level]));
  const is = (test: (before: Level, now: Level) => boolean) => risks.filter(({ risk, level }) => before.has(risk) && test(before.get(risk)!, level)).map(({ risk }) => risk);
  return {
    previous: { id: previous.id, ref: previous.ref, completedOn: about.completedOn ?? localDate(previous.settledAt!, view.file.zone) },
    sameCriteria: about.criteria === view.doc.criteria,
    raised: is((was, now) => isAbove(now, was)),
    lowered: is((was, now) => isAbove(was, now)),
    same: is((was, now) => was === now),
    added: risks.filter(({ risk }) => !before.has(risk)).map(({ risk }) => risk),
    gone: [...before.keys()].filter((id) => !risks.some(({ risk }) => risk === id)),
  };
}
