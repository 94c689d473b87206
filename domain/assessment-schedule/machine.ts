import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { assessmentScheduleGuards } from './guards.ts';

/**
 * Schedule of assessments (ISO/IEC 27001:2022 8.2; docs/processes/assessmentSchedule.md). On entering `due` the next date is reckoned
 * from the planned one, so that a late cycle shifts nothing; NOTHING_OPEN takes it on at once.
 */
export const assessmentScheduleMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(assessmentScheduleGuards),
}).createMachine({
  id: 'assessmentSchedule',
  initial: 'waiting',
  states: {
    waiting: {
      meta: { window: 'interval' },
      on: {
        WINDOW_ELAPSED: 'due',
        CHANGE: { target: 'waiting', guard: 'keepsInterval' },
        CYCLE_COMPLETED: {},
        CANCELLED: { target: 'stopped', guard: 'isNotTheWhole' },
      },
    },
    due: { on: { NOTHING_OPEN: 'waiting' } },
    stopped: { meta: { settled: 'stopped' }, type: 'final' },
  },
});
