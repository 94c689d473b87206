import { z } from 'zod';
import { instant, personId, sha256 } from './api-fields.ts';
import { evidenceLinkSchema } from './evidence.ts';
import { recordClasses } from './retention.ts';

/** What a case carries beside its process: evidence, later dates, holds, corrections, how long it is kept (rules §4.2, §4.6, §4.7). */

const evidenceItem = z.strictObject({
  sha256,
  title: z.string(),
  collectedBy: personId,
  collectedAt: instant,
  relatesTo: z.string().nullable(),
  period: z.strictObject({ from: z.string().nullable(), until: z.string().nullable() }),
  classification: z.enum(['PUBLIC', 'INTERNAL', 'CONFIDENTIAL']),
  kind: z.enum(['FILE', 'SYSTEM_RECORD', 'LINK']).optional(),
  link: evidenceLinkSchema.optional(),
  validity: z.strictObject({ until: z.string(), ends: instant, toldAt: instant.nullable() }).optional(),
  recordClass: z.enum(recordClasses).optional().meta({ description: 'As what it is kept; evidence where nothing is said' }),
  keepUntil: z.string().optional().meta({ description: 'Not to go before that day: law or contract' }),
  retainUntil: z.string().nullable().optional().meta({ description: 'Last day on which it is kept' }),
});

const extension = z.strictObject({
  ...{ deadline: z.string(), due: instant, newDate: z.iso.date(), requestedBy: personId, requestedAt: instant },
  requestedLate: z.boolean().meta({ description: 'Asked for after it was due' }),
  ...{ reason: z.string(), interimMeasure: z.string() },
  consent: sha256.nullable().meta({ description: 'Consent of the outside body that the date binds' }),
  outcome: z
    .strictObject({
      ...{ verdict: z.enum(['GRANTED', 'REFUSED', 'WITHDRAWN', 'FELL_AWAY']), by: personId.nullable(), at: instant },
      days: z.int().meta({ description: 'Calendar days won' }),
    })
    .nullable(),
});

/** Somebody has asked for something with a reason, and since when it is so. */
const because = { reason: z.string(), by: personId };

export const caseRecordShape = {
  evidence: z.array(evidenceItem),
  extensions: z.array(extension).meta({ description: 'Requests for later dates, in the order in which they came; whom an open one is up to says the task decideExtension' }),
  hold: z
    .strictObject({ ...because, since: instant, reviewOn: z.iso.date() })
    .nullable()
    .meta({ description: 'On hold: why, and when somebody looks again' }),
  cancelRequest: z
    .strictObject({ ...because, at: instant })
    .nullable()
    .meta({ description: 'Somebody asks to call the case off; whom it is up to says the task confirmCancel' }),
  approvedAt: instant.nullable().meta({ description: 'First approval; from then on it is not withdrawn' }),
  corrections: z
    .array(z.strictObject({ entry: z.int(), field: z.string().nullable(), correctedIn: z.int(), by: personId, at: instant }))
    .meta({ description: 'Entries that a later one has corrected' }),
  occurredOn: z.iso.date().nullable().meta({ description: 'The day it happened, where it was recorded later' }),
  retrospective: z.boolean().meta({ description: 'Recorded later than it happened' }),
  recordClass: z.enum(recordClasses).meta({ description: 'As what it is kept' }),
  retainUntil: z.iso.date().nullable().meta({ description: 'Last day on which it is kept; null while it is open' }),
  legalHold: z
    .strictObject({ ...because, since: instant })
    .nullable()
    .meta({ description: 'Kept whatever the time of keeping says' }),
};
