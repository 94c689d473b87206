import type { Actor } from '../../contracts/entry.ts';
import { openPlanBody, openPlanFromParentBody } from '../../contracts/treatment-plan.ts';
import type { OpenPlan, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { treatmentPlanBehaviours } from './behaviours.ts';
import { treatmentPlanGuards } from './guards.ts';
import { treatmentPlanMachine } from './machine.ts';
import { treatmentPlanPolicy } from './policy.ts';
import { opened } from './records.ts';
import { openingReasons } from './rules.ts';

/** Who is to write it; the ISO names somebody where nobody is. */
function parties({ author }: OpenPlan, opener: Actor): Record<string, string> {
  const named = author ?? opener.person;
  return named ? { author: named } : {};
}

/** Treatment plan (ISO/IEC 27001:2022 6.1.3, 8.3; rules §6). */
export const treatmentPlan: ProcessDefinition<TreatmentPlanDocument> = {
  name: 'treatmentPlan',
  prefix: 'RTP',
  version: 1,
  machine: treatmentPlanMachine,
  guards: treatmentPlanGuards as never,
  policy: treatmentPlanPolicy,
  behaviours: treatmentPlanBehaviours,
  open: {
    by: 'everyone',
    body: openPlanBody,
    bodyFromParent: openPlanFromParentBody,
    unit: ({ unit }: OpenPlan) => unit,
    document: opened,
    parties,
    rules: openingReasons,
    needs: ({ risks }: OpenPlan) => [{ fact: 'cases', ids: risks }],
  },
};
