import { z } from 'zod';
import { instant, personId, uuid } from './api-fields.ts';
import { roleNames } from './organisation.ts';

/** The organisation at an instant, as it was recorded then (rules §3.3, §16.1). */

export const organisationQuery = z.strictObject({
  asOf: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).optional().meta({ description: 'An instant, or a day: then its last moment at the organisation. Now, where it is left out' }),
});

const id = z.string().max(64);
const days = { from: z.iso.date().nullable(), until: z.iso.date().nullable() };

export const organisationView = z.strictObject({
  asOf: instant,
  revision: z.int().meta({ description: 'Of the organisation that was loaded last by then' }),
  loadedAt: instant,
  organisation: z.strictObject({ name: z.string(), zone: z.string(), locale: z.string() }),
  sites: z.array(z.strictObject({ id, name: z.string(), zone: z.string(), calendar: z.string() })),
  units: z.array(z.strictObject({ id, name: z.string(), above: id.nullable(), head: personId.nullable(), site: id })),
  people: z.array(
    z.strictObject({ id: personId, name: z.string(), unit: id.nullable(), manager: personId.nullable(), external: z.boolean(), absent: z.boolean() }),
  ),
  roles: z.array(z.strictObject({ role: z.enum(roleNames), person: personId, unit: id.nullable(), scope: z.string().nullable(), ...days })),
  /** In whose name others may act. */
  standIns: z.array(
    z.strictObject({
      kind: z.enum(['delegate', 'substitute']),
      person: personId,
      for: personId,
      scope: z.array(z.string()).meta({ description: 'Processes and decisions; empty: everything' }),
      acceptance: z.boolean(),
      until: instant,
      case: uuid,
      ref: z.string(),
    }),
  ),
  /** Powers of a break-glass (SOD-13). */
  emergencyPowers: z.array(z.strictObject({ person: personId, powers: z.array(z.string()), only: uuid.nullable(), until: instant, case: uuid, ref: z.string() })),
  /** What the file that was in force calls for: combinations of roles, gaps, help from outside. */
  warnings: z.array(z.strictObject({ code: z.string(), path: z.string(), text: z.string() })),
});
export type OrganisationView = z.infer<typeof organisationView>;
