import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { riskCriteriaGuards } from './guards.ts';

/**
 * A version of the risk criteria — ISO/IEC 27001:2022 6.1.2 a (rules §5 "Risk criteria"; docs/processes/riskCriteria.md). Only one
 * is active: an approved one waits until its predecessor has let go.
 */
export const riskCriteriaMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(riskCriteriaGuards),
}).createMachine({
  id: 'riskCriteria',
  initial: 'draft',
  states: {
    draft: {
      meta: { task: 'submitCriteria' },
      on: { SUBMIT: { target: 'inApproval', guard: 'isWhole' }, EDIT: {}, WITHDRAWN: 'withdrawn' },
    },
    inApproval: {
      meta: { round: 'criteria', deadline: 'approval' },
      on: { APPROVED: 'approved', REJECTED: 'draft', EDIT: { guard: 'isWhole' }, WITHDRAWN: 'withdrawn' },
    },
    approved: { meta: { task: 'seeToActivation', deadline: 'activation' }, on: { NONE_ACTIVE: { target: 'active', guard: 'isNext' } } },
    active: { meta: { settled: 'active' }, on: { SUPERSEDE: 'superseded' } },
    superseded: { meta: { settled: 'superseded' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
