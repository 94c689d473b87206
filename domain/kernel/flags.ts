import type { CaseFile, Deadline, LadderStepName } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import { isOpen } from './deadlines.ts';
import { openConditionsOf } from './rounds/conditions.ts';

/** What a case looks like from outside though nothing stores it: flags, never states (rules §4.1). */

/** Stored flags, and those that follow from the deadlines, the time and who is there. */
export function flagsOf(file: CaseFile, now: Instant): string[] {
  const open = Object.values(file.deadlines).filter(isOpen);
  const overdue = open.some((each) => isOverdue(each, now));
  const escalation = escalationOf(file);
  const escalated = escalation !== null && escalation !== 'E0';
  const needsOwner = file.vacancies.length > 0 && file.settled === null;
  const conditions = openConditionsOf(file).length > 0 ? ['conditionsOpen'] : [];
  const stands = [...conditions, ...(file.hold ? ['onHold'] : []), ...(file.legalHold ? ['legalHold'] : [])];
  return [...file.flags, ...stands, ...(needsOwner ? ['needsOwner'] : []), ...(overdue ? ['overdue'] : []), ...(escalated ? ['escalated'] : [])];
}

/** One that rests because the case is on hold becomes overdue no further. */
export function isOverdue({ due, metAt, pausedAt }: Deadline, now: Instant): boolean {
  return metAt === null && due <= (pausedAt ?? now);
}

/** Highest escalation step that has fired on an open deadline, `E0` to `E4`, or null. */
export function escalationOf(file: CaseFile): LadderStepName | null {
  return Object.values(file.deadlines).filter(isOpen).flatMap(escalationsOf).sort().at(-1) ?? null;
}

function escalationsOf({ steps }: Deadline): LadderStepName[] {
  return steps.filter(({ step, firedAt }) => firedAt !== null && step.startsWith('E')).map(({ step }) => step);
}
