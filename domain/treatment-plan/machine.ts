import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { treatmentPlanGuards } from './guards.ts';

/** Its date, and what its owners have to decide anew, as long as a version holds: also while a change of it is on its way (rules §18). */
const inForce = ['implementation', 'lapsedDecision'] as const;
const decideLapsed = 'decideLapsed';

/** Whether or not somebody has begun, as long as the plan is carried out. */
const whileCarriedOut = {
  MATERIAL_CHANGE: 'rework',
  WAIVE_ACTION: { guard: 'isAMandatoryAction' },
  DECIDE_BASIS: [{ target: 'superseded', guard: 'supersedes' }, { target: 'rework', guard: 'changes' }, { guard: 'keeps' }],
  RELEASE_RISK: { guard: 'isNotTheLast' },
  LAPSED: 'reapproval',
} as const;

/**
 * Treatment plan — ISO/IEC 27001:2022 6.1.3 and 8.3 (rules §6 and §18; docs/processes/treatmentPlan.md). WORK_STARTED, RETAINED,
 * RESIDUALS_ACCEPTED and RESIDUAL_REFUSED are raised as soon as they hold.
 */
export const treatmentPlanMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(treatmentPlanGuards),
}).createMachine({
  id: 'treatmentPlan',
  initial: 'draft',
  // What other cases tell a plan as long as it is open, and what an owner decides whose risk nothing tolerates; two people call it off.
  on: {
    ...{ OWNER_CHANGED: {}, BASIS_CHANGED: {}, ACCEPTANCE_ENDED: {}, ACTION_LATE: {}, CANCELLED: '.cancelled' },
    ...{ PROLONG_INTERIM: { guard: 'hasLapsed' }, STOP_ACTIVITY: { guard: 'isUntolerated' } },
  },
  states: {
    draft: {
      meta: { task: ['submit', decideLapsed], deadline: ['submission', ...inForce] },
      on: { SUBMIT: { target: 'isoReview', guard: 'isComplete' }, RELEASE_RISK: { guard: 'isNotTheLast' }, WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' } },
    },
    isoReview: {
      meta: { task: ['endorse', decideLapsed], deadline: ['isoReview', ...inForce] },
      on: { ENDORSE: { target: 'ownerApproval', guard: 'isEndorsable' }, RETURN: 'rework', WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' } },
    },
    ownerApproval: {
      meta: { round: 'ownerApproval', task: decideLapsed, deadline: ['ownerApproval', ...inForce] },
      on: { APPROVED: [{ target: 'budgetApproval', guard: 'needsBudget' }, { target: 'topApproval', guard: 'needsTopManagement' }, { target: 'approved' }], REJECTED: 'rework', WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' } },
    },
    budgetApproval: {
      meta: { round: 'budgetApproval', task: decideLapsed, deadline: ['budgetApproval', ...inForce] },
      on: { APPROVED: [{ target: 'topApproval', guard: 'needsTopManagement' }, { target: 'approved' }], REJECTED: 'rework' },
    },
    topApproval: {
      meta: { round: 'topApproval', task: decideLapsed, deadline: ['topApproval', ...inForce] },
      on: { APPROVED: 'approved', REJECTED: 'rework' },
    },
    rework: {
      meta: { task: ['rework', decideLapsed], deadline: ['submission', ...inForce] },
      on: {
        RESUBMIT: { target: 'isoReview', guard: 'isComplete' },
        SPLIT: { target: 'superseded', guard: 'isSplittable' },
        KEEP_VERSION: { target: 'implementing', guard: 'isApprovedStill' },
        RELEASE_RISK: { guard: 'isNotTheLast' },
        WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' },
      },
    },
    // Actions and interim acceptances are under way; nobody has begun yet. What is only retained ends here.
    approved: {
      meta: { task: ['seeToStart', decideLapsed, 'decideBasis'], deadline: ['firstAction', ...inForce] },
      on: {
        RETAINED: 'completed',
        WORK_STARTED: 'implementing',
        ...whileCarriedOut,
      },
    },
    implementing: {
      meta: { task: ['seeToActions', decideLapsed, 'decideBasis'], deadline: inForce },
      on: {
        LINKS_SETTLED: { target: 'residualAssessment', guard: 'everyMandatoryActionIsDone' },
        ...whileCarriedOut,
      },
    },
    // A condition was not met in time: approval is asked for again, and the actions go on meanwhile (rules §18).
    reapproval: {
      meta: { round: 'ownerApproval', task: decideLapsed, deadline: ['ownerApproval', ...inForce] },
      on: { APPROVED: 'approved', REJECTED: 'rework' },
    },
    residualAssessment: {
      meta: { task: ['assessResidual', decideLapsed], deadline: ['residualAssessment', 'lapsedDecision'] },
      on: { SUBMIT_RESIDUAL: { target: 'residualAcceptance', guard: 'ratesEveryRisk' }, MATERIAL_CHANGE: 'rework', LAPSED: 'reapproval' },
    },
    residualAcceptance: {
      meta: { task: ['seeToResidual', decideLapsed], deadline: ['residualAcceptance', 'lapsedDecision'] },
      on: { RESIDUALS_ACCEPTED: 'completed', RESIDUAL_REFUSED: 'draft', LAPSED: 'reapproval' },
    },
    completed: { meta: { settled: 'done' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
    superseded: { meta: { settled: 'superseded' }, type: 'final' },
  },
});
