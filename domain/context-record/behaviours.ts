import type { ContextRecordDocument } from '../../contracts/context-record.ts';
import type { Behaviours, View } from '../kernel/definition.ts';

/** Who hears of what becomes of a record of the context. */
const told = (subject: string) => (_: View<ContextRecordDocument>) => [{ follow: 'inform' as const, subject, to: ['role:ISO' as const, 'role:TOP_MGMT' as const] }];

export const contextRecordBehaviours: Behaviours<ContextRecordDocument> = {
  entering: { retired: told('contextRetired') },
  after: { CONFIRM: told('contextConfirmed'), RETURN: told('contextReturned') },
};
