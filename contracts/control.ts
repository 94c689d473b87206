import { z } from 'zod';
import { evidenceList, line, localDate, personId, prose, reasonText, unitId } from './fields.ts';
import type { LocalDate } from './identity.ts';

/**
 * Control: one case per control of Annex A or of the organisation's own, opened on first need (ISO/IEC 27001:2022 6.1.3 b–d; rules §6.1
 * "Row"). What it says of itself here is what the Statement of Applicability reads.
 */

export const controlStatuses = ['NOT_STARTED', 'PLANNED', 'PARTIAL', 'IMPLEMENTED'] as const;
export type ControlStatus = (typeof controlStatuses)[number];

/** Why a control is applicable apart from risks (rules §6.1 "reason codes"). */
export const mandateCodes = ['LEGAL', 'CONTRACT', 'BUSINESS', 'BASELINE'] as const;

export const mandateSchema = z.strictObject({
  code: z.enum(mandateCodes).meta({ title: 'Kind of reason' }),
  text: prose('What asks for it'),
  ref: line('Law, contract or requirement').optional(),
});

/** Annex A control such as `A.8.13`, or one of the organisation's own. */
const controlId = z.string().trim().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/).meta({ title: 'Control' });
const documents = z.array(line('Document')).max(50).meta({ title: 'Where it is described' });

/** A control that is none of Annex A needs a title. */
export const openControlBody = z.strictObject({
  control: controlId,
  title: line('Title').optional(),
  source: line('Framework it comes from').optional(),
  unit: unitId('Unit').optional(),
  owner: personId('Owner').optional(),
  status: z.enum(controlStatuses).default('NOT_STARTED'),
  how: prose('How it is implemented').optional(),
  documents: documents.default([]),
  mandates: z.array(mandateSchema).max(50).default([]),
});
export type OpenControl = z.output<typeof openControlBody>;

export const controlBodies = {
  AMEND: z
    .strictObject({ title: line('Title').optional(), how: prose('How it is implemented').nullable().optional(), documents: documents.optional() })
    .refine((body) => Object.keys(body).length > 0, 'name at least one thing to change'),
  NAME_OWNER: z.strictObject({ owner: personId('Owner') }),
  SET_STATUS: z.strictObject({ status: z.enum(controlStatuses), reason: reasonText }),
  VERIFY: z.strictObject({ on: localDate('Verified on', 'notFuture'), evidence: evidenceList(1), note: prose('What was seen').optional() }),
  NOT_EFFECTIVE: z.strictObject({ reason: reasonText, evidence: evidenceList(0).default([]) }),
  MANDATE: mandateSchema,
  LIFT_MANDATE: z.strictObject({ key: z.string().regex(/^m\d{1,4}$/).meta({ title: 'Which one' }), reason: reasonText }),
  PLAN_ACTION: z.strictObject({ title: line('What is to be done'), owner: personId('Owner'), due: localDate('Due date', 'notPast') }),
  RETIRE: z.strictObject({ reason: reasonText }),
  RESTORE: z.strictObject({ reason: reasonText }),
} as const;

export type ControlCommand = keyof typeof controlBodies;
export type ControlBody<C extends ControlCommand> = z.output<(typeof controlBodies)[C]>;

export type Mandate = z.output<typeof mandateSchema> & { key: string };

/**
 * The document of a control; its owner is the case's party `owner`.
 * `about`: control, title, own (yes|no), owner, status, how, documents[], changedOn, evidenceOn, effective (yes|no|null), mandates (JSON), actions[].
 * Keys: `register` = `control`, `control` = its id. Claim: `control:<id>`.
 */
export interface ControlDocument {
  control: string;
  title: string;
  /** Null for Annex A. */
  source: string | null;
  status: ControlStatus;
  how: string | null;
  documents: string[];
  /** Day on which its status or the way it is implemented changed last; null: not since it is kept here. */
  changedOn: LocalDate | null;
  /** Day of the newest evidence that it works. */
  evidenceOn: LocalDate | null;
  effective: 'yes' | 'no' | null;
  notEffectiveBecause: string | null;
  mandates: Mandate[];
  /** What is planned while it is not implemented; the actions themselves are linked. */
  actions: { title: string; due: LocalDate }[];
  /** Mandates ever given, so that no key comes twice. */
  mandatesGiven: number;
}
