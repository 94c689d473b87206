import type { DelegationDocument } from '../../contracts/delegation.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Guard } from '../kernel/definition.ts';
import { circleReasons } from './rules.ts';

/** What was possible when it was offered must still be so when it is accepted. */
const isStillPossible: Guard<DelegationDocument> = ({ file, doc, facts, now }) => {
  const { delegator = '', delegate = '' } = file.parties;
  if (!facts.directory.isActive(delegator, now)) return [reason('PERSON_NOT_ACTIVE', { person: delegator })];
  if (facts.directory.lentKeysOf(delegator, now).length === 0) return [reason('MAY_NOT_DELEGATE', { person: delegator })];
  return circleReasons(facts.directory, { delegator, delegate, from: doc.from, until: doc.until });
};

export const delegationGuards = { isStillPossible };
