import { isNonconformityGrade } from '../../contracts/finding.ts';
import type { FindingBody, FindingCommand, FindingDocument, FindingGrade } from '../../contracts/finding.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { dueInstant } from '../calendar/due.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';

/** Guards of the finding (rules §7): each says what stands in the way, or nothing. */

type Doc = FindingDocument;
type Asks<C extends FindingCommand> = View<Doc, FindingBody<C>>;

/** The second level has been asked and has not decided. */
export function isAtSecondLevel({ appeal }: Pick<Doc, 'appeal'>): boolean {
  return appeal !== null && appeal.decision === null;
}

/** The grade as it is after what is asked for. */
export function gradeAfter({ doc, body }: View<Doc, unknown>): FindingGrade | null {
  const asked = (body ?? {}) as { grade?: FindingGrade };
  return asked.grade ?? doc.grade;
}

const grade = (isMeant: (after: FindingGrade | null) => boolean) => (view: View<Doc, never>) => (isMeant(gradeAfter(view)) ? [] : [reason('NOT_GRADED', {})]);

const becomesNonconformity = grade(isNonconformityGrade);
const becomesImprovement = grade((after) => after === 'OFI');
const becomesPositive = grade((after) => after === 'CONFORMITY' || after === 'GOOD_PRACTICE');

function isGraded({ doc }: View<Doc, never>): Reason[] {
  return doc.grade === null ? [reason('NOT_GRADED', {})] : [];
}

/** The answer says which grade stands. */
function isAnsweredWithGrade(view: Asks<'ANSWER_DISPUTE'>): Reason[] {
  return view.body && gradeAfter(view) === null ? [reason('NOT_GRADED', {})] : [];
}

/** Once, and soon after the answer (rules §18 "Appeals"); first the lead auditor is asked. */
function mayAppeal({ doc, file, facts, now }: Asks<'APPEAL'>): Reason[] {
  if (doc.appeal) return [reason('ALREADY_APPEALED', {})];
  const answer = doc.disputes.at(-1)?.answer;
  if (!answer) return [reason('NOT_DISPUTED', {})];
  const until = dueInstant({ anchor: answer.at, duration: inForce({ facts, now }).span('finding.appeal'), calendar: calendarOf({ file, facts, now }) });
  return now > until ? [reason('TOO_LATE', { until })] : [];
}

function isAppealed({ doc }: Asks<'DECIDE_APPEAL'>): Reason[] {
  return isAtSecondLevel(doc) ? [] : [reason('NOTHING_ASKED', { question: 'appeal' })];
}

function isRuledOut(view: Asks<'DECIDE_APPEAL'>): Reason[] {
  return view.body?.verdict === 'WITHDRAWN' ? isAppealed(view) : [reason('NOTHING_ASKED', { question: 'appeal' })];
}

/** What the second level has to decide, or has decided, the lead does not grade over it (SOD-07). */
function isNotRuledOn({ doc }: Asks<'GRADE'>): Reason[] {
  return doc.appeal === null ? [] : [reason('AT_SECOND_LEVEL', {})];
}

function hasNoOpenAppeal({ doc }: View<Doc, never>): Reason[] {
  return isAtSecondLevel(doc) ? [reason('AT_SECOND_LEVEL', {})] : [];
}

/** It is open from an earlier audit, and would be linked instead of opened again. */
function isTakenForIt({ doc, body }: Asks<'NOT_THE_SAME'>): Reason[] {
  const open = doc.earlier.filter(({ id, how }) => how === 'OPEN' && !doc.notTheSame.some((each) => each.id === id));
  const fits = open.some(({ id }) => body === undefined || id === body.nonconformity);
  return fits ? [] : [reason('NOT_TAKEN_FOR_IT', { open: open.map(({ ref }) => ref) })];
}

function isNotUrgentYet({ doc }: Asks<'MARK_URGENT'>): Reason[] {
  return doc.urgent === null ? [] : [reason('ALREADY_DONE', { what: 'urgent' })];
}

function isToBeNoted({ doc }: Asks<'TAKE_NOTE'>): Reason[] {
  return doc.urgent !== null && doc.urgent.noted === null ? [] : [reason('NOTHING_ASKED', { question: 'urgent' })];
}

export const findingGuards = {
  ...{ becomesNonconformity, becomesImprovement, becomesPositive, isGraded, isAnsweredWithGrade, mayAppeal, isAppealed, isRuledOut, isNotRuledOn },
  ...{ hasNoOpenAppeal, isTakenForIt, isNotUrgentYet, isToBeNoted },
};
