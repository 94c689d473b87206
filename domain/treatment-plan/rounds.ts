import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { segregationReasons, familyOf } from '../access/segregation.ts';
import type { Policy, RoundPolicy, SeatPolicy, View } from '../kernel/definition.ts';
import { authors, elevated, exceedsLimit, ownersOf, ratingReasons, subjectOf } from './rules.ts';
import { targetReasons } from './tolerance.ts';

/** Who approves a plan: every owner of its risks, the budget holder above a limit, TOP_MGMT above what the owners may accept (rules §6). */

type Doc = TreatmentPlanDocument;
type Seen = View<Doc>;

const topManagement: SeatPolicy = { name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] };

/**
 * One seat for each owner, and for the superior of one who has drafted the plan himself (SOD-03 ELEVATE). Asked again after a
 * condition has lapsed, the owners decide together with TOP_MGMT in one round, where it had to approve before.
 */
function ownerSeats(view: Seen): SeatPolicy[] {
  const owners = ownersOf(view).map((owner): SeatPolicy => ({ name: `riskOwner:${owner}`, tiers: [[`person:${owner}`]] }));
  const superiors = elevated(view).map((owner): SeatPolicy => ({ name: `superior:${owner}`, tiers: [[`manager:${owner}`], ['role:TOP_MGMT'], ['role:WITNESS']] }));
  const top = view.file.state === 'reapproval' && exceedsLimit(view) ? [topManagement] : [];
  return [...owners, ...superiors, ...top];
}

/** Authors never approve; but an owner who drafted it does where his superior does too. */
function planNever(view: Seen): PersonId[] {
  const fit = elevated(view);
  return authors(view).filter((person) => !fit.includes(person));
}

/** Managers of the owners who may spend so much, the nearest first; else TOP_MGMT. */
function budgetSeats(view: Seen): SeatPolicy[] {
  const { facts, now, doc } = view;
  const cost = doc.content?.cost ?? 0;
  const may = (person: PersonId) => (facts.directory.person(person)?.budgetLimit ?? -1) >= cost;
  const above = (kind: 'manager' | 'manager2') =>
    ownersOf(view).flatMap((owner) => facts.directory.resolve(`${kind}:${owner}`, now)).filter(may).map((person): PrincipalKey => `person:${person}`);
  const tiers = [[...new Set(above('manager'))], [...new Set(above('manager2'))]].filter((tier) => tier.length > 0);
  return [{ name: 'budgetHolder', tiers: [...tiers, ['role:TOP_MGMT'], ['role:WITNESS']] }];
}

/** What must hold before anybody approves: the ratings are those that it stands on, and its target date lies ahead. */
const approvable = (view: Seen): Reason[] => [...ratingReasons(view), ...targetReasons(view as never)];

/** A condition is part of the treatment: who has rated what is left carries out none (SOD-11). */
const conditions: RoundPolicy<Doc>['conditions'] = {
  fit: ({ file, facts }, owner) => segregationReasons(owner, 'implementedAction', familyOf(file), facts.involvements),
};

export const treatmentPlanRounds: Policy<Doc>['rounds'] = {
  ownerApproval: {
    mode: () => 'ALL',
    seats: ownerSeats,
    never: planNever,
    neverRule: 'SOD-03',
    involves: 'approvedTreatment',
    acceptsRisk: true,
    // The third rejection brings TOP_MGMT into the round; without its owner no risk is ever accepted (SOD-04).
    ruling: (view) => [topManagement, ...ownerSeats(view).filter(({ name }) => name !== topManagement.name)],
    subject: subjectOf,
    approvable,
    conditions,
  },
  budgetApproval: { mode: () => 'SINGLE', seats: budgetSeats, never: authors, neverRule: 'SOD-03', involves: 'approvedBudget', subject: subjectOf, approvable, conditions },
  topApproval: {
    mode: () => 'SINGLE',
    seats: () => [topManagement],
    // Who accepts as owner does not accept a second time as TOP_MGMT.
    never: (view) => [...new Set([...authors(view), ...ownersOf(view)])].sort(),
    neverRule: 'SOD-03',
    involves: 'coAcceptedRisk',
    acceptsRisk: true,
    subject: subjectOf,
    approvable,
    conditions,
  },
};
