import { z } from 'zod';
import { evidenceList, localDate, personId, prose, reasonText, unitId } from './fields.ts';
import type { Instant, LocalDate, PersonId } from './identity.ts';

/** Record of one auditor (ISO/IEC 27001:2022 7.2, 9.2.2; rules §7 "Auditor record"): competence with evidence, what was audited, declarations. */

/** As what a competence lets somebody take part in an audit; who may lead may also audit. */
export const auditorCompetences = ['LEAD_AUDITOR', 'AUDITOR', 'TECH_EXPERT'] as const;
export type AuditorCompetence = (typeof auditorCompetences)[number];

/** One record per person: claim `auditorRecord:<person>`. Opened by the audit programme manager or TOP_MGMT. */
export const openAuditorRecordBody = z.strictObject({ person: personId('Auditor'), unit: unitId('Unit that keeps it').optional() });
export type OpenAuditorRecord = z.output<typeof openAuditorRecordBody>;

const key = z.string().regex(/^c\d{1,4}$/).meta({ title: 'Which one, e.g. c1' });

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
  DECLARED: z.strictObject({ audit: z.uuid(), auditRef: z.string().max(80), role: z.string().max(40), items: z.array(z.string().max(100)).max(1000), on: z.iso.date() }),
  /** SYSTEM only: the report was issued; these items were audited by the person. */
  AUDITED: z.strictObject({ audit: z.uuid(), auditRef: z.string().max(80), role: z.string().max(40), items: z.array(z.string().max(100)).max(1000), on: z.iso.date() }),
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
  audit: string;
  auditRef: string;
  role: string;
  items: string[];
  on: LocalDate;
}

/**
 * The document of an auditor record. States: active, retired (a reopen edge leads back). `about`: person, unit, and for each competence the last day on
 * which one holds (`LEAD_AUDITOR`, `AUDITOR`, `TECH_EXPERT`: a date, `noEnd`, or null); read with `isCompetent` of domain/independence.
 * Keys: `auditor` = person.
 */
export interface AuditorRecordDocument {
  person: PersonId;
  competences: Competence[];
  declared: AuditorRecordItem[];
  audited: AuditorRecordItem[];
}
