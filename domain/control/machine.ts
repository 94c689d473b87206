import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { controlGuards } from './guards.ts';

/** Control (ISO/IEC 27001:2022 6.1.3; rules §6.1; docs/processes/control.md): it is kept; one of the organisation's own may be given up. */
export const controlMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(controlGuards),
}).createMachine({
  id: 'control',
  initial: 'kept',
  states: {
    kept: {
      meta: { task: 'nameOwner' },
      on: {
        ...{ AMEND: {}, SET_STATUS: {}, VERIFY: {}, NOT_EFFECTIVE: {}, MANDATE: {}, PLAN_ACTION: {} },
        ...{ NAME_OWNER: { guard: 'hasNoOwner' }, LIFT_MANDATE: { guard: 'hasMandate' } },
        RETIRE: { target: 'retired', guard: 'isOwn' },
      },
    },
    retired: { meta: { settled: 'retired' }, on: { RESTORE: 'kept' } },
  },
});
