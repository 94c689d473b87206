import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { departureGuards } from './guards.ts';

/** Departure (rules §3.3; docs/processes/departure.md): announced, told to every case concerned, over when all have somebody. */
export const departureMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(departureGuards),
}).createMachine({
  id: 'departure',
  initial: 'announced',
  states: {
    announced: {
      meta: { window: 'lastDay' },
      on: { WINDOW_ELAPSED: 'telling', CHANGE_LAST_DAY: 'announced', WITHDRAWN: 'withdrawn' },
    },
    telling: { meta: { deadline: 'listing' }, on: { BROADCAST_ENDED: 'reassigning' } },
    reassigning: {
      meta: { task: 'seeToReassignment', deadline: 'reassignment' },
      on: { NOTHING_OPEN: { target: 'done', guard: 'hasEverybodyAnOwner' } },
    },
    done: { meta: { settled: 'done' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
