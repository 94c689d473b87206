import { z } from 'zod';
import { evidenceList, prose, reasonText } from './fields.ts';

/** Commands that end a case before it is done, which every process has (rules §4.2 WITHDRAW and CANCEL, §16.1 "withdrawn"). */

/** Takes the case back; evidence where an outside body has said so in writing. */
export const withdrawBody = z.strictObject({ reason: reasonText, evidence: evidenceList(0).default([]) });

/** SYSTEM only: a case that this one is linked to was withdrawn. */
export const linkWithdrawnBody = z.strictObject({ from: z.uuid(), fromRef: z.string() });

/** Asks to call the case off; another person confirms. */
export const requestCancelBody = z.strictObject({ reason: reasonText });
export const confirmCancelBody = z.strictObject({ note: prose('Note').optional() });
export const refuseCancelBody = z.strictObject({ reason: reasonText });

export const endingCommandBodies = {
  WITHDRAW: withdrawBody,
  LINK_WITHDRAWN: linkWithdrawnBody,
  REQUEST_CANCEL: requestCancelBody,
  CONFIRM_CANCEL: confirmCancelBody,
  REFUSE_CANCEL: refuseCancelBody,
} as const;

export type EndingCommand = keyof typeof endingCommandBodies;
