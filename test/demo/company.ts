import type { CaseFile } from '../../contracts/case-file.ts';

/** How many cases of each process are in which state: `risk monitored` → 25. */
export function countsOf(files: readonly Pick<CaseFile, 'process' | 'state'>[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { process, state } of files) counts.set(`${process} ${state}`, (counts.get(`${process} ${state}`) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}

/** What the example company shows on the day on which it is loaded, whatever day that is. */
export const shown: Record<string, number> = {
  'acceptance active': 26,
  'acceptance expired': 13,
  'acceptance expiring': 3,
  'acceptance renewed': 25,
  'acceptance revoked': 8,
  'acceptance underReview': 2,
  'action acknowledged': 2,
  'action assigned': 2,
  'action blocked': 1,
  'action cancelled': 2,
  'action done': 15,
  'action inProgress': 4,
  'assessment completed': 4,
  'assessment dismissed': 3,
  'assessmentSchedule waiting': 1,
  'asset inUse': 18,
  'businessProcess inUse': 9,
  'contextRecord current': 3,
  'control kept': 91,
  'nonconformity appealed': 1,
  'nonconformity causeAnalysis': 1,
  'nonconformity closed': 1,
  'nonconformity implementing': 1,
  'nonconformity monitoring': 1,
  'nonconformity planApproval': 1,
  'nonconformity reported': 1,
  'risk closed': 1,
  'risk inTreatment': 14,
  'risk merged': 1,
  'risk monitored': 25,
  'risk residualPending': 1,
  'riskCriteria active': 1,
  'statementOfApplicability draft': 1,
  'statementOfApplicability effective': 1,
  'statementOfApplicability superseded': 1,
  'supplier inUse': 10,
  'treatmentPlan approved': 1,
  'treatmentPlan budgetApproval': 1,
  'treatmentPlan cancelled': 1,
  'treatmentPlan completed': 3,
  'treatmentPlan draft': 1,
  'treatmentPlan implementing': 2,
  'treatmentPlan isoReview': 1,
  'treatmentPlan ownerApproval': 1,
  'treatmentPlan reapproval': 1,
  'treatmentPlan residualAcceptance': 1,
  'treatmentPlan residualAssessment': 1,
  'treatmentPlan rework': 1,
  'treatmentPlan superseded': 1,
  'treatmentPlan topApproval': 1,
};
