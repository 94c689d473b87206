import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { contextRecordGuards } from './guards.ts';

/**
 * Record of the context (ISO/IEC 27001:2022 4.1, 4.2, 4.3; docs/processes/contextRecord.md): prepared, confirmed, and after a year
 * looked at again. A version that is confirmed stands until its window ends, also while the next one is prepared.
 */
export const contextRecordMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(contextRecordGuards),
}).createMachine({
  id: 'contextRecord',
  initial: 'preparing',
  on: { CANCELLED: '.retired' },
  states: {
    preparing: { meta: { task: 'prepare', deadline: 'preparation' }, on: { AMEND: { guard: 'isOfItsKind' }, SUBMIT: 'confirmation' } },
    confirmation: {
      meta: { task: 'confirm', deadline: 'confirmation' },
      on: { CONFIRM: { target: 'current', guard: 'isWhatWasSeen' }, RETURN: 'preparing', AMEND: { guard: 'isOfItsKind' } },
    },
    current: {
      meta: { window: 'validity' },
      on: { AMEND: { target: 'preparing', guard: 'isOfItsKind' }, SUBMIT: 'confirmation', WINDOW_ELAPSED: 'reviewDue' },
    },
    reviewDue: { meta: { task: 'review', deadline: 'review' }, on: { AMEND: { guard: 'isOfItsKind' }, SUBMIT: 'confirmation' } },
    retired: { meta: { settled: 'retired' }, type: 'final' },
  },
});
