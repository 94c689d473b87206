import { z } from 'zod';
import { acceptanceKinds } from './acceptance.ts';
import { instant, pageOf, pageQuery, personId, sha256, uuid } from './api-fields.ts';
import { levelSchema } from './criteria.ts';
import { riskDecisions } from './risk.ts';

/** What a risk owner answers for, over `/api/v1/my-risks` (ISO/IEC 27001:2022 6.1.2 c 2, 6.1.3 f; rules §5, §6, §18 "Acceptance"). */

export const myRisksQuery = pageQuery.extend({
  owner: personId.optional().meta({ description: 'Risks of another owner, as far as I may see them; mine where it is left out' }),
});

/** What a field of a risk says: text, a number, or a list; null: nothing. */
const told = z.union([z.string(), z.number(), z.array(z.string()), z.null()]);
export type Told = z.infer<typeof told>;

/** One field that says something else than what the owner put his or her name under, and the entry of the risk by which it came to that. */
const riskChange = z.strictObject({
  field: z.string().meta({ examples: ['level', 'impact.legal', 'scenario.event', 'controls', 'owner', 'criteria'] }),
  before: told,
  after: told,
  entry: z.strictObject({ version: z.int(), command: z.string(), at: instant, by: personId.nullable().meta({ description: 'Null: the engine itself' }) }),
});
export type RiskChange = z.infer<typeof riskChange>;

const signature = z.strictObject({
  /** Where: the assessment, the risk itself, or the acceptance. */
  case: z.strictObject({ id: uuid, ref: z.string(), process: z.string() }),
  command: z.string(),
  by: z.string(),
  onBehalfOf: personId.nullable(),
  at: instant,
});
export type RiskSignature = z.infer<typeof signature>;

const step = z.string().meta({ examples: ['R1'] });

const acceptance = z.strictObject({
  ...{ id: uuid, ref: z.string(), kind: z.enum(acceptanceKinds), state: z.string(), level: levelSchema },
  inForce: z.boolean().meta({ description: 'false: somebody has still to sign it, or it waits for the end of another one' }),
  ...{ from: z.iso.date(), until: z.iso.date(), withinCriteria: z.boolean() },
  /** Reminders of its end: the last one that was sent, and the next one. */
  expiry: z.strictObject({
    reached: z.strictObject({ step, at: instant }).nullable(),
    next: z.strictObject({ step, at: instant }).nullable(),
  }),
});
export type OwnedAcceptance = z.infer<typeof acceptance>;

const reference = z.strictObject({ id: uuid, ref: z.string() });

const ownedRisk = z.strictObject({
  ...{ id: uuid, ref: z.string(), title: z.string(), unit: z.string(), state: z.string(), category: z.string().nullable() },
  current: z
    .strictObject({ level: levelSchema, score: z.int(), ratedOn: z.iso.date(), criteria: z.string(), emergency: z.boolean() })
    .nullable()
    .meta({ description: 'The rating that counts now' }),
  ...{ inherent: levelSchema.nullable(), target: levelSchema.nullable(), residual: levelSchema.nullable(), decision: z.enum(riskDecisions).nullable() },
  reviewOn: z.iso.date().nullable().meta({ description: 'Next planned review' }),
  rerate: z.strictObject({ because: z.string(), since: instant }).nullable().meta({ description: 'Why it has to be rated again' }),
  /** A rating that holds only once the owner has confirmed it, by this hash. */
  toConfirm: z.strictObject({ level: levelSchema, contentHash: sha256, assessment: reference.nullable() }).nullable(),
  plan: reference.nullable(),
  acceptances: z.array(acceptance),
  /** The last time that an owner confirmed or accepted it; null: never yet. */
  signed: signature.nullable(),
  changes: z.array(riskChange).meta({ description: 'What has changed since it was signed, field by field, from the entries of the risk' }),
});
export type OwnedRisk = z.infer<typeof ownedRisk>;

export const myRisksView = pageOf(ownedRisk).extend({ owner: personId });
