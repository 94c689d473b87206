import { z } from 'zod';
import { line, localDate, personId, prose, reasonText, unitId } from './fields.ts';
import type { LocalDate } from './identity.ts';

/**
 * Registers that risks refer to (ISO/IEC 27001:2022 6.1.2, A.5.9, A.5.19; rules §5 "Mandatory data"): assets, business processes,
 * suppliers. One shape for all three; an entry is a case of its own that stands still.
 */

export const criticalities = ['low', 'medium', 'high', 'critical'] as const;
export const classifications = ['PUBLIC', 'INTERNAL', 'CONFIDENTIAL', 'STRICTLY_CONFIDENTIAL'] as const;

/** The organisation's own number of an entry; unique in its register. */
export const registerCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$/)
  .meta({ title: 'Own number' });

const described = {
  name: line('Name'),
  code: registerCode.optional(),
  description: prose('Description').optional(),
  kind: line('Kind').optional(),
  criticality: z.enum(criticalities).optional().meta({ title: 'Criticality' }),
  classification: z.enum(classifications).optional().meta({ title: 'Classification' }),
  since: localDate('In use since').optional(),
  until: localDate('Planned end').optional(),
};

/** Without an owner it is shown as lacking one; `unit` answers for it until then. */
export const openRegisterEntryBody = z.strictObject({ ...described, unit: unitId('Unit'), owner: personId('Owner').optional() });
export type OpenRegisterEntry = z.infer<typeof openRegisterEntryBody>;

export const registerBodies = {
  /** What is named is changed; null takes a value away. */
  AMEND: z
    .strictObject({
      ...{ name: described.name.optional(), code: described.code.nullable(), description: described.description.nullable(), kind: described.kind.nullable() },
      ...{ criticality: described.criticality.nullable(), classification: described.classification.nullable() },
      ...{ since: described.since.nullable(), until: described.until.nullable(), unit: unitId('Unit').optional() },
    })
    .refine((body) => Object.keys(body).length > 0, 'name at least one thing to change'),
  NAME_OWNER: z.strictObject({ owner: personId('Owner') }),
  RETIRE: z.strictObject({ reason: reasonText }),
  RESTORE: z.strictObject({ reason: reasonText }),
} as const;

export type RegisterCommand = keyof typeof registerBodies;
export type RegisterBody<C extends RegisterCommand> = z.infer<(typeof registerBodies)[C]>;

/** The document of an entry; its owner is the case's party `owner`. */
export interface RegisterDocument {
  name: string;
  code: string | null;
  description: string | null;
  kind: string | null;
  criticality: (typeof criticalities)[number] | null;
  classification: (typeof classifications)[number] | null;
  since: LocalDate | null;
  until: LocalDate | null;
}
