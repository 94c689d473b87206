import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { registerGuards } from './guards.ts';

/** An entry of a register (ISO/IEC 27001:2022 A.5.9): in use, or no more. */
export function registerMachine(id: string) {
  return setup({
    types: {} as { events: MachineEvent; meta: StateMeta },
    guards: predicates(registerGuards),
  }).createMachine({
    id,
    initial: 'inUse',
    states: {
      inUse: {
        meta: { task: 'nameOwner' },
        on: { AMEND: {}, NAME_OWNER: { guard: 'hasNoOwner' }, RETIRE: 'retired' },
      },
      retired: { meta: { settled: 'retired' }, on: { RESTORE: 'inUse' } },
    },
  });
}
