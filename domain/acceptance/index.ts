import { openAcceptanceBody } from '../../contracts/acceptance.ts';
import type { AcceptanceDocument, OpenAcceptance } from '../../contracts/acceptance.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { acceptanceBehaviours } from './behaviours.ts';
import { acceptanceGuards } from './guards.ts';
import { acceptanceMachine } from './machine.ts';
import { acceptancePolicy } from './policy.ts';
import { factsAbout, opened, openingReasons } from './rules.ts';

/** Acceptance of a risk (ISO/IEC 27001:2022 6.1.3 f; rules §6). */
export const acceptance: ProcessDefinition<AcceptanceDocument> = {
  name: 'acceptance',
  prefix: 'ACC',
  version: 1,
  machine: acceptanceMachine,
  guards: acceptanceGuards as never,
  policy: acceptancePolicy,
  behaviours: acceptanceBehaviours,
  open: {
    by: 'everyone',
    body: openAcceptanceBody,
    unit: ({ unit }: OpenAcceptance) => unit,
    document: opened,
    parties: ({ owner }: OpenAcceptance) => ({ owner }),
    evidence: ({ evidence = [] }: OpenAcceptance) => evidence,
    rules: openingReasons,
    needs: (body: OpenAcceptance) => factsAbout(body),
  },
};
