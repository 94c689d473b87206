/** Identifiers and times as they travel: plain strings, so that a payload is the same in PostgreSQL, Temporal and JSON. */

/** UTC instant exactly as `Date.prototype.toISOString` writes it, e.g. `2026-12-29T16:00:00.000Z`; compares as a string. */
export type Instant = string;

/** Calendar date `YYYY-MM-DD` in the zone of the site. */
export type LocalDate = string;

/** Id of a person in the directory, e.g. `anna.berger`. */
export type PersonId = string;

/** Id of a unit of the organisation chart, e.g. `it`. */
export type UnitId = string;

/** Id of a site, e.g. `muenchen`; a site has its zone and working calendar. */

/** Id of a case: a UUID. */
export type CaseId = string;

/**
 * Names whom a task or a right belongs to without naming today's holder, so that a leaver needs no reprojection:
 * `person:anna` · `role:ISO` · `manager:anna` (her line manager) · `manager2:anna` (the manager of that one) ·
 * `isoDeputy` (rules §18: configured role ISO_DEPUTY, else the line manager of the ISO) · `everyone`.
 */
export type PrincipalKey =
  | `person:${PersonId}`
  | `role:${string}`
  | `manager:${PersonId}`
  | `manager2:${PersonId}`
  | 'isoDeputy'
  | 'everyone';
