import { z } from 'zod';
import { instant, pageOf, personId, reasonView, sha256, uuid } from './api-fields.ts';
import { caseHeadShape } from './api.ts';
import type { ErrorCode } from './errors.ts';
import { errorTable } from './errors.ts';

/** Several signatures in one sitting, each over its own hash (rules §18 "Acceptance"), over `/api/v1/signatures`. */

/** Commands that put a name under exactly what was seen. */
export const signingCommands = ['APPROVE', 'CONFIRM', 'CONFIRM_MIGRATED', 'CONFIRM_TAKEN_OVER'] as const;
export type SigningCommand = (typeof signingCommands)[number];

/** One sitting is looked through by one person. */
const AT_ONCE = 100;

const item = z.strictObject({
  case: uuid,
  command: z.enum(signingCommands).default('APPROVE'),
  contentHash: sha256.meta({ description: 'Hash of what was seen' }),
  risk: uuid.optional().meta({ description: 'CONFIRM in an assessment: the risk of it whose hash that is' }),
  version: z.int().min(1).optional().meta({ description: 'Only if the case is still at this version, as If-Match' }),
  body: z.record(z.string(), z.unknown()).default({}).meta({ description: 'What else the command takes: a note, conditions' }),
  key: z.string().regex(/^[\x21-\x7e]{1,200}$/).optional().meta({ description: 'Idempotency key of this signature; that of the request where it is left out' }),
});
export type SignatureItem = z.output<typeof item>;

const identity = ({ case: id, risk = '', key = '' }: SignatureItem) => [id, risk, key].join(' ');

export const signaturesBody = z
  .strictObject({ items: z.array(item).min(1).max(AT_ONCE) })
  .refine(({ items }) => new Set(items.map(identity)).size === items.length, { path: ['items'], message: 'must not name the same twice' });

export const signatureOutcomes = ['DONE', 'REFUSED', 'CHANGED', 'PENDING'] as const;

const result = z.strictObject({
  ...{ case: uuid, command: z.enum(signingCommands), risk: uuid.nullable(), key: z.string() },
  outcome: z.enum(signatureOutcomes).meta({ description: 'CHANGED: it says something else than what was seen. PENDING: stored, nobody there to decide it yet.' }),
  id: z.string().nullable().meta({ description: 'Of the stored command; null where nothing was stored' }),
  code: z.enum(Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]]).nullable().meta({ description: 'Why not, from the closed list of errors' }),
  reasons: z.array(reasonView),
  version: z.int().nullable().meta({ description: 'Of the case now, where it is known' }),
});
export type SignatureResult = z.infer<typeof result>;

/** In the order in which they were sent. */
export const signaturesView = z.strictObject({ items: z.array(result) });

/** What waits for my signature, ready to be sent back once it was read. */
const toSign = z.strictObject({
  case: z.strictObject({ ...caseHeadShape, version: z.int() }),
  command: z.enum(signingCommands),
  risk: z.strictObject({ id: uuid, ref: z.string(), title: z.string() }).nullable(),
  contentHash: sha256,
  level: z.string().nullable().meta({ description: 'Level of the risk that one signs for' }),
  until: z.iso.date().nullable().meta({ description: 'Last day of what one accepts' }),
  due: instant.nullable(),
  for: personId.nullable().meta({ description: 'In whose name; null: in the own' }),
});
export type ToSign = z.infer<typeof toSign>;
export const toSignView = pageOf(toSign);
