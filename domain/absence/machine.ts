import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import type { MachineEvent } from '../kernel/machine.ts';

/** Absence (rules §3.3; docs/processes/absence.md): it begins and ends by itself. */
export const absenceMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
}).createMachine({
  id: 'absence',
  initial: 'planned',
  states: {
    planned: {
      meta: { window: 'beginning' },
      on: { WINDOW_ELAPSED: 'ongoing', CHANGE_END: 'planned', NAME_SUBSTITUTE: {}, CANCEL: 'cancelled' },
    },
    ongoing: {
      meta: { window: 'absence', task: 'nameSubstitute' },
      on: { WINDOW_ELAPSED: 'ended', RETURN: 'ended', CHANGE_END: 'ongoing', NAME_SUBSTITUTE: {} },
    },
    ended: { meta: { settled: 'ended' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
  },
});
