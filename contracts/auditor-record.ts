import { z } from 'zod';
import { teamRoles } from './audit.ts';
import type { TeamRole } from './audit.ts';
import { evidenceList, localDate, personId, prose, reasonText, unitId } from './fields.ts';
import { itemKey } from './universe.ts';
import type { ItemKey } from './universe.ts';
import type { CaseId, Instant, LocalDate, PersonId } from './identity.ts';

/** Record of one auditor (ISO/IEC 27001:2022 7.2, 9.2.2; rules §7 "Auditor record"): competence with evidence, what was audited, declarations. */

/** As what a competence lets somebody take part in an audit; who may lead may also audit. */
export const auditorCompetences = ['LEAD_AUDITOR', 'AUDITOR', 'TECH_EXPERT'] as const;
export type AuditorCompetence = (typeof auditorCompetences)[number];

/** One record per person: claim `auditorRecord:<person>`. Opened by the audit programme manager or TOP_MGMT. */
export const openAuditorRecordBody = z.strictObject({ person: personId('Auditor'), unit: unitId('Unit that keeps it').optional() });
export type OpenAuditorRecord = z.output<typeof openAuditorRecordBody>;

const key = z.string().regex(/^c\d{1,4}$/).meta({ title: 'Which one, e.g. c1' });

const inOneAudit = z.strictObject({ audit: z.uuid(), auditRef: z.string().max(40), role: z.enum(teamRoles), items: z.array(itemKey).max(400), on: z.iso.date() });

export const auditorRecordBodies = {
  /** Never by the auditor about himself. */
  ADD_COMPETENCE: z.strictObject({
    as: z.enum(auditorCompetences).meta({ title: 'Competent as' }),
    what: prose('Education, training or experience'),
    evidence: evidenceList(1),
    since: localDate('Since', 'notFuture'),
    validUntil: localDate('Valid until', 'notPast').optional(),
  }),
  END_COMPETENCE: z.strictObject({ competence: key, reason: reasonText }),
  /** The person audits no more. */
  RETIRE: z.strictObject({ reason: reasonText }),
  RESTORE: z.strictObject({ reason: reasonText }),
  /** SYSTEM only: the independence declared for an audit. */
  DECLARED: inOneAudit,
  /** SYSTEM only: the report was issued; these items were audited by the person. */
  AUDITED: inOneAudit,
} as const;

export type AuditorRecordCommand = keyof typeof auditorRecordBodies;
export type AuditorRecordBody<C extends AuditorRecordCommand> = z.output<(typeof auditorRecordBodies)[C]>;

export interface Competence {
  key: string;
  as: AuditorCompetence;
  what: string;
  evidence: string[];
  since: LocalDate;
  /** Last day on which it holds; null: no end. */
  validUntil: LocalDate | null;
  by: PersonId;
  at: Instant;
  ended: { by: PersonId; at: Instant; reason: string } | null;
}

/** What somebody declared or did in one audit. */
export interface AuditorRecordItem {
  audit: CaseId;
  auditRef: string;
  role: TeamRole;
  items: ItemKey[];
  on: LocalDate;
}

/**
 * The document of an auditor record. States: active, retired (a reopen edge leads back). Party: `auditor`. Keys: `auditor` = person. `declared` and
 * `audited` hold what was said or done last in each audit; the journal holds the rest.
 */
export interface AuditorRecordDocument {
  competences: Competence[];
  declared: AuditorRecordItem[];
  audited: AuditorRecordItem[];
}

/** For each competence the last day on which one holds: a date, `noEnd`, or null where none does. */
export interface AuditorRecordAbout extends Record<AuditorCompetence, string | null>, Record<string, string | null> {
  person: PersonId;
}
