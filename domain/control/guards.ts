import type { ControlDocument } from '../../contracts/control.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Guard } from '../kernel/definition.ts';

type ControlGuard = Guard<ControlDocument>;

/** Who has an owner gets another by REASSIGN, so that the one before is told. */
const hasNoOwner: ControlGuard = ({ file }) => (file.parties['owner'] === undefined ? [] : [reason('ALREADY_DONE', { what: 'owner' })]);

const hasMandate: ControlGuard = ({ doc, body }) => {
  const asked = (body as { key?: string } | undefined)?.key;
  const found = doc.mandates.some(({ key }) => asked === undefined || key === asked);
  return found ? [] : [reason('ALREADY_DONE', { what: `mandate ${asked ?? ''}`.trim() })];
};

/** Controls of Annex A are excluded by the Statement of Applicability, never taken away (ISO/IEC 27001:2022 6.1.3 d). */
const isOwn: ControlGuard = ({ doc }) => (doc.source === null ? [reason('ANNEX_A_CONTROL', { control: doc.control })] : []);

export const controlGuards = { hasNoOwner, hasMandate, isOwn };
