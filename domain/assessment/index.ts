import { openAssessmentBody } from '../../contracts/assessment.ts';
import type { AssessmentDocument, OpenAssessment } from '../../contracts/assessment.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { assessmentBehaviours } from './behaviours.ts';
import { assessmentGuards } from './guards.ts';
import { assessmentMachine } from './machine.ts';
import { assessmentPolicy } from './policy.ts';
import { triggered } from './records.ts';
import { attachesTo, openingNeeds, openingReasons } from './rules.ts';

/** Risk assessment (ISO/IEC 27001:2022 6.1.2, 8.2; rules §5). */
export const assessment: ProcessDefinition<AssessmentDocument> = {
  name: 'assessment',
  prefix: 'RA',
  version: 1,
  machine: assessmentMachine,
  guards: assessmentGuards as never,
  policy: assessmentPolicy,
  behaviours: assessmentBehaviours,
  open: {
    by: 'everyone',
    body: openAssessmentBody,
    unit: ({ unit }: OpenAssessment) => unit,
    document: triggered,
    parties: () => ({}),
    rules: openingReasons,
    needs: openingNeeds,
    attach: { to: attachesTo, as: 'ADD_TRIGGER' },
  },
};
