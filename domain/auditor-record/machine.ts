import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { auditorRecordGuards } from './guards.ts';

const told = { DECLARED: {}, AUDITED: {} } as const;

/**
 * Record of an auditor — ISO/IEC 27001:2022 7.2, 9.2.2 (rules §7 "Auditor record"; docs/processes/auditorRecord.md). It is kept as long as the person
 * audits; what an audit tells of one who has stopped since is kept as well.
 */
export const auditorRecordMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(auditorRecordGuards),
}).createMachine({
  id: 'auditorRecord',
  initial: 'active',
  states: {
    active: {
      meta: { task: 'renewCompetence', deadline: 'competence' },
      on: { ...told, ADD_COMPETENCE: {}, END_COMPETENCE: { guard: 'isHeld' }, RETIRE: 'retired', HOLDER_LEFT: 'retired' },
    },
    retired: { meta: { settled: 'retired' }, on: { ...told, RESTORE: 'active' } },
  },
});
