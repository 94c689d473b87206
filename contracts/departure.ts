import { z } from 'zod';
import { localDate, prose, reasonText, unitId } from './fields.ts';
import type { LocalDate } from './identity.ts';
import { roleNameSchema } from './organisation.ts';

/** Departure (rules §3.3, L21): somebody leaves, loses a role of the organisation, or a unit is dissolved. */
export const departureKinds = ['LEAVES', 'ROLE_ENDS', 'UNIT_DISSOLVED'] as const;
export type DepartureKind = (typeof departureKinds)[number];

/**
 * `lastDay` is the last day on which it still holds, in the zone of the organisation; it may lie in the past. LEAVES names the person,
 * ROLE_ENDS the person and the role, UNIT_DISSOLVED the unit and, where another takes over, the successor.
 */
export const openDepartureBody = z.strictObject({
  kind: z.enum(departureKinds),
  // Not a reference to somebody who is there: who has left already is announced late, too.
  person: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/).optional().meta({ title: 'Who' }),
  role: roleNameSchema.optional().meta({ title: 'Role that ends' }),
  unit: unitId('Unit that is dissolved').optional(),
  successor: unitId('Unit that takes over').optional(),
  lastDay: localDate('Last day'),
  note: prose('Note').optional(),
});
export type OpenDeparture = z.infer<typeof openDepartureBody>;

export const departureBodies = {
  CHANGE_LAST_DAY: z.strictObject({ lastDay: localDate('Last day'), reason: reasonText }),
} as const;

export type DepartureCommand = keyof typeof departureBodies;
export type DepartureBody<C extends DepartureCommand> = z.infer<(typeof departureBodies)[C]>;

export interface DepartureDocument {
  kind: DepartureKind;
  role: string | null;
  unit: string | null;
  successor: string | null;
  lastDay: LocalDate;
  note: string | null;
}

/** What the directory reads of a departure. */
export type DepartureAbout = { kind: DepartureKind; person: string | null; role: string | null; unit: string | null; successor: string | null; lastDay: LocalDate };
