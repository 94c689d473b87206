import type { AuditorCompetence } from '../../contracts/auditor-record.ts';
import type { CaseSummary } from '../../contracts/case-file.ts';
import type { LocalDate } from '../../contracts/identity.ts';

/** Which competences let somebody take part in an audit as what (ISO/IEC 27001:2022 7.2): who may lead may also audit. */
const sufficient: Record<AuditorCompetence, readonly AuditorCompetence[]> = {
  LEAD_AUDITOR: ['LEAD_AUDITOR'],
  AUDITOR: ['AUDITOR', 'LEAD_AUDITOR'],
  TECH_EXPERT: ['TECH_EXPERT', 'AUDITOR', 'LEAD_AUDITOR'],
};

/** Whether the auditor record (process `auditorRecord`, found by the key `auditor`) proves a competence for that role on that day. */
export function isCompetent({ settled, about }: CaseSummary, role: AuditorCompetence, on: LocalDate): boolean {
  return settled === null && sufficient[role].some((each) => lastsUntil(about[each]) >= on);
}

function lastsUntil(value: string | string[] | null | undefined): LocalDate {
  if (value === 'noEnd') return '9999-12-31';
  return typeof value === 'string' ? value : '';
}
