import { auditorCompetences } from '../../contracts/auditor-record.ts';
import type { AuditorCompetence, AuditorRecordDocument } from '../../contracts/auditor-record.ts';
import type { LocalDate } from '../../contracts/identity.ts';

/** Until when somebody is proved to be competent (ISO/IEC 27001:2022 7.2). */

type Competences = Pick<AuditorRecordDocument, 'competences'>;

/** Last day on which one of that kind holds: a date, `noEnd`, or null where none does. What was renewed in time has no gap. */
export function heldUntil({ competences }: Competences, kind: AuditorCompetence): LocalDate | 'noEnd' | null {
  const held = competences.filter(({ as, ended }) => as === kind && ended === null);
  if (held.some(({ validUntil }) => validUntil === null)) return 'noEnd';
  return held.map(({ validUntil }) => validUntil!).sort().at(-1) ?? null;
}

/** The next day on which a competence ends, or the one that has passed and was neither renewed nor ended. */
export function nextEnd(doc: Competences): LocalDate | null {
  const ends = auditorCompetences.map((kind) => heldUntil(doc, kind)).filter((end) => end !== null && end !== 'noEnd');
  return ends.sort()[0] ?? null;
}
