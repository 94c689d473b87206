import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { findingGuards } from './guards.ts';

/** The second level is asked once and decides beside the state: neither confirmation nor report waits for it. */
const appeal = { APPEAL: { guard: 'mayAppeal' }, ruling: { guard: 'isAppealed' } } as const;

/** Until the report is issued a ruling regrades where the finding stands, or ends it. */
const ruledBeforeIssue = [{ target: 'withdrawn', guard: 'isRuledOut' }, appeal.ruling] as const;

const toNonconformity = { target: 'ncRaised', guard: 'becomesNonconformity' } as const;
const toImprovement = { target: 'ofiLogged', guard: 'becomesImprovement' } as const;
const toPositive = { target: 'positive', guard: 'becomesPositive' } as const;

/**
 * Finding of an internal audit — ISO/IEC 27001:2022 9.2 (rules §7 "Finding" and §18 "Audit"; docs/processes/finding.md). PRESENT, CONFIRM, ISSUE and
 * LEAD_CHANGED come from the audit, LINKS_SETTLED, NOTHING_OPEN and WITHDRAWN from the kernel, all else from people.
 */
export const findingMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(findingGuards),
}).createMachine({
  id: 'finding',
  initial: 'draft',
  // What cannot wait for the report reaches the ISO from anywhere.
  on: { MARK_URGENT: { guard: 'isNotUrgentYet' }, TAKE_NOTE: { guard: 'isToBeNoted' }, LEAD_CHANGED: {} },
  states: {
    draft: {
      meta: { task: ['completeFinding', 'takeNote'], deadline: 'urgent' },
      on: { AMEND: {}, GRADE: {}, NOT_THE_SAME: { guard: 'isTakenForIt' }, PRESENT: 'presented', WITHDRAWN: 'withdrawn' },
    },
    presented: {
      meta: { task: ['gradeFinding', 'considerFinding', 'takeNote'], deadline: 'urgent' },
      on: { GRADE: {}, NOT_THE_SAME: { guard: 'isTakenForIt' }, DISPUTE: 'disputed', CONFIRM: { target: 'confirmed', guard: 'isGraded' }, WITHDRAWN: 'withdrawn' },
    },
    disputed: {
      meta: { task: ['answerDispute', 'takeNote'], deadline: ['disputeAnswer', 'urgent'] },
      on: { ANSWER_DISPUTE: { target: 'answered', guard: 'isAnsweredWithGrade' }, WITHDRAWN: 'withdrawn' },
    },
    answered: {
      meta: { task: ['considerAnswer', 'decideAppeal', 'takeNote'], deadline: ['ruling', 'urgent'] },
      on: {
        GRADE: { guard: 'isNotRuledOn' },
        NOT_THE_SAME: { guard: 'isTakenForIt' },
        APPEAL: appeal.APPEAL,
        DECIDE_APPEAL: ruledBeforeIssue,
        CONFIRM: { target: 'confirmed', guard: 'isGraded' },
        WITHDRAWN: 'withdrawn',
      },
    },
    confirmed: {
      meta: { task: ['decideAppeal', 'takeNote'], deadline: ['ruling', 'urgent'] },
      on: {
        GRADE: { guard: 'isNotRuledOn' },
        NOT_THE_SAME: { guard: 'isTakenForIt' },
        APPEAL: appeal.APPEAL,
        DECIDE_APPEAL: ruledBeforeIssue,
        ISSUE: [toNonconformity, toImprovement, toPositive],
        WITHDRAWN: 'withdrawn',
      },
    },
    // One nonconformity for each unit, opened with the report (L4).
    ncRaised: {
      meta: { task: ['seeToNonconformities', 'decideAppeal', 'takeNote'], deadline: ['ruling', 'urgent'] },
      on: {
        LINKS_SETTLED: { target: 'closed', guard: 'hasNoOpenAppeal' },
        APPEAL: appeal.APPEAL,
        DECIDE_APPEAL: [{ target: 'withdrawn', guard: 'isRuledOut' }, toImprovement, toPositive, appeal.ruling],
        REGRADE: [toImprovement, toPositive, {}],
      },
    },
    ofiLogged: {
      meta: { task: ['decideOfi', 'decideAppeal', 'takeNote'], deadline: ['ofiDecision', 'ruling', 'urgent'] },
      on: {
        DECIDE_OFI: { target: 'closed', guard: 'hasNoOpenAppeal' },
        APPEAL: appeal.APPEAL,
        DECIDE_APPEAL: [{ target: 'withdrawn', guard: 'isRuledOut' }, toNonconformity, toPositive, appeal.ruling],
        REGRADE: [toNonconformity, toPositive],
      },
    },
    // Good news needs no work; it ends unless the second level has been asked.
    positive: {
      meta: { task: ['decideAppeal', 'takeNote'], deadline: ['ruling', 'urgent'] },
      on: {
        NOTHING_OPEN: { target: 'closed', guard: 'hasNoOpenAppeal' },
        DECIDE_APPEAL: [{ target: 'withdrawn', guard: 'isRuledOut' }, toNonconformity, toImprovement, appeal.ruling],
      },
    },
    closed: { meta: { settled: 'done' }, type: 'final' },
    withdrawn: { meta: { settled: 'withdrawn' }, type: 'final' },
  },
});
