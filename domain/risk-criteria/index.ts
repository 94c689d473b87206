import type { Actor } from '../../contracts/entry.ts';
import { openRiskCriteriaBody } from '../../contracts/risk-criteria.ts';
import type { OpenRiskCriteria, RiskCriteriaDocument } from '../../contracts/risk-criteria.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { riskCriteriaBehaviours } from './behaviours.ts';
import { riskCriteriaGuards } from './guards.ts';
import { riskCriteriaMachine } from './machine.ts';
import { riskCriteriaPolicy } from './policy.ts';
import { openingReasons, written } from './rules.ts';

/** Version of the risk criteria (ISO/IEC 27001:2022 6.1.2 a; rules §5 "Risk criteria"). */
export const riskCriteria: ProcessDefinition<RiskCriteriaDocument> = {
  name: 'riskCriteria',
  prefix: 'RC',
  version: 1,
  machine: riskCriteriaMachine,
  guards: riskCriteriaGuards as never,
  policy: riskCriteriaPolicy,
  behaviours: riskCriteriaBehaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: openRiskCriteriaBody,
    unit: (_, { actor, facts }) => facts.directory.person(actor.person ?? '')?.unit ?? '',
    document: (body: OpenRiskCriteria) => ({ ...written(body), effectiveAt: null, predecessor: null }),
    parties: (_, { person }: Actor) => ({ author: person! }),
    rules: openingReasons,
  },
};
