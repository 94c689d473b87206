import type { Level } from '../../contracts/criteria.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import type { View } from '../kernel/definition.ts';

/** Who may accept a risk (SOD-04; rules §3.1 "Authority attribute", §16.6): its owner, up to a level alone, above it together with TOP_MGMT. */

export interface Accepting {
  owner: PersonId;
  level: Level;
  /** What the plan had promised; a worse result needs the next authority (rules §6 "Edge cases"). */
  expected?: Level | null | undefined;
}

/** Whether TOP_MGMT accepts beside the owner: by the criteria, above the owner's own limit, and where the owner is the ISO. */
export function needsTopManagement({ facts, now }: Pick<View<never>, 'facts' | 'now'>, { owner, level, expected }: Accepting): boolean {
  const { directory } = facts;
  const criteria = criteriaOf(facts).at(now);
  const limit = directory.person(owner)?.acceptanceLimit;
  const authority = criteria.authority(level);
  if (authority === 'TOP_MGMT_TOO' || directory.holdsRole(owner, 'ISO', now)) return true;
  if (expected && criteria.isAbove(level, expected)) return true;
  return limit === undefined ? authority === 'OWNER_WITH_MANDATE' : criteria.isAbove(level, limit);
}
