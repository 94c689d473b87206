import { z } from 'zod';
import { caseId, localDate, personId, reasonText, unitId } from './fields.ts';
import type { CaseId, Instant, LocalDate, UnitId } from './identity.ts';
import { itemKey } from './universe.ts';
import type { ItemKey } from './universe.ts';

/**
 * Access of an auditor (rules §3.1 EXTERNAL_AUDITOR, §7 "external firm as auditor", §18 "Audit"): reading what an audit is about, for a time and
 * within a scope. What one who may do nothing else here has read is kept in the access log.
 */

const accessScope = z
  .strictObject({
    all: z.literal(true).optional().meta({ title: 'The whole audit universe' }),
    items: z.array(itemKey).max(1000).default([]).meta({ title: 'Items of the audit universe' }),
    units: z.array(unitId('Unit')).max(200).default([]).meta({ title: 'Units' }),
  })
  .refine(({ all, items, units }) => (all === true) !== items.length + units.length > 0, { path: ['items'], message: 'name items or units, or all and neither of them' });

export type ScopeBody = z.output<typeof accessScope>;

const common = {
  person: personId('Auditor'),
  scope: accessScope,
  /** Whole days, both inclusive, at the site of the person's unit. */
  from: localDate('First day', 'notPast'),
  until: localDate('Last day', 'notPast'),
  reason: reasonText,
};

/** By the ISO, the audit-programme manager or top management, never for themselves (SOD-06); `audit` is the open audit that it is for. */
export const openAuditorAccessBody = z.strictObject({ ...common, audit: caseId('Audit').optional() });
export type OpenAuditorAccess = z.output<typeof openAuditorAccessBody>;

/**
 * By an audit for a member of its team, link type `auditorAccess`, not awaited. One from outside needs it from the day on which he or she is
 * named, since nobody signs in without one; its end comes with AUDIT_ENDED to every case linked as `auditorAccess`.
 */
export const auditorAccessFromAuditBody = z.strictObject({ ...common, audit: z.strictObject({ id: z.uuid(), ref: z.string().max(40) }) });
export type AuditorAccessFromAudit = z.output<typeof auditorAccessFromAuditBody>;

export const auditorAccessBodies = {
  CHANGE_END: z.strictObject({ until: localDate('Last day', 'notPast'), reason: reasonText }),
  CHANGE_SCOPE: z.strictObject({ scope: accessScope, reason: reasonText }),
  REVOKE: z.strictObject({ reason: reasonText }),
  /** SYSTEM only: the audit that it was for has ended. */
  AUDIT_ENDED: z.strictObject({ audit: z.uuid(), auditRef: z.string().max(40) }),
} as const;

export type AuditorAccessCommand = keyof typeof auditorAccessBodies;
export type AuditorAccessBody<C extends AuditorAccessCommand> = z.output<(typeof auditorAccessBodies)[C]>;

export interface AccessScope {
  all: boolean;
  items: ItemKey[];
  units: UnitId[];
}

/** The document; who reads is the party `auditor`. */
export interface AuditorAccessDocument {
  scope: AccessScope;
  from: LocalDate;
  until: LocalDate;
  audit: { id: CaseId; ref: string } | null;
  reason: string;
}

/** What the directory reads of it; instants of its first and after its last day. `items` names units as `unit:<id>` too. */
export type AuditorAccessAbout = { person: string; all: 'yes' | 'no'; items: string[]; audit: CaseId | null; from: LocalDate; until: LocalDate; starts: Instant; ends: Instant };
