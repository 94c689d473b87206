import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { statementGuards } from './guards.ts';

/**
 * Statement of Applicability (ISO/IEC 27001:2022 6.1.3 d; rules §6.1; docs/processes/statementOfApplicability.md): a version is derived,
 * completed, reviewed, approved; in force until the next one is.
 */
export const statementMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(statementGuards),
}).createMachine({
  id: 'statementOfApplicability',
  initial: 'draft',
  on: { CANCELLED: '.cancelled' },
  states: {
    draft: {
      meta: { task: 'completeStatement', deadline: 'completion' },
      on: { REDERIVE: {}, JUSTIFY: {}, SUBMIT: { target: 'isoReview', guard: 'isConsistent' }, WITHDRAWN: 'withdrawn' },
    },
    isoReview: {
      meta: { task: 'reviewStatement', deadline: 'review' },
      on: { REDERIVE: {}, JUSTIFY: {}, PRESENT: { target: 'inApproval', guard: 'isConsistent' }, RETURN: 'draft', WITHDRAWN: 'withdrawn' },
    },
    inApproval: {
      meta: { round: 'statement', deadline: 'approval' },
      on: { REDERIVE: {}, APPROVED: 'effective', REJECTED: 'draft', WITHDRAWN: 'withdrawn' },
    },
    effective: { meta: { window: 'interval' }, on: { WINDOW_ELAPSED: 'reviewDue', SUPERSEDE: 'superseded' } },
    // Still in force: the next version, be it the same again, supersedes it.
    reviewDue: { meta: { task: 'awaitNextVersion' }, on: { SUPERSEDE: 'superseded' } },
    superseded: { meta: { settled: 'superseded' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
  },
});
