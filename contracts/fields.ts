import { z } from 'zod';

/** Building blocks of command bodies. Every text has a bound and a title that forms and the CLI show. */

/** A short line, e.g. a title. */
export const line = (title: string) => z.string().trim().min(1).max(200).meta({ title });

/** Prose of up to 4,000 characters; any script, kept as typed. */
export const prose = (title: string) => z.string().trim().min(1).max(4000).meta({ title });

/** Why: mandatory for reject, cancel, override, downgrade and the like (rules §4.1). */
export const reasonText = prose('Reason');

/** Calendar date that exists, `YYYY-MM-DD`; `notPast` and `notFuture` are checked against today at the site of the case. */
export const localDate = (title: string, bound?: 'notPast' | 'notFuture') => z.iso.date().meta({ title, ...(bound && { bound }) });

export const personId = (title: string) => z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/).meta({ title, reference: 'person' });
export const unitId = (title: string) => z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/).meta({ title, reference: 'unit' });
export const caseId = (title: string) => z.uuid().meta({ title, reference: 'case' });

/** Reference to evidence already uploaded: the SHA-256 of its bytes, lower-case hex. */
export const evidenceHash = z.string().regex(/^[0-9a-f]{64}$/).meta({ title: 'SHA-256 of the evidence', reference: 'evidence' });
export const evidenceList = (minimum: 0 | 1) => z.array(evidenceHash).min(minimum).max(50).meta({ title: 'Evidence' });

/** Clause `10.2`, control `A.5.9` or the organisation's own rule `R-12`; clause "5.1" and control "A.5.1" never collide (rules §1). */
export const requirement = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,79}$/)
  .meta({ title: 'Requirement (clause, control or own rule)' });
