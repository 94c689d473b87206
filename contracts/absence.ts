import { z } from 'zod';
import { localDate, personId, prose, reasonText } from './fields.ts';
import type { Instant, LocalDate } from './identity.ts';

/** Absence (rules §3.3): who is away, from when until when, and who stands in. It stops no clock. */

/** `from` and `until` are whole days, both inclusive. Why somebody is away is nobody's business here: there is no field for it. */
export const recordAbsenceBody = z.strictObject({
  person: personId('Who is away'),
  substitute: personId('Substitute').optional(),
  from: localDate('First day'),
  until: localDate('Last day', 'notPast'),
});
export type RecordAbsence = z.infer<typeof recordAbsenceBody>;

export const absenceBodies = {
  CHANGE_END: z.strictObject({ until: localDate('Last day', 'notPast') }),
  NAME_SUBSTITUTE: z.strictObject({ substitute: personId('Substitute') }),
  RETURN: z.strictObject({ note: prose('Note').optional() }),
  CANCEL: z.strictObject({ reason: reasonText }),
} as const;

export type AbsenceCommand = keyof typeof absenceBodies;
export type AbsenceBody<C extends AbsenceCommand> = z.infer<(typeof absenceBodies)[C]>;

/** The document of an absence; the person and the substitute are the case's parties. */
export interface AbsenceDocument {
  from: LocalDate;
  until: LocalDate;
}

/** What the directory reads of an absence; instants of its first and after its last day. */
export type AbsenceAbout = { person: string; substitute: string | null; from: LocalDate; until: LocalDate; starts: Instant; ends: Instant };
