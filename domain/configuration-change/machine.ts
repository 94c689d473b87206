import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { configurationChangeGuards } from './guards.ts';

/**
 * Change of the configuration (rules §16.6; docs/processes/configurationChange.md). Its values hold from the instant at which its
 * window ends, whatever the engine has noticed so far; the states say what people have to do with it.
 */
export const configurationChangeMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(configurationChangeGuards),
}).createMachine({
  id: 'configurationChange',
  initial: 'draft',
  states: {
    draft: {
      meta: { task: 'submitChange' },
      on: { SUBMIT: { target: 'approval', guard: 'isReady' }, EDIT: {}, WITHDRAWN: 'withdrawn' },
    },
    approval: {
      meta: { round: 'change', deadline: 'approval' },
      on: { APPROVED: 'scheduled', REJECTED: 'draft', EDIT: {}, WITHDRAWN: 'withdrawn' },
    },
    // Until its first day.
    scheduled: { meta: { window: 'waiting' }, on: { WINDOW_ELAPSED: 'inForce', REVOKE: 'withdrawn' } },
    inForce: { meta: { settled: 'inForce' }, on: { SUPERSEDE: 'superseded' } },
    superseded: { meta: { settled: 'superseded' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
