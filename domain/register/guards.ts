import type { RegisterDocument } from '../../contracts/register.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Guard } from '../kernel/definition.ts';

/** Who has an owner gets another by REASSIGN, so that the one before is told. */
const hasNoOwner: Guard<RegisterDocument> = ({ file }) => (file.parties['owner'] === undefined ? [] : [reason('ALREADY_DONE', { what: 'owner' })]);

export const registerGuards = { hasNoOwner };
