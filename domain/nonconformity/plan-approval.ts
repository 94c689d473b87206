import type { ApprovalPolicy } from '../../contracts/approval.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import type { RoundPolicy, SeatPolicy, View } from '../kernel/definition.ts';
import { approvalPolicyOf, seatsOfPolicy } from '../kernel/rounds/configured.ts';
import { withinExternalDeadline } from './outside-body.ts';
import { isoIsParty } from './parties.ts';

/** The approval of the corrective-action plan: who decides it, who never does, and what is approved (rules §8 RACI, §18). */

type Doc = NonconformityDocument;

const topManagement: SeatPolicy = { name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] };

/** What the organisation has set instead (rules §16.6); never where the ISO is a party. */
function planPolicy(view: View<Doc>): ApprovalPolicy | null {
  return isoIsParty(view)
    ? null
    : approvalPolicyOf(view, `approval.nonconformity.correctiveActionPlan.${view.doc.grade ?? 'minor'}`);
}

/**
 * Who approves the plan (rules §8 RACI): minor: the ISO. Major: the ISO, then LINE_MANAGER+1 of the NC_OWNER or TOP_MGMT. Where
 * the ISO is a party: TOP_MGMT alone. A sole TOP_MGMT who is barred is represented by a witness (rules §18).
 */
function planSeats(view: View<Doc>): SeatPolicy[] {
  if (isoIsParty(view)) return [topManagement];
  const set = planPolicy(view);
  if (set) return seatsOfPolicy(set, view.file.parties['ncOwner']!);
  const iso: SeatPolicy = {
    name: 'iso',
    tiers: [['role:ISO', 'isoDeputy'], ['role:TOP_MGMT'], ['role:WITNESS']],
  };
  const owner = view.file.parties['ncOwner']!;
  const second: SeatPolicy = {
    name: 'lineManagerPlusOne',
    tiers: [[`manager2:${owner}`, 'role:TOP_MGMT'], ['role:WITNESS']],
  };
  return view.doc.grade === 'major' ? [iso, second] : [iso];
}

/** A condition is part of the corrective action: who is to judge its effectiveness, or has confirmed it, carries out none (SOD-05). */
function conditionOwnerReasons({ file, facts }: View<Doc, never>, owner: PersonId): Reason[] {
  if (owner === file.parties['verifier'])
    return [reason('SOD_BLOCKED', { rule: 'SOD-05', person: owner, because: 'verifier', waivable: false })];
  return segregationReasons(owner, 'implementedAction', familyOf(file), facts.involvements);
}

/** Owner, and whoever has submitted a version of the plan. */
function planNever({ file, doc, facts }: View<Doc>): PersonId[] {
  const submitted = facts.involvements.filter(
    ({ relation, object }) => relation === 'submittedPlan' && object === file.id,
  );
  const barred = [file.parties['ncOwner'], doc.planBy, ...submitted.map(({ person }) => person)];
  return [...new Set(barred.filter((each) => each != null))].sort();
}

/** The round of the states `planApproval` and `reapproval`. */
export const correctiveActionPlan: RoundPolicy<Doc> = {
  mode: (view) => planPolicy(view)?.mode ?? (view.doc.grade === 'major' ? 'SEQUENTIAL' : 'SINGLE'),
  seats: planSeats,
  quorum: (view) => planPolicy(view)?.quorum,
  level: (view) => planPolicy(view)?.level,
  never: planNever,
  neverRule: 'P4-APPROVER',
  involves: 'approvedPlan',
  ruling: () => [topManagement],
  // Who will judge is part of what is approved, also where another verifier was named meanwhile.
  subject: ({ document: { plan }, parties }) => ({ plan, verifier: parties['verifier'] ?? null }),
  approvable: withinExternalDeadline,
  conditions: { fit: (view, owner) => conditionOwnerReasons(view as View<Doc, never>, owner) },
};
