import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { actionGuards } from './guards.ts';

/**
 * Action: the shared child of plans, nonconformities, reviews and tests (rules §6; docs/processes/action.md).
 * `OWNER_NAMED`, `NOTHING_OPEN` and `REASSIGNED` come from the kernel, all else from people.
 */
export const actionMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(actionGuards),
}).createMachine({
  id: 'action',
  initial: 'proposed',
  states: {
    proposed: {
      meta: { task: 'assign', deadline: 'due' },
      on: { OWNER_NAMED: { target: 'assigned', guard: 'hasOwner' }, ASSIGN: 'assigned', REASSIGNED: { target: 'assigned', guard: 'hasOwner' }, CANCEL: { target: 'cancelled', guard: 'leavesNoCauseUncovered' }, WITHDRAW: 'cancelled' },
    },
    assigned: {
      meta: { task: 'acknowledge', deadline: ['acknowledgement', 'due'] },
      on: { ACKNOWLEDGE: 'acknowledged', DECLINE: 'proposed', WITHDRAW: 'cancelled', REASSIGNED: 'assigned', CANCEL: { target: 'cancelled', guard: 'leavesNoCauseUncovered' } },
    },
    acknowledged: {
      meta: { task: 'carryOut', deadline: 'due' },
      on: { START: 'inProgress', SUBMIT: 'submitted', REASSIGNED: 'assigned', CANCEL: { target: 'cancelled', guard: 'leavesNoCauseUncovered' } },
    },
    inProgress: {
      meta: { task: 'carryOut', deadline: 'due' },
      on: { BLOCK: 'blocked', SUBMIT: 'submitted', REASSIGNED: 'assigned', CANCEL: { target: 'cancelled', guard: 'leavesNoCauseUncovered' } },
    },
    blocked: {
      meta: { task: ['unblock', 'helpUnblock'], deadline: 'due' },
      on: { UNBLOCK: 'inProgress', REASSIGNED: 'assigned', CANCEL: { target: 'cancelled', guard: 'leavesNoCauseUncovered' } },
    },
    submitted: {
      meta: { task: 'verify', deadline: 'verification' },
      on: { VERIFY: 'verified', RETURN: 'inProgress', CANCEL: { target: 'cancelled', guard: 'leavesNoCauseUncovered' } },
    },
    // Verified is done as soon as nothing is open on it.
    verified: { on: { NOTHING_OPEN: 'done' } },
    done: { meta: { settled: 'done' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
  },
});
