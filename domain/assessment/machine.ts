import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { assessmentGuards } from './guards.ts';

/**
 * Risk assessment — ISO/IEC 27001:2022 6.1.2, 8.2 (rules §5 and §18; docs/processes/assessment.md). Ratings are made on the risks.
 * ALL_CONFIRMED and CONFIRMATION_VOID follow from what the risks are at the moment; APPROVED and REJECTED come from the round.
 */

/** Asked of somebody whatever stage it is. */
const continueOrRestart = 'continueOrRestart';
const always = ['cycle', 'basis'];

/** Scope or criteria change under way: the ISO continues with what is pinned, or begins anew (rules §5). */
const basis = {
  SCOPE_CHANGED: {},
  CRITERIA_CHANGED: {},
  CONTINUE_PINNED: { guard: 'isBasisUndecided' as const },
  RESTART: { target: 'planning', guard: 'isBasisUndecided' as const },
};
/** A missed risk may be added until the result is approved, and goes alone through the earlier steps (rules §18). */
const risks = { ADD_RISK: {}, CARRY_OVER: { guard: 'takesOpenRisks' as const }, EXCLUDE_RISK: { guard: 'isItsRisk' as const } };
/** The owner's word may come before the stage that asks for it, where a risk is to be treated at once (rules §18). */
const confirm = { CONFIRM: { guard: 'isWhatOwnersSaw' as const }, RELEASE_FOR_TREATMENT: { guard: 'isGraveAndConfirmed' as const } };

export const assessmentMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(assessmentGuards),
}).createMachine({
  id: 'assessment',
  initial: 'triggered',
  on: { ADD_TRIGGER: { guard: 'coversTrigger' }, CANCELLED: { target: '.cancelled', guard: 'isNotMandatory' } },
  states: {
    triggered: {
      meta: { task: ['triage', 'confirmNotNeeded'], deadline: 'triage' },
      on: {
        TRIAGE: { target: 'planning', guard: 'fitsScope' },
        NOT_NEEDED: [{ target: 'dismissed', guard: 'needsNoSecondPerson' }, {}],
        CONFIRM_NOT_NEEDED: { target: 'dismissed', guard: 'isProposedNotNeeded' },
        REFUSE_NOT_NEEDED: { guard: 'isProposedNotNeeded' },
      },
    },
    planning: { meta: { task: 'start', deadline: 'planning' }, on: { START: { target: 'identification', guard: 'isReadyToStart' } } },
    identification: {
      meta: { task: ['identify', continueOrRestart], deadline: ['identification', ...always] },
      on: { ...risks, ...basis, DECLARE_NONE: { guard: 'isItemWithoutRisk' }, COMPLETE_IDENTIFICATION: { target: 'analysis', guard: 'isIdentified' } },
    },
    analysis: {
      meta: { task: ['analyse', continueOrRestart], deadline: ['analysis', ...always] },
      on: { ...risks, ...basis, ...confirm, COMPLETE_ANALYSIS: { target: 'evaluation', guard: 'isAnalysed' }, REOPEN: 'identification' },
    },
    evaluation: {
      meta: { task: ['evaluate', continueOrRestart], deadline: ['analysis', ...always] },
      on: { ...risks, ...basis, ...confirm, COMPLETE_EVALUATION: { target: 'ownerReview', guard: 'isEvaluated' }, REOPEN: 'identification' },
    },
    ownerReview: {
      meta: { task: ['confirmRisks', 'completeRisks', continueOrRestart], deadline: ['ownerReview', ...always] },
      on: {
        ...risks,
        ...basis,
        ...confirm,
        DISPUTE: { target: 'rework', guard: 'mayDispute' },
        ALL_CONFIRMED: 'resultApproval',
        REOPEN: 'identification',
      },
    },
    rework: {
      meta: { task: ['answer', 'ruleDispute', 'confirmRisks', continueOrRestart], deadline: ['rework', ...always] },
      on: {
        ...risks,
        ...basis,
        ...confirm,
        DISPUTE: { guard: 'mayDispute' },
        RESUBMIT: [{ target: 'ownerReview', guard: 'answersTheLast' }, { guard: 'answersOne' }],
        RULE: [{ target: 'ownerReview', guard: 'rulesTheLast' }, { guard: 'rulesOne' }],
        REOPEN: 'identification',
      },
    },
    resultApproval: {
      meta: { round: 'assessmentResult', task: continueOrRestart, deadline: ['resultApproval', ...always] },
      on: { ...basis, APPROVED: 'completed', REJECTED: 'rework', CONFIRMATION_VOID: 'ownerReview', REOPEN: 'identification' },
    },
    completed: { meta: { settled: 'done' }, type: 'final' },
    dismissed: { meta: { settled: 'dismissed' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
  },
});
