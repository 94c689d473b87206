import { z } from 'zod';
import { line, prose, reasonText } from './fields.ts';

/** Commands about what is on record, which every process has (rules §4.2 CORRECT_RECORD, §4.7). */

/** Says what was wrong in an earlier entry and what is right; that entry stays as it was. */
export const correctRecordBody = z
  .strictObject({
    entry: z.int().min(1).meta({ title: 'Entry that was wrong' }),
    field: line('Field').optional(),
    value: z.union([prose('What is right'), z.number(), z.null()]).optional(),
    wrong: prose('What was wrong'),
    reason: reasonText,
  })
  .refine(({ field, value }) => (field === undefined) === (value === undefined), { path: ['value'], message: 'a field and what is right in it go together' });

/** The case and its evidence are kept whatever their period of retention says. */
export const legalHoldBody = z.strictObject({ reason: reasonText });
export const releaseHoldBody = z.strictObject({ reason: reasonText });

export const recordCommandBodies = {
  CORRECT_RECORD: correctRecordBody,
  LEGAL_HOLD: legalHoldBody,
  RELEASE_HOLD: releaseHoldBody,
} as const;

export type RecordCommand = keyof typeof recordCommandBodies;
