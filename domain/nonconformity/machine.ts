import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { nonconformityGuards } from './guards.ts';

/**
 * Nonconformity and corrective action — ISO/IEC 27001:2022 10.2 (rules §8 and §18; docs/processes/nonconformity.md).
 * APPROVED, REJECTED, LAPSED, LINKS_SETTLED, WINDOW_ELAPSED, CANCELLED, WITHDRAWN and LINK_WITHDRAWN come from the kernel, all else from people.
 */
export const nonconformityMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(nonconformityGuards),
}).createMachine({
  id: 'nonconformity',
  initial: 'reported',
  // Possible as long as the case is open: grading by who may (SOD-07), a waiver, and what is reported again or by the outside body.
  on: { REGRADE: {}, WAIVE_REPORTING_LINE: {}, COUNT_OCCURRENCE: {}, FOUND_AGAIN: {}, CLOSED_BY_CB: { guard: 'isExternal' }, SEND_CB_EVIDENCE: { guard: 'isExternal' }, CANCELLED: { target: '.cancelled', guard: 'isNotFromAudit' } },
  states: {
    reported: {
      meta: { task: 'triage', deadline: 'triage' },
      on: {
        ACCEPT: { target: 'containment', guard: 'keepsAuditGrade' },
        REJECT_NOT_NC: { target: 'rejected', guard: 'isNotFromAudit' },
        MARK_DUPLICATE: { target: 'duplicate', guard: 'duplicatesAnOpenOne' },
        WITHDRAWN: 'withdrawn',
      },
    },
    containment: {
      meta: { task: 'correct', deadline: ['containment', 'causeAndPlan', 'evidenceForCb'] },
      on: { RECORD_CORRECTION: 'causeAnalysis', CORRECTION_NOT_POSSIBLE: 'causeAnalysis', WITHDRAWN: 'withdrawn' },
    },
    causeAnalysis: {
      meta: { task: 'analyseCause', deadline: ['causeAndPlan', 'evidenceForCb'] },
      on: { SUBMIT_CAUSE: { target: 'caDecision', guard: 'explainsCause' }, WITHDRAWN: 'withdrawn' },
    },
    caDecision: {
      meta: { task: 'decideCorrectiveAction', deadline: ['causeAndPlan', 'evidenceForCb'] },
      on: { NO_CA_NEEDED: { target: 'implemented', guard: 'needsNoCorrectiveAction' }, CA_NEEDED: 'planning', WITHDRAWN: 'withdrawn' },
    },
    planning: {
      meta: { task: 'plan', deadline: ['causeAndPlan', 'evidenceForCb'] },
      on: { SUBMIT_PLAN: { target: 'planApproval', guard: 'coversEveryCause' }, WITHDRAWN: 'withdrawn' },
    },
    planApproval: {
      meta: { round: 'correctiveActionPlan', deadline: ['planApproval', 'evidenceForCb'] },
      on: {
        APPROVED: 'implementing',
        REJECTED: [{ target: 'causeAnalysis', guard: 'rejectsCause' }, { target: 'planning' }],
        REVISE_PLAN: { guard: 'coversEveryCause' },
        WITHDRAWN: 'withdrawn',
      },
    },
    implementing: {
      meta: { task: 'replanIfNeeded', deadline: ['implementation', 'evidenceForCb'] },
      on: { LINKS_SETTLED: { target: 'implemented', guard: 'everyCauseHasADoneAction' }, REPLAN: 'planning', LAPSED: 'reapproval' },
    },
    // A condition was not met in time: approval is asked for again, and the actions go on meanwhile (rules §18).
    reapproval: {
      meta: { round: 'correctiveActionPlan', deadline: ['reapproval', 'implementation', 'evidenceForCb'] },
      on: {
        APPROVED: 'implementing',
        REJECTED: [{ target: 'causeAnalysis', guard: 'rejectsCause' }, { target: 'planning' }],
        REVISE_PLAN: { guard: 'coversEveryCause' },
      },
    },
    implemented: {
      meta: { task: 'confirmImplementation', deadline: ['confirmation', 'evidenceForCb'] },
      on: {
        CONFIRM_IMPLEMENTATION: [{ target: 'closed', guard: 'isCorrectionOnly' }, { target: 'monitoring', guard: 'hasMetConditions' }],
        NOT_CONFIRMED: [{ target: 'containment', guard: 'isCorrectionOnly' }, { target: 'implementing', guard: 'namesWhatToRedo' }],
        LAPSED: 'reapproval',
      },
    },
    monitoring: {
      meta: { window: 'effectiveness', deadline: 'evidenceForCb' },
      on: {
        WINDOW_ELAPSED: 'effectivenessReview',
        RECURRENCE: 'effectivenessReview',
        RECORD_OCCURRENCE: [{ target: 'effectivenessReview', guard: 'completesOccurrences' }, {}],
      },
    },
    effectivenessReview: {
      meta: { task: 'judge', deadline: ['effectivenessReview', 'evidenceForCb'] },
      on: {
        EFFECTIVE: { target: 'closed', guard: 'evidenceIsAfterImplementation' },
        INEFFECTIVE: 'causeAnalysis',
        INCONCLUSIVE: { target: 'monitoring', guard: 'isFirstInconclusive' },
      },
    },
    closed: { meta: { settled: 'done' }, on: { REOPEN: { target: 'causeAnalysis', guard: 'isWithin24Months' } } },
    rejected: { meta: { settled: 'rejected' }, on: { APPEAL: { target: 'appealed', guard: 'mayAppeal' } } },
    appealed: { meta: { task: 'rule', deadline: 'ruling' }, on: { UPHOLD_APPEAL: 'containment', DISMISS_APPEAL: 'rejected' } },
    // What it repeats was withdrawn: it stands for itself again (rules §16.1).
    duplicate: { meta: { settled: 'duplicate' }, on: { LINK_WITHDRAWN: { target: 'reported', guard: 'repeatsWhatWasWithdrawn' } } },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
