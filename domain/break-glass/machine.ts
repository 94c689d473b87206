import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import type { MachineEvent } from '../kernel/machine.ts';

/**
 * Break-glass (rules §3.2 SOD-13; docs/processes/breakGlass.md). It gives powers by the hours of its window alone; the states say what
 * people have to do with it.
 */
export const breakGlassMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
}).createMachine({
  id: 'breakGlass',
  initial: 'requested',
  states: {
    requested: {
      meta: { round: 'grant', deadline: 'grant' },
      on: { APPROVED: 'active', REJECTED: 'refused', WITHDRAWN: 'withdrawn', HOLDER_LEFT: 'withdrawn' },
    },
    active: {
      meta: { window: 'hours' },
      on: { WINDOW_ELAPSED: 'review', END: 'review', USED: {}, HOLDER_LEFT: 'review' },
    },
    review: { meta: { task: 'reviewBreakGlass', deadline: 'review' }, on: { CONFIRM_REVIEW: 'reviewed', USED: {} } },
    // A decision that was on its way when the review was confirmed opens it again.
    reviewed: { meta: { settled: 'reviewed' }, on: { USED: 'review' } },
    refused: { meta: { settled: 'refused' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
