import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { acceptanceGuards } from './guards.ts';

/** Nobody needs it any more: it has not taken effect yet. */
const beforeItHolds = { PREDECESSOR_ENDED: 'withdrawn', SUPERSEDE: 'withdrawn', REVOKE_BY_TRIGGER: 'withdrawn' } as const;

/** In force, whether or not its end is near. */
const whileInEffect = {
  CONFIRM_TAKEN_OVER: { guard: 'isToBeConfirmed' },
  REVOKE: 'revoked',
  REVOKE_BY_TRIGGER: 'revoked',
  CRITERIA_CHANGED: { target: 'revoked', guard: 'isNotInterim' },
  SUPERSEDE: 'renewed',
  LAPSE: { target: 'expired', guard: 'isInterim' },
} as const;

/**
 * Acceptance of a risk — ISO/IEC 27001:2022 6.1.3 f (rules §6 and §18 "Acceptance"; docs/processes/acceptance.md). SIGNED, STARTS and
 * PREDECESSOR_ENDED are raised as soon as they hold; SUPERSEDE, LAPSE, REVOKE_BY_TRIGGER and CRITERIA_CHANGED come from other cases.
 */
export const acceptanceMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(acceptanceGuards),
}).createMachine({
  id: 'acceptance',
  initial: 'requested',
  on: { OWNER_CHANGED: {} },
  states: {
    requested: {
      meta: { task: 'comment', deadline: 'comment' },
      on: { SIGNED: 'granted', COMMENT_ON: 'underReview', ...beforeItHolds, CANCELLED: 'withdrawn' },
    },
    underReview: {
      meta: { round: 'acceptance', deadline: 'decision' },
      on: { APPROVED: 'granted', REJECTED: 'refused', SET_UNTIL: { guard: 'isWithinCap' }, ...beforeItHolds, CANCELLED: 'withdrawn' },
    },
    // Accepted, but another one of the same risk is still in force: it takes its place, or waits for its end.
    granted: { on: { STARTS: 'active', ...beforeItHolds } },
    active: {
      meta: { window: 'untilExpiring', deadline: ['validity', 'takenOverConfirmation'], task: 'confirmTakenOver' },
      on: {
        WINDOW_ELAPSED: 'expiring',
        ...whileInEffect,
      },
    },
    expiring: {
      meta: { window: 'validity', deadline: ['validity', 'takenOverConfirmation'], task: ['renew', 'decideAgainst', 'confirmTakenOver'] },
      on: {
        WINDOW_ELAPSED: [{ target: 'renewed', guard: 'hasSuccessor' }, { target: 'expired' }],
        RENEW: { guard: 'mayBeRenewed' },
        DECIDE_AGAINST: { target: 'revoked', guard: 'isRenewedOften' },
        ...whileInEffect,
      },
    },
    renewed: { meta: { settled: 'renewed' }, type: 'final' },
    expired: { meta: { settled: 'expired' }, type: 'final' },
    revoked: { meta: { settled: 'revoked' }, type: 'final' },
    refused: { meta: { settled: 'refused' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
