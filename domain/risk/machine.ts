import { setup } from 'xstate';
import type { StateMeta } from '../kernel/definition.ts';
import { predicates } from '../kernel/machine.ts';
import type { MachineEvent } from '../kernel/machine.ts';
import { riskGuards } from './guards.ts';

/**
 * Risk, an entry of the risk register — ISO/IEC 27001:2022 6.1.2, 8.2 (rules §5 and §18; docs/processes/risk.md). REVIEW_DUE and
 * IMPORTED are raised by the kernel, commands of the engine come from assessments, plans, acceptances, controls and criteria.
 */

/** What can be asked of somebody whatever the state. */
const asked = ['acceptOwnership', 'nameOwner', 'secondRate', 'confirmClosing', 'confirmEmergency'];
const always = ['ownership', 'emergency', 'closing'];
/** It has been rated: it is reviewed when planned, and rated again where something asks for it. */
const rated = [...always, 'review', 'rerating'];

const close = { target: 'closed', guard: 'closesAsSecond' as const };
/** Not while a plan treats it. */
const merge = { target: 'merged', guard: 'mergesIntoAnOpenOne' as const };
/** Outside an assessment a rating holds at once, unless the decision changes: that is for an assessment and the owner. */
const rate = [{ target: 'reassessmentDue', guard: 'changesDecision' as const }, {}];
const second = { guard: 'isAnotherRater' as const };
const evaluate = { guard: 'isFullyRated' as const };
const ownershipOpen = { guard: 'isNotAcceptedYet' as const };
/** What the assessment had worked out falls away with it. */
const leave = [
  { target: 'treatmentRequired', guard: 'fallsBackToTreatment' as const },
  { target: 'reassessmentDue', guard: 'fallsBackToDue' as const },
  { target: 'identified', guard: 'fallsBackToStart' as const },
  {},
];
/** Within the criteria it is assessed again, which it is already; above them it has to be treated (rules §18, L10). */
const acceptanceEnds = [
  { guard: 'endsWithinCriteria' as const },
  { target: 'inTreatment', guard: 'endsOwnAcceptanceUnderWay' as const },
  { target: 'treatmentRequired', guard: 'endsOwnAcceptance' as const },
  {},
];
/** They come to an end though the risk has one already. */
const late = { EXCLUDE: {}, DISMISS_REASSESSMENT: {}, PLAN_ENDED: {}, ACCEPTANCE_ENDED: {}, ACCEPTANCE_REFUSED: {} };

export const riskMachine = setup({
  types: {} as { events: MachineEvent; meta: StateMeta },
  guards: predicates(riskGuards),
}).createMachine({
  id: 'risk',
  initial: 'identified',
  on: {
    AMEND: {},
    ACCEPT_OWNERSHIP: ownershipOpen,
    DECLINE_OWNERSHIP: ownershipOpen,
    NAME_OWNER: {},
    SET_TARGET: {},
    EMERGENCY_RATE: {},
    TRIGGER: {},
    ASK_TO_CLOSE: {},
    KEEP_OPEN: { guard: 'isAskedToClose' },
    SPLIT: {},
    ABSORB: {},
    INCLUDE: { guard: 'isInNoOtherAssessment' },
    EXCLUDE: {},
    DISMISS_REASSESSMENT: {},
    PLAN_OPENED: {},
    PLAN_ENDED: {},
    TREATMENT_LATE: {},
    TREATMENT_REPLANNED: {},
    RESIDUAL_RATED: { guard: 'isRatedByCriteria' },
    ACCEPTED: {},
    ACCEPTANCE_REFUSED: {},
    ACCEPTANCE_ENDED: {},
    CONTROL_NOT_EFFECTIVE: {},
    CRITERIA_CHANGED: {},
  },
  states: {
    identified: {
      meta: { task: [...asked, 'seeToAssessment', 'rate'], deadline: always },
      on: {
        RATE: { target: 'analysed', guard: 'hasActiveOwner' },
        IMPORTED: { target: 'evaluated', guard: 'hasActiveOwner' },
        MERGE: merge,
        CLOSE: close,
      },
    },
    analysed: {
      meta: { task: [...asked, 'evaluate'], deadline: always },
      on: {
        RATE: {},
        SECOND_RATE: second,
        EVALUATE: { target: 'evaluated', guard: 'isFullyRated' },
        // Grave ones may go into treatment before the cycle ends (rules §18 `releaseForTreatment`).
        ADOPT: [{ target: 'inTreatment', guard: 'adoptsTreatmentUnderWay' }, { target: 'treatmentRequired', guard: 'adoptsTreatment' }],
        EXCLUDE: leave,
        MERGE: merge,
        CLOSE: close,
      },
    },
    // It is not closed from here: somebody has to say what becomes of it first (rules §5).
    evaluated: {
      meta: { task: [...asked, 'confirmMigrated', 'seeToAssessment'], deadline: [...always, 'migratedConfirmation'] },
      on: {
        RATE: [{ target: 'analysed', guard: 'changesProposedDecision' }, {}],
        SECOND_RATE: second,
        EVALUATE: evaluate,
        ADOPT: [
          { target: 'acceptable', guard: 'adoptsAcceptable' },
          { target: 'inTreatment', guard: 'adoptsTreatmentUnderWay' },
          { target: 'treatmentRequired', guard: 'adoptsTreatment' },
        ],
        CONFIRM_MIGRATED: [
          { target: 'monitored', guard: 'confirmsAccepted' },
          { target: 'acceptable', guard: 'confirmsAcceptable' },
          { target: 'treatmentRequired', guard: 'confirmsTreatment' },
        ],
        MERGE: merge,
        EXCLUDE: leave,
      },
    },
    acceptable: {
      meta: { task: [...asked, 'rerate', 'seeToAcceptance'], deadline: [...rated, 'riskAcceptance'] },
      on: {
        ACCEPTED: [{ target: 'monitored', guard: 'isNotInterim' }, {}],
        RATE: rate,
        SECOND_RATE: second,
        EVALUATE: evaluate,
        ADOPT: [{ guard: 'adoptsAcceptable' }, { target: 'inTreatment', guard: 'adoptsTreatmentUnderWay' }, { target: 'treatmentRequired', guard: 'adoptsTreatment' }],
        CONTROL_NOT_EFFECTIVE: 'reassessmentDue',
        MERGE: merge,
        CLOSE: close,
      },
    },
    treatmentRequired: {
      meta: { task: [...asked, 'rerate', 'openPlan'], deadline: [...rated, 'openPlan'] },
      on: {
        PLAN_OPENED: 'inTreatment',
        ACCEPTED: [{ target: 'monitored', guard: 'isNotInterim' }, {}],
        RATE: rate,
        SECOND_RATE: second,
        EVALUATE: evaluate,
        ADOPT: [{ target: 'acceptable', guard: 'adoptsAcceptable' }, { guard: 'adoptsTreatment' }],
        MERGE: merge,
        CLOSE: close,
      },
    },
    inTreatment: {
      meta: { task: [...asked, 'rerate'], deadline: rated },
      on: {
        RESIDUAL_RATED: { target: 'residualPending', guard: 'isRatedByCriteria' },
        PLAN_ENDED: [{ target: 'treatmentRequired', guard: 'endsOwnPlan' }, {}],
        ACCEPTED: [{ target: 'monitored', guard: 'isNotInterim' }, {}],
        RATE: rate,
        SECOND_RATE: second,
        EVALUATE: evaluate,
        ADOPT: [{ target: 'acceptable', guard: 'adoptsAcceptable' }, { guard: 'adoptsTreatment' }],
        CLOSE: close,
      },
    },
    residualPending: {
      meta: { task: [...asked, 'rerate'], deadline: rated },
      on: {
        ACCEPTED: [{ target: 'monitored', guard: 'isNotInterim' }, {}],
        ACCEPTANCE_REFUSED: 'inTreatment',
        PLAN_ENDED: [{ target: 'treatmentRequired', guard: 'endsOwnPlan' }, {}],
        RATE: rate,
        SECOND_RATE: second,
        EVALUATE: evaluate,
        ADOPT: [{ target: 'acceptable', guard: 'adoptsAcceptable' }, { guard: 'adoptsTreatment' }],
        CLOSE: close,
      },
    },
    monitored: {
      meta: { task: [...asked, 'rerate'], deadline: rated },
      on: {
        REVIEW_DUE: 'reassessmentDue',
        TRIGGER: 'reassessmentDue',
        CONTROL_NOT_EFFECTIVE: 'reassessmentDue',
        ACCEPTANCE_ENDED: [{ target: 'reassessmentDue', guard: 'endsWithinCriteria' }, ...acceptanceEnds.slice(1)],
        RATE: rate,
        SECOND_RATE: second,
        EVALUATE: evaluate,
        ADOPT: [{ target: 'treatmentRequired', guard: 'adoptsTreatmentAnew' }, { guard: 'isConfirmed' }],
        MERGE: merge,
        CLOSE: close,
      },
    },
    reassessmentDue: {
      meta: { task: [...asked, 'seeToAssessment', 'rate'], deadline: [...always, 'reassessment'] },
      on: {
        RATE: 'analysed',
        DISMISS_REASSESSMENT: [{ target: 'monitored', guard: 'isAccepted' }, { target: 'inTreatment', guard: 'hasPlan' }, { target: 'treatmentRequired', guard: 'isToBeTreated' }, {}],
        // L10 holds whatever is looked at meanwhile: above the criteria nobody bears it any more.
        ACCEPTANCE_ENDED: acceptanceEnds,
        MERGE: merge,
        CLOSE: close,
      },
    },
    closed: { meta: { settled: 'closed' }, on: { REOPEN: 'identified', ...late } },
    merged: { meta: { settled: 'merged' }, on: late },
  },
});
