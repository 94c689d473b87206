import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { auditGuards } from './guards.ts';

/** Until the opening meeting: another window, another team, or none of it, as long as nothing of the universe gets lost (rules §7). */
const beforeFieldwork = {
  ASSIGN_TEAM: { target: 'scheduled', guard: 'isFitTeam' },
  DECLINE: 'scheduled',
  WAIVE: { guard: 'isToBeWaived' },
  DECLARE_URGENT: {},
  POSTPONE: { target: 'scheduled', guard: 'isLater' },
  REPLAN: { guard: 'goesOnInTheCycle' },
  CANCELLED: { target: 'cancelled', guard: 'isReplanned' },
} as const;

/** An auditor in conflict is replaced, whatever the stage (rules §18). */
const replacing = {
  DECLARE: {},
  WAIVE: { guard: 'isToBeWaived' },
  LEAVE_UNCOVERED: { guard: 'lacksIndependence' },
  OBSTACLE: { guard: 'areItems' },
} as const;

const samples = { ANSWER_SAMPLE: { guard: 'isAsked' } } as const;

/** After fieldwork: audited again by somebody else. */
const again = { REPERFORM: { target: 'fieldwork', guard: 'isDoneAgain' } } as const;

/**
 * Internal audit — ISO/IEC 27001:2022 9.2 (rules §7 and §18; docs/processes/audit.md). TEAM_DECLARED and ACKNOWLEDGEMENT_MISSING are raised
 * as soon as they hold; findings are cases of their own.
 */
export const auditMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(auditGuards),
}).createMachine({
  id: 'audit',
  initial: 'scheduled',
  states: {
    scheduled: {
      meta: { task: ['assignTeam', 'declare'], deadline: 'team' },
      on: { ...beforeFieldwork, ASSIGN_TEAM: { guard: 'isFitTeam' }, DECLINE: {}, DECLARE: {}, TEAM_DECLARED: 'preparation' },
    },
    preparation: {
      meta: { task: ['preparePlan', 'decideObjection', 'declare'], deadline: 'auditPlan' },
      on: { ...beforeFieldwork, DECLARE: {}, DECIDE_OBJECTION: { guard: 'isOpenObjection' }, SUBMIT_PLAN: { target: 'planSent', guard: 'isSoundPlan' } },
    },
    planSent: {
      meta: { task: ['agree', 'letPlanStand'], deadline: 'agreement' },
      on: {
        ...beforeFieldwork,
        AGREE: [{ target: 'ready', guard: 'agreesLast' }, { guard: 'agreesToIt' }],
        REQUEST_CHANGE: { target: 'preparation', guard: 'isForAuditeeToAsk' },
        LET_PLAN_STAND: { target: 'ready', guard: 'mayStand' },
        CHANGE_PLAN: 'preparation',
      },
    },
    ready: {
      meta: { task: ['openAudit', 'declare'], deadline: 'openingMeeting' },
      on: { ...beforeFieldwork, DECLARE: {}, OPENING_MEETING: { target: 'fieldwork', guard: 'mayBegin' }, CHANGE_PLAN: 'preparation' },
    },
    fieldwork: {
      meta: { task: ['recordResults', 'closeFieldwork', 'answerSample', 'replaceAuditor', 'declare'], deadline: ['fieldwork', 'sample'] },
      on: {
        ...replacing,
        ...samples,
        REQUEST_SAMPLE: { guard: 'areItems' },
        RECORD_RESULT: { guard: 'isPlannedItem' },
        DRAFT_FINDING: { guard: 'isPlannedItem' },
        REASSIGN_ITEM: { guard: 'isFitForItem' },
        SUSPEND: 'suspended',
        CLOSING_MEETING: { target: 'factCheck', guard: 'everyItemHasAResult' },
      },
    },
    suspended: {
      meta: { task: ['resumeOrTerminate', 'answerSample'], deadline: ['suspension', 'sample'] },
      on: { ...replacing, ...samples, REASSIGN_ITEM: { guard: 'isFitForItem' }, RESUME_FIELDWORK: 'fieldwork', TERMINATE: 'reporting' },
    },
    factCheck: {
      meta: { task: ['commentFacts', 'finalise', 'replaceAuditor', 'declare'], deadline: ['factCheck', 'report'] },
      on: {
        ...replacing,
        ...again,
        COMMENT_FACTS: {},
        NO_COMMENT: {},
        ANSWER_COMMENT: { guard: 'isOpenComment' },
        FINALISE: { target: 'reporting', guard: 'isReadyToFinalise' },
      },
    },
    reporting: {
      meta: { task: ['issueReport', 'replaceAuditor', 'declare'], deadline: 'report' },
      on: {
        ...replacing,
        ...again,
        // What was terminated has had no fact check: its findings are confirmed here.
        FINALISE: { guard: 'isReadyToFinalise' },
        EDIT_REPORT: {},
        ISSUE: { target: 'issued', guard: 'mayBeIssued' },
      },
    },
    issued: {
      meta: { task: 'acknowledgeReport', deadline: 'reportAcknowledgement' },
      on: {
        ACKNOWLEDGE: [{ target: 'followUp', guard: 'acknowledgesLast' }, {}],
        ACKNOWLEDGEMENT_MISSING: 'followUp',
        AMEND: { target: 'issued', guard: 'mayBeAmended' },
      },
    },
    followUp: {
      meta: { task: 'acknowledgeReport' },
      on: {
        ACKNOWLEDGE: {},
        AMEND: { target: 'issued', guard: 'mayBeAmended' },
        LINKS_SETTLED: 'closed',
        NOTHING_OPEN: { target: 'closed', guard: 'hasNoFindings' },
      },
    },
    closed: { meta: { settled: 'done' }, type: 'final' },
    cancelled: { meta: { settled: 'cancelled' }, type: 'final' },
  },
});
