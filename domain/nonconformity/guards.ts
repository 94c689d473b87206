import type { NonconformityBody, NonconformityCommand, NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { CommonBody } from '../../contracts/common-commands.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { dueInstant } from '../calendar/due.ts';
import type { View } from '../kernel/definition.ts';
import { calendarOf, inForce } from '../kernel/draft.ts';
import { localDate } from '../calendar/due.ts';
import { openReasons } from '../kernel/rounds/conditions.ts';
import { currentParts, linksSettled } from '../kernel/links.ts';
import { predecessorOf } from './repeat.ts';

/** Guards of the nonconformity (rules §8): each says what stands in the way, or nothing. */

type Sees<C extends NonconformityCommand> = View<NonconformityDocument, NonconformityBody<C>>;

/** A finding of an audit or an outside body is a nonconformity whatever the triage thinks of it. */
function isNotFromAudit({ doc }: Sees<'REJECT_NOT_NC'>): Reason[] {
  return isFromAudit(doc) ? [reason('NOT_REJECTABLE', { source: doc.source })] : [];
}

export function isFromAudit({ source }: Pick<NonconformityDocument, 'source'>): boolean {
  return source === 'INTERNAL_AUDIT' || source === 'CERTIFICATION_BODY';
}

/** SOD-07: a grade given by the lead auditor or the certification body is not changed at triage. */
function keepsAuditGrade({ doc, body }: Sees<'ACCEPT'>): Reason[] {
  const fixed = isFromAudit(doc) && body && doc.grade !== body.grade;
  return fixed ? [reason('GRADE_FIXED', { grade: doc.grade!, by: doc.source })] : [];
}

/**
 * The nonconformity it repeats must still run: a repetition of a closed one is a nonconformity of its own (flag `repeat`). Whether what an audit
 * has found is the same as something else its lead auditor says, not the triage (SOD-07).
 */
function duplicatesAnOpenOne({ file, doc, body, facts }: Sees<'MARK_DUPLICATE'>): Reason[] {
  if (isFromAudit(doc)) return [reason('NOT_REJECTABLE', { source: doc.source })];
  const original = facts.cases.find(({ id }) => id === body?.of);
  if (!body || !original) return [];
  const fit = original.process === 'nonconformity' && original.id !== file.id && original.settled === null;
  return fit ? [] : [reason('DUPLICATE_TARGET_UNFIT', { case: original.ref, state: original.state })];
}

/** The report it was taken for a repetition of is no more: somebody looks at this one by itself. */
function repeatsWhatWasWithdrawn({ doc, body }: View<NonconformityDocument, CommonBody<'LINK_WITHDRAWN'>>): Reason[] {
  return doc.duplicateOf === body?.from ? [] : [reason('WRONG_STATE', { state: 'duplicate', possible: [] })];
}

/** Appeals: once, and soon (rules §18: within 10 working days). */
function mayAppeal({ file, doc, now, facts }: Sees<'APPEAL'>): Reason[] {
  if (doc.appealed) return [reason('ALREADY_APPEALED', {})];
  const calendar = calendarOf({ file, facts, now });
  const until = dueInstant({ anchor: file.settledAt ?? file.enteredAt, duration: inForce({ facts, now }).span('nonconformity.appeal'), calendar });
  return now > until ? [reason('TOO_LATE', { until })] : [];
}

/** "Human error" alone explains no major nonconformity, and a repeat must say why the earlier corrective action failed (rules §8). */
function explainsCause(view: Sees<'SUBMIT_CAUSE'>): Reason[] {
  const { doc, body } = view;
  if (!body) return [];
  const humanAlone = doc.grade === 'major' && body.causes.every(({ category }) => category === 'HUMAN_ERROR');
  const earlier = earlierAttempt(view);
  return [
    ...(humanAlone ? [reason('HUMAN_ERROR_ALONE', {})] : []),
    ...(earlier && !body.earlierFailure ? [reason('EARLIER_FAILURE_UNEXPLAINED', { earlier })] : []),
  ];
}

/** What has failed before: the last attempt, or the nonconformity that this one repeats, also where only its cause shows that. */
function earlierAttempt(view: Sees<'SUBMIT_CAUSE'>): string | null {
  const { doc, file } = view;
  if (file.attempt > 1) return `attempt ${file.attempt - 1}`;
  return doc.predecessor?.ref ?? predecessorOf(view as never)?.ref ?? null;
}

/** Correction alone is enough only for a minor, first occurrence of low effect (rules §8 CA_DECISION). */
function needsNoCorrectiveAction({ file, doc }: Sees<'NO_CA_NEEDED'>): Reason[] {
  const because = [
    ...(doc.grade === 'major' ? ['grade is major'] : []),
    ...(file.flags.includes('repeat') || doc.occurrences > 1 || file.attempt > 1 ? ['it is not the first occurrence'] : []),
    ...(doc.correction?.effect !== 'LOW' ? ['its effect is not low'] : []),
  ];
  return because.map((each) => reason('CORRECTIVE_ACTION_REQUIRED', { because: each }));
}

/** At least one action per root cause. */
function coversEveryCause({ doc, body }: Sees<'SUBMIT_PLAN'>): Reason[] {
  if (!body) return [];
  const covered = new Set(body.actions.flatMap(({ causes }) => causes));
  const causes = (doc.causeAnalysis?.causes ?? []).map(({ key }) => key).filter((key) => !covered.has(key));
  return causes.length === 0 ? [] : [reason('CAUSE_WITHOUT_ACTION', { causes })];
}

function rejectsCause({ body }: Sees<'SUBMIT_PLAN'>): Reason[] {
  const { backTo } = (body ?? {}) as unknown as { backTo?: string };
  return backTo === 'cause' ? [] : [reason('CAUSE_WITHOUT_ACTION', { causes: [] })];
}

/** All actions have ended, and every root cause was removed by one that was done; what had to be done again counts once it was. */
function everyCauseHasADoneAction({ file, doc, facts }: Sees<'REPLAN'>): Reason[] {
  const parts = currentParts(file).map(({ to }) => to);
  const done = facts.cases.filter(({ id, settled }) => settled === 'done' && parts.includes(id));
  const covered = new Set(done.flatMap((each) => each.about['covers'] ?? []));
  const causes = (doc.causeAnalysis?.causes ?? []).map(({ key }) => key).filter((key) => !covered.has(key));
  return linksSettled(file, facts.cases) && causes.length === 0 ? [] : [reason('CAUSE_WITHOUT_ACTION', { causes })];
}

function isCorrectionOnly({ doc }: Sees<'CONFIRM_IMPLEMENTATION'>): Reason[] {
  return doc.correctionOnly ? [] : [reason('CORRECTIVE_ACTION_REQUIRED', { because: 'a corrective action was planned' })];
}

/** What is not confirmed is done again: named actions, each with its new date. */
function namesWhatToRedo({ doc, body }: Sees<'NOT_CONFIRMED'>): Reason[] {
  if (!body || doc.correctionOnly) return [];
  const planned = doc.plan?.actions.map(({ key }) => key) ?? [];
  const unknown = body.redo.filter(({ action }) => !planned.includes(action));
  if (body.redo.length === 0) return [reason('INVALID_PAYLOAD', { path: 'redo', message: `name at least one action to do again: ${planned.join(', ')}` })];
  return unknown.map(({ action }) => reason('INVALID_PAYLOAD', { path: 'redo', message: `"${action}" is not an action of the plan (${planned.join(', ')})` }));
}

/** The window may end by the number of occurrences agreed in the plan instead of by time. */
function completesOccurrences({ doc }: Sees<'RECORD_OCCURRENCE'>): Reason[] {
  const wanted = doc.plan?.effectiveness.occurrences;
  return wanted !== undefined && doc.observed.length + 1 >= wanted ? [] : [reason('ALREADY_DONE', { what: 'occurrences' })];
}

/**
 * Effectiveness is proved by evidence from after the implementation (rules §8 "External auditor asks"): what shows that an action
 * was done does not show that it works.
 */
function evidenceIsAfterImplementation({ file, doc, body, facts }: Sees<'EFFECTIVE'>): Reason[] {
  const implementedAt = doc.implementedAt ?? '';
  const ofActions = facts.cases.filter(({ id }) => isCorrectiveAction(file, id)).flatMap(({ about }) => about['evidence'] ?? []);
  const old = (body?.evidence ?? []).filter((hash) => ofActions.includes(hash) || isFromBefore(file, hash, implementedAt));
  return old.map((evidence) => reason('EVIDENCE_TOO_OLD', { evidence, implementedAt }));
}

function isCorrectiveAction({ links }: CaseFile<unknown>, id: string): boolean {
  return links.some(({ to, type }) => to === id && type === 'correctiveAction');
}

function isFromBefore({ evidence, zone }: CaseFile<unknown>, hash: string, implementedAt: string): boolean {
  const held = evidence.find(({ sha256 }) => sha256 === hash);
  if (!held || implementedAt === '') return false;
  const { until } = held.period;
  return held.collectedAt < implementedAt || (until !== null && until < localDate(implementedAt, zone));
}

function isFirstInconclusive({ doc }: Sees<'INCONCLUSIVE'>): Reason[] {
  return doc.inconclusiveUsed ? [reason('ALREADY_EXTENDED_ONCE', {})] : [];
}

/** Reopening on new evidence within 24 months after the end (rules §8 CLOSED). */
function isWithin24Months({ file, now, facts }: Sees<'REOPEN'>): Reason[] {
  const calendar = calendarOf({ file, facts, now });
  const until = dueInstant({ anchor: file.settledAt ?? file.enteredAt, duration: inForce({ facts, now }).span('nonconformity.reopening'), calendar });
  return now > until ? [reason('TOO_LATE', { until })] : [];
}

/** What was approved under conditions is confirmed once they are met (rules §4.3): the window begins on the whole of it. */
function hasMetConditions({ file }: Sees<'CONFIRM_IMPLEMENTATION'>): Reason[] {
  return openReasons(file);
}

function isExternal({ doc }: Sees<'SEND_CB_EVIDENCE'>): Reason[] {
  return doc.external ? [] : [reason('NO_EXTERNAL_ORIGIN', {})];
}

export const nonconformityGuards = {
  isNotFromAudit,
  keepsAuditGrade,
  duplicatesAnOpenOne,
  repeatsWhatWasWithdrawn,
  mayAppeal,
  explainsCause,
  needsNoCorrectiveAction,
  coversEveryCause,
  rejectsCause,
  everyCauseHasADoneAction,
  isCorrectionOnly,
  namesWhatToRedo,
  completesOccurrences,
  evidenceIsAfterImplementation,
  isFirstInconclusive,
  isWithin24Months,
  hasMetConditions,
  isExternal,
};
