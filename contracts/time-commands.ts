import { z } from 'zod';
import { evidenceHash, line, localDate, prose, reasonText } from './fields.ts';

/** Commands about the dates of a case that every process has (rules §4.2, §4.6). */

const deadline = line('Deadline');

/** Asks for a later date; the clock goes on until somebody else has granted it. */
export const requestExtensionBody = z.strictObject({
  deadline,
  newDate: localDate('New date', 'notPast'),
  reason: reasonText,
  interimMeasure: prose('What keeps it safe until then'),
  consent: evidenceHash.optional(),
});

export const grantExtensionBody = z.strictObject({ deadline, note: prose('Note').optional() });
export const refuseExtensionBody = z.strictObject({ deadline, reason: reasonText });
export const withdrawExtensionBody = z.strictObject({ deadline, reason: reasonText });

/** Puts the case on hold until somebody looks again, 30 calendar days from now at the latest. */
export const holdBody = z.strictObject({ reason: reasonText, reviewOn: localDate('Looked at again on', 'notPast') });
export const prolongHoldBody = holdBody;
export const resumeBody = z.strictObject({ reason: reasonText });

export const timeCommandBodies = {
  REQUEST_EXTENSION: requestExtensionBody,
  GRANT_EXTENSION: grantExtensionBody,
  REFUSE_EXTENSION: refuseExtensionBody,
  WITHDRAW_EXTENSION: withdrawExtensionBody,
  HOLD: holdBody,
  PROLONG_HOLD: prolongHoldBody,
  RESUME: resumeBody,
} as const;

export type TimeCommand = keyof typeof timeCommandBodies;
