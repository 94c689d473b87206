import { openFindingBody } from '../../contracts/finding.ts';
import type { FindingDocument, OpenFinding } from '../../contracts/finding.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { findingBehaviours } from './behaviours.ts';
import { earlierNeeds } from './earlier.ts';
import { findingGuards } from './guards.ts';
import { findingMachine } from './machine.ts';
import { findingPolicy } from './policy.ts';
import { drafted } from './records.ts';
import { opensFromAudit } from './rules.ts';

/** Finding of an internal audit (ISO/IEC 27001:2022 9.2; rules §7). */
export const finding: ProcessDefinition<FindingDocument> = {
  name: 'finding',
  prefix: 'FND',
  version: 1,
  machine: findingMachine,
  guards: findingGuards as never,
  policy: findingPolicy,
  behaviours: findingBehaviours,
  open: {
    by: 'everyone',
    body: openFindingBody,
    unit: ({ units }: OpenFinding) => units[0]!,
    document: drafted,
    parties: ({ leadAuditor, author }: OpenFinding) => ({ leadAuditor, author }),
    evidence: ({ evidence }: OpenFinding) => evidence,
    rules: opensFromAudit,
    needs: (body: OpenFinding) => earlierNeeds(body),
  },
};
