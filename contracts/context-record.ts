import { z } from 'zod';
import type { Instant, PersonId } from './identity.ts';
import { line, prose, reasonText, unitId } from './fields.ts';

/**
 * Records of the context (ISO/IEC 27001:2022 4.1, 4.2, 4.3 with Amd 1:2024; rules §12 P17, §18 "Assessment"): scope, internal and
 * external issues with the decision on climate change, interested parties. Dated, versioned, confirmed every year.
 */
export const contextKinds = ['SCOPE', 'ISSUES', 'PARTIES'] as const;
export type ContextKind = (typeof contextKinds)[number];

const scope = z.strictObject({
  statement: prose('Scope'),
  units: z.array(unitId('Unit')).min(1).max(200).meta({ title: 'Units inside the scope' }),
  interfaces: prose('Interfaces and dependencies'),
  outside: prose('What is left out, and why').optional(),
});

const issue = z.strictObject({ origin: z.enum(['INTERNAL', 'EXTERNAL']), statement: prose('Issue') });

/** Amd 1:2024: whether climate change is a relevant issue is decided, either way with a reason. */
const climate = z.strictObject({ relevant: z.boolean().meta({ title: 'Climate change is a relevant issue' }), rationale: prose('Why') });

const party = z.strictObject({
  name: line('Interested party'),
  requirements: prose('Requirements'),
  addressed: prose('How the ISMS addresses them, or why not'),
});

/** A record holds what its kind says, and nothing else. */
const content = {
  scope: scope.optional(),
  issues: z.array(issue).min(1).max(200).optional().meta({ title: 'Issues' }),
  climate: climate.optional(),
  parties: z.array(party).min(1).max(200).optional().meta({ title: 'Interested parties' }),
};

/** Fields that each kind has to carry. */
export const contextFields = { SCOPE: ['scope'], ISSUES: ['issues', 'climate'], PARTIES: ['parties'] } as const satisfies Record<ContextKind, readonly (keyof typeof content)[]>;

export const openContextRecordBody = z.strictObject({ kind: z.enum(contextKinds), title: line('Title'), unit: unitId('Unit that keeps it'), ...content });
export type OpenContextRecord = z.infer<typeof openContextRecordBody>;

export const contextRecordBodies = {
  AMEND: z.strictObject({ ...content, reason: reasonText }),
  SUBMIT: z.strictObject({ note: prose('What was looked at').optional() }),
  CONFIRM: z.strictObject({ contentHash: z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'Hash of the content confirmed' }), note: prose('Note').optional() }),
  RETURN: z.strictObject({ reason: reasonText }),
} as const;

export type ContextRecordCommand = keyof typeof contextRecordBodies;
export type ContextRecordBody<C extends ContextRecordCommand> = z.infer<(typeof contextRecordBodies)[C]>;
export type ContextContent = Pick<OpenContextRecord, keyof typeof content>;

/** One version of the content; `preparedBy` holds who wrote it and in whose name. */
export interface ContextVersion {
  number: number;
  content: ContextContent;
  contentHash: string;
  preparedBy: PersonId[];
  preparedAt: Instant;
  change: string | null;
}

/** Who has confirmed which version, when, under which role. */
export interface ContextConfirmation {
  version: number;
  contentHash: string;
  by: PersonId;
  onBehalfOf: PersonId | null;
  role: string;
  at: Instant;
  validUntil: Instant;
}

/** `versions` and `confirmations` in the order in which they came; the last version is the one that is worked on. */
export interface ContextRecordDocument {
  kind: ContextKind;
  title: string;
  versions: ContextVersion[];
  confirmations: ContextConfirmation[];
}

/** What other cases read of a record: found by the key `kind`. */
export interface ContextRecordAbout extends Record<string, string | string[] | null> {
  kind: ContextKind;
  title: string;
  /** When it was confirmed last and until when that holds; null before the first time. */
  confirmedAt: Instant | null;
  validUntil: Instant | null;
  /** Units inside the confirmed scope; empty for other kinds. */
  units: string[];
}
