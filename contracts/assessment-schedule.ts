import { z } from 'zod';
import { assessmentScope } from './assessment.ts';
import type { AssessmentScope } from './assessment.ts';
import { localDate, reasonText, unitId } from './fields.ts';
import type { CaseId, LocalDate } from './identity.ts';

/** Planned intervals of assessments (ISO/IEC 27001:2022 8.2; rules §5 "Timers"): a case that opens the next one on its planned date. */

const months = z.int().min(1).max(12).meta({ title: 'Months from one planned date to the next', description: 'Without it as the organisation has set' });

/** By the ISO, or by the first full assessment that is completed. */
export const openAssessmentScheduleBody = z.strictObject({
  scope: assessmentScope,
  unit: unitId('Unit'),
  nextOn: localDate('Next planned date', 'notPast'),
  months: months.optional(),
  completed: z.strictObject({ assessment: z.uuid(), assessmentRef: z.string().max(40), on: z.iso.date() }).optional(),
});
export type OpenAssessmentSchedule = z.output<typeof openAssessmentScheduleBody>;

export const assessmentScheduleBodies = {
  CHANGE: z.strictObject({ nextOn: localDate('Next planned date', 'notPast').optional(), months: months.optional(), reason: reasonText }),
  /** SYSTEM only: an assessment of the scope was completed. */
  CYCLE_COMPLETED: z.strictObject({ assessment: z.uuid(), assessmentRef: z.string().max(40), on: z.iso.date() }),
} as const;

export type AssessmentScheduleCommand = keyof typeof assessmentScheduleBodies;
export type AssessmentScheduleBody<C extends AssessmentScheduleCommand> = z.output<(typeof assessmentScheduleBodies)[C]>;

/** `planned`: dates on which an assessment was opened; `completed`: what has ended, planned or not. */
export interface AssessmentScheduleDocument {
  scope: Required<Omit<AssessmentScope, 'all'>> & { all: boolean };
  months: number | null;
  nextOn: LocalDate;
  planned: LocalDate[];
  completed: { assessment: CaseId; ref: string; on: LocalDate }[];
}
