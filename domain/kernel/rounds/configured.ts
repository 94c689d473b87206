import type { ApprovalPolicy, SeatHolder } from '../../../contracts/approval.ts';
import type { ApprovalKey } from '../../../contracts/configuration.ts';
import type { PersonId, PrincipalKey } from '../../../contracts/identity.ts';
import type { SeatPolicy, View } from '../definition.ts';

/** Approval policies that the organisation has set (rules §16.6); null where the rules' own holds. */

/** A round that runs keeps the policy under which it was opened. */
export function approvalPolicyOf({ facts, file, now }: Pick<View<never>, 'facts' | 'now'> & { file: Pick<View<never>['file'], 'round'> }, key: ApprovalKey): ApprovalPolicy | null {
  return facts.configuration.at(file.round?.openedAt ?? now).value(key);
}

/** Its seats in this case: who is named first takes the seat, the next one where he may not. */
export function seatsOfPolicy({ seats }: ApprovalPolicy, owner: PersonId): SeatPolicy[] {
  return seats.map(({ name, who, mandatory, level }) => {
    const tiers = who.map((holder) => [principalOf(holder, owner)]);
    return { name, tiers, ...(mandatory && { mandatory }), ...(level !== undefined && { level }) };
  });
}

function principalOf(holder: SeatHolder, owner: PersonId): PrincipalKey {
  if (typeof holder !== 'string') return `person:${holder.person}`;
  if (holder === 'LINE_MANAGER') return `manager:${owner}`;
  if (holder === 'LINE_MANAGER_PLUS_ONE') return `manager2:${owner}`;
  return holder === 'ISO_DEPUTY' ? 'isoDeputy' : `role:${holder}`;
}
