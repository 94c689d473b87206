import type { AuditorRecordDocument } from '../../contracts/auditor-record.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Guard } from '../kernel/definition.ts';

/** There is such a competence, and nobody has ended it. */
const isHeld: Guard<AuditorRecordDocument> = ({ doc, body }) => {
  const asked = (body as { competence?: string } | undefined)?.competence;
  const held = doc.competences.some(({ key, ended }) => ended === null && (asked === undefined || key === asked));
  return held ? [] : [reason('ALREADY_DONE', { what: `competence ${asked ?? ''}`.trim() })];
};

export const auditorRecordGuards = { isHeld };
