import { absence } from './absence/index.ts';
import { acceptance } from './acceptance/index.ts';
import { action } from './action/index.ts';
import { asset } from './asset/index.ts';
import { audit } from './audit/index.ts';
import { auditorAccess } from './auditor-access/index.ts';
import { auditorRecord } from './auditor-record/index.ts';
import { breakGlass } from './break-glass/index.ts';
import { businessProcess } from './business-process/index.ts';
import { assessmentSchedule } from './assessment-schedule/index.ts';
import { assessment } from './assessment/index.ts';
import { configurationChange } from './configuration-change/index.ts';
import { contextRecord } from './context-record/index.ts';
import { control } from './control/index.ts';
import { delegation } from './delegation/index.ts';
import { departure } from './departure/index.ts';
import { finding } from './finding/index.ts';
import type { ProcessDefinition } from './kernel/definition.ts';
import { nonconformity } from './nonconformity/index.ts';
import { riskCriteria } from './risk-criteria/index.ts';
import { risk } from './risk/index.ts';
import { statementOfApplicability } from './statement-of-applicability/index.ts';
import { supplier } from './supplier/index.ts';
import { treatmentPlan } from './treatment-plan/index.ts';

const registry = {
  absence,
  acceptance,
  action,
  assessment,
  assessmentSchedule,
  asset,
  audit,
  auditorAccess,
  auditorRecord,
  breakGlass,
  businessProcess,
  configurationChange,
  contextRecord,
  control,
  delegation,
  departure,
  finding,
  nonconformity,
  risk,
  riskCriteria,
  statementOfApplicability,
  supplier,
  treatmentPlan,
};

/** The one registry: adding a process is a folder and one row here. */
export const processes = registry as unknown as Record<keyof typeof registry, ProcessDefinition<never>>;

export type ProcessName = keyof typeof processes;

/** Those whose cases stand still (`ProcessDefinition.standing`). */
export const standingProcesses: readonly string[] = Object.values(processes).flatMap(({ name, standing }) => (standing ? [name] : []));

export function isProcess(name: string): name is ProcessName {
  return Object.hasOwn(processes, name);
}
