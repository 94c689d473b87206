import type { ConflictCause } from '../../contracts/independence.ts';
import type { ProcessName } from '../processes.ts';
import { breaches, either, fulfils, inUnit, isSupplier, ofContext, ofControl, treatsWith, under } from './concerns.ts';
import type { Concern } from './concerns.ts';

/**
 * Which part in which process touches which items of the universe (rules §3.2 SOD-01). What somebody *holds* counts for controls, units and
 * suppliers; for a clause counts what somebody has *done* in the process that fulfils it, so that not everybody with one risk or one action is
 * barred from a whole clause (docs/decisions/2026-11-24-independence-from-history.md).
 */
export type Touch = { because: ConflictCause; concerns: Concern } & ({ party: string } | { relation: string });

const held = (party: string, because: ConflictCause, concerns: Concern): Touch => ({ party, because, concerns });
const done = (relation: string, because: ConflictCause, concerns: Concern): Touch => ({ relation, because, concerns });
/** Whatever part it was. */
const anyPart = (because: ConflictCause, concerns: Concern): Touch[] => [held('*', because, concerns), done('*', because, concerns)];

/** Clause 9.2 is audited by somebody outside the programme (rules §18). */
const theProgramme = anyPart('RUNS_THE_PROGRAMME', fulfils('9.2.1', '9.2.2'));
const assessing = fulfils('6.1.2', '8.2');
const statement = fulfils('6.1.3');
const treatment = either(fulfils('6.1.3', '8.3'), treatsWith);
const correcting = either(fulfils('10.2'), breaches, inUnit);

/** A process without a row does not compile; an empty one says that it touches no item. */
export const touches: { [P in ProcessName]: readonly Touch[] } & Record<string, readonly Touch[]> = {
  absence: [],
  acceptance: [done('acceptedRisk', 'APPROVED', statement), done('coAcceptedRisk', 'APPROVED', statement)],
  action: [
    held('owner', 'ACTION_OWNER', either(ofControl, treatsWith, breaches)),
    done('implementedAction', 'IMPLEMENTED', either(ofControl, treatsWith, breaches, under('treatmentPlan', fulfils('8.3')))),
  ],
  assessment: [
    held('assessor', 'OPERATED', assessing),
    done('assessedRisks', 'OPERATED', assessing),
    done('confirmedRisk', 'APPROVED', assessing),
    done('ruledOnDispute', 'APPROVED', assessing),
    done('approvedAssessment', 'APPROVED', assessing),
  ],
  assessmentSchedule: [],
  asset: [],
  audit: theProgramme,
  auditProgramme: theProgramme,
  auditorAccess: [],
  auditorRecord: [done('keptAuditorRecord', 'RUNS_THE_PROGRAMME', fulfils('9.2.1', '9.2.2'))],
  breakGlass: [],
  businessProcess: [],
  configurationChange: [done('authoredConfiguration', 'AUTHORED', fulfils('6.3', '7.5.3')), done('approvedConfiguration', 'APPROVED', fulfils('6.3', '7.5.3'))],
  contextRecord: [done('preparedContext', 'AUTHORED', ofContext), done('confirmedContext', 'APPROVED', ofContext)],
  control: [held('owner', 'OWNED', ofControl)],
  delegation: [],
  departure: [],
  finding: theProgramme,
  // Who verifies that a corrective action works is meant to be an auditor (rules §8 RACI): that bars nobody.
  nonconformity: [
    held('ncOwner', 'OPERATED', either(breaches, inUnit)),
    done('triaged', 'OPERATED', fulfils('10.2')),
    done('recordedCorrection', 'OPERATED', correcting),
    done('authoredCause', 'AUTHORED', correcting),
    done('submittedPlan', 'AUTHORED', correcting),
    done('approvedPlan', 'APPROVED', either(fulfils('10.2'), breaches)),
  ],
  risk: [done('ratedRisk', 'OPERATED', assessing), done('ratedRiskSecond', 'OPERATED', assessing), done('confirmedRisk', 'APPROVED', assessing)],
  riskCriteria: [done('authoredCriteria', 'AUTHORED', fulfils('6.1.2')), done('approvedCriteria', 'APPROVED', fulfils('6.1.2'))],
  statementOfApplicability: [done('authoredStatement', 'AUTHORED', statement), done('approvedStatement', 'APPROVED', statement)],
  supplier: [held('owner', 'OWNED', isSupplier)],
  treatmentPlan: [
    held('author', 'AUTHORED', treatsWith),
    done('authoredPlan', 'AUTHORED', treatment),
    done('endorsedPlan', 'APPROVED', treatment),
    done('approvedTreatment', 'APPROVED', treatment),
    done('approvedBudget', 'APPROVED', treatment),
    done('acceptedRisk', 'APPROVED', statement),
    done('coAcceptedRisk', 'APPROVED', statement),
    done('ratedResidual', 'OPERATED', fulfils('8.2', '8.3')),
  ],
};
