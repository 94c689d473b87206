import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { treatmentPlanGuards } from './guards.ts';

/** Whether or not somebody has begun, as long as the plan is carried out. */
const whileCarriedOut = {
  TREATMENT_LATE: {},
  MATERIAL_CHANGE: 'rework',
  WAIVE_ACTION: { guard: 'isAMandatoryAction' },
  PROLONG_INTERIM: { guard: 'hasLapsed' },
  DECIDE_BASIS: [{ target: 'superseded', guard: 'supersedes' }, { target: 'rework', guard: 'changes' }, { guard: 'keeps' }],
  RELEASE_RISK: { guard: 'isNotTheLast' },
  LAPSED: 'reapproval',
} as const;

/**
 * Treatment plan — ISO/IEC 27001:2022 6.1.3 and 8.3 (rules §6 and §18; docs/processes/treatmentPlan.md). WORK_STARTED, RETAINED,
 * TREATMENT_LATE, RESIDUALS_ACCEPTED and RESIDUAL_REFUSED are raised as soon as they hold.
 */
export const treatmentPlanMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(treatmentPlanGuards),
}).createMachine({
  id: 'treatmentPlan',
  initial: 'draft',
  // What other cases tell a plan as long as it is open; two people call it off.
  on: { OWNER_CHANGED: {}, BASIS_CHANGED: {}, ACCEPTANCE_ENDED: {}, CANCELLED: '.cancelled' },
  states: {
    draft: {
      meta: { task: 'submit', deadline: 'submission' },
      on: { SUBMIT: { target: 'isoReview', guard: 'isComplete' }, RELEASE_RISK: { guard: 'isNotTheLast' }, WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' } },
    },
    isoReview: {
      meta: { task: 'endorse', deadline: 'isoReview' },
      on: { ENDORSE: { target: 'ownerApproval', guard: 'isWhatWasSeen' }, RETURN: 'rework', WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' } },
    },
    ownerApproval: {
      meta: { round: 'ownerApproval', deadline: 'ownerApproval' },
      on: { APPROVED: [{ target: 'budgetApproval', guard: 'needsBudget' }, { target: 'topApproval', guard: 'needsTopManagement' }, { target: 'approved' }], REJECTED: 'rework', WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' } },
    },
    budgetApproval: {
      meta: { round: 'budgetApproval', deadline: 'budgetApproval' },
      on: { APPROVED: [{ target: 'topApproval', guard: 'needsTopManagement' }, { target: 'approved' }], REJECTED: 'rework' },
    },
    topApproval: {
      meta: { round: 'topApproval', deadline: 'topApproval' },
      on: { APPROVED: 'approved', REJECTED: 'rework' },
    },
    rework: {
      meta: { task: 'rework', deadline: 'submission' },
      on: {
        RESUBMIT: { target: 'isoReview', guard: 'isComplete' },
        SPLIT: { target: 'superseded', guard: 'isSplittable' },
        KEEP_VERSION: { target: 'implementing', guard: 'aVersionIsInForce' },
        RELEASE_RISK: { guard: 'isNotTheLast' },
        WITHDRAWN: { target: 'cancelled', guard: 'nothingIsInForce' },
      },
    },
    // Actions and interim acceptances are under way; nobody has begun yet. What is only retained ends here.
    approved: {
      meta: { task: ['seeToStart', 'decideLapsed', 'decideBasis'], deadline: ['firstAction', 'implementation'] },
      on: {
        RETAINED: 'completed',
        WORK_STARTED: 'implementing',
        ...whileCarriedOut,
      },
    },
    implementing: {
      meta: { task: ['seeToActions', 'decideLapsed', 'decideBasis'], deadline: 'implementation' },
      on: {
        LINKS_SETTLED: { target: 'residualAssessment', guard: 'everyMandatoryActionIsDone' },
        ...whileCarriedOut,
      },
    },
    // A condition was not met in time: approval is asked for again, and the actions go on meanwhile (rules §18).
    reapproval: {
      meta: { round: 'ownerApproval', deadline: ['ownerApproval', 'implementation'] },
      on: { APPROVED: 'implementing', REJECTED: 'rework' },
    },
    residualAssessment: {
      meta: { task: ['assessResidual', 'decideLapsed'], deadline: 'residualAssessment' },
      on: { SUBMIT_RESIDUAL: { target: 'residualAcceptance', guard: 'ratesEveryRisk' }, PROLONG_INTERIM: { guard: 'hasLapsed' }, MATERIAL_CHANGE: 'rework', LAPSED: 'reapproval' },
    },
    residualAcceptance: {
      meta: { task: 'seeToResidual', deadline: 'residualAcceptance' },
      on: { RESIDUALS_ACCEPTED: 'completed', RESIDUAL_REFUSED: 'draft', LAPSED: 'reapproval' },
    },
    completed: { meta: { settled: 'done' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
    superseded: { meta: { settled: 'superseded' }, type: 'final' },
  },
});
