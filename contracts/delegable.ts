import { acceptanceBodies } from './acceptance.ts';
import { actionBodies } from './action.ts';
import { auditBodies } from './audit.ts';
import { auditorAccessBodies } from './auditor-access.ts';
import { auditorRecordBodies } from './auditor-record.ts';
import { breakGlassBodies } from './break-glass.ts';
import { assessmentScheduleBodies } from './assessment-schedule.ts';
import { assessmentBodies } from './assessment.ts';
import { configurationChangeBodies } from './configuration-change.ts';
import { contextRecordBodies } from './context-record.ts';
import { controlBodies } from './control.ts';
import { departureBodies } from './departure.ts';
import { findingBodies } from './finding.ts';
import { nonconformityBodies } from './nonconformity.ts';
import { registerBodies } from './register.ts';
import { statementBodies } from './statement.ts';
import { riskBodies } from './risk.ts';
import { riskCriteriaBodies } from './risk-criteria.ts';
import { treatmentPlanBodies } from './treatment-plan.ts';

/** What a delegation can be limited to (rules §3.3 "process/decision scope"): a process, or single decisions in it. */

/** Decisions that every process has and that ask for authority. */
const common = ['APPROVE', 'REJECT', 'REQUEST_INFORMATION', 'REASSIGN', 'ACKNOWLEDGE_ESCALATION', 'SETTLE_EFFECT', 'GRANT_EXTENSION', 'REFUSE_EXTENSION', 'HOLD', 'PROLONG_HOLD', 'RESUME', 'WITHDRAW', 'REQUEST_CANCEL', 'CONFIRM_CANCEL', 'REFUSE_CANCEL'] as const;

const commandsByProcess = {
  acceptance: [...Object.keys(acceptanceBodies), ...common],
  action: [...Object.keys(actionBodies), ...common],
  audit: [...Object.keys(auditBodies), ...common],
  auditorAccess: [...Object.keys(auditorAccessBodies), ...common],
  auditorRecord: [...Object.keys(auditorRecordBodies), ...common],
  breakGlass: [...Object.keys(breakGlassBodies), ...common],
  asset: [...Object.keys(registerBodies), ...common],
  businessProcess: [...Object.keys(registerBodies), ...common],
  assessmentSchedule: [...Object.keys(assessmentScheduleBodies), ...common],
  assessment: [...Object.keys(assessmentBodies), ...common],
  configurationChange: [...Object.keys(configurationChangeBodies), ...common],
  contextRecord: [...Object.keys(contextRecordBodies), ...common],
  control: [...Object.keys(controlBodies), ...common],
  departure: [...Object.keys(departureBodies), ...common],
  finding: [...Object.keys(findingBodies), ...common],
  nonconformity: [...Object.keys(nonconformityBodies), ...common],
  statementOfApplicability: [...Object.keys(statementBodies), ...common],
  supplier: [...Object.keys(registerBodies), ...common],
  risk: [...Object.keys(riskBodies), ...common],
  riskCriteria: [...Object.keys(riskCriteriaBodies), ...common],
  treatmentPlan: [...Object.keys(treatmentPlanBodies), ...common],
};

export const delegableProcesses = Object.keys(commandsByProcess);

/** `process:COMMAND`, e.g. `nonconformity:APPROVE`. */
export const delegableDecisions = Object.entries(commandsByProcess).flatMap(([process, commands]) =>
  commands.map((command) => `${process}:${command}`),
);
