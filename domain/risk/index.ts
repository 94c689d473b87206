import type { Actor } from '../../contracts/entry.ts';
import { openRiskBody, openRiskFromParentBody } from '../../contracts/risk.ts';
import type { OpenRisk, RiskDocument } from '../../contracts/risk.ts';
import type { PersonId } from '../../contracts/identity.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { riskBehaviours } from './behaviours.ts';
import { riskGuards } from './guards.ts';
import { riskMachine } from './machine.ts';
import { riskPolicy } from './policy.ts';
import { opened } from './records.ts';
import { openingReasons } from './rules.ts';

function parties({ owner, include }: OpenRisk, _: Actor): Record<string, PersonId> {
  return { ...(owner && { owner }), ...(include && { assessor: include.assessor, ...(include.secondRater && { secondRater: include.secondRater }) }) };
}

/** Risk, an entry of the risk register (ISO/IEC 27001:2022 6.1.2, 8.2; rules §5). */
export const risk: ProcessDefinition<RiskDocument> = {
  name: 'risk',
  prefix: 'R',
  version: 1,
  machine: riskMachine,
  guards: riskGuards as never,
  policy: riskPolicy,
  behaviours: riskBehaviours,
  open: {
    by: 'everyone',
    body: openRiskBody,
    bodyFromParent: openRiskFromParentBody,
    unit: ({ unit }: OpenRisk) => unit,
    document: opened,
    parties,
    rules: openingReasons,
  },
};
