import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { actionGuards } from './guards.ts';

/** By two people, never so that a root cause is left without an action; by the engine, where a newer plan has replaced it. */
const calledOff = { CANCELLED: { target: 'cancelled', guard: 'leavesNoCauseUncovered' }, CALL_OFF: 'cancelled' } as const;

/**
 * Action: the shared child of plans, nonconformities, reviews and tests (rules §6; docs/processes/action.md).
 * `OWNER_NAMED`, `NOTHING_OPEN`, `REASSIGNED`, `CANCELLED` and `WITHDRAWN` come from the kernel, `CALL_OFF` from the case behind it, all else from people.
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
      on: { OWNER_NAMED: { target: 'assigned', guard: 'hasOwner' }, ASSIGN: 'assigned', REASSIGNED: { target: 'assigned', guard: 'hasOwner' }, ...calledOff, WITHDRAWN: 'withdrawn' },
    },
    assigned: {
      meta: { task: 'acknowledge', deadline: ['acknowledgement', 'due'] },
      on: { ACKNOWLEDGE: 'acknowledged', DECLINE: 'proposed', WITHDRAWN: 'withdrawn', REASSIGNED: 'assigned', ...calledOff },
    },
    acknowledged: {
      meta: { task: 'carryOut', deadline: 'due' },
      on: { START: 'inProgress', SUBMIT: 'submitted', REASSIGNED: 'assigned', ...calledOff },
    },
    inProgress: {
      meta: { task: 'carryOut', deadline: 'due' },
      on: { BLOCK: 'blocked', SUBMIT: 'submitted', REASSIGNED: 'assigned', ...calledOff },
    },
    blocked: {
      meta: { task: ['unblock', 'helpUnblock'], deadline: 'due' },
      on: { UNBLOCK: 'inProgress', REASSIGNED: 'assigned', ...calledOff },
    },
    submitted: {
      meta: { task: 'verify', deadline: 'verification' },
      on: { VERIFY: 'verified', RETURN: 'inProgress', ...calledOff },
    },
    // Verified is done as soon as nothing is open on it.
    verified: { on: { NOTHING_OPEN: 'done' } },
    done: { meta: { settled: 'done' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
