import { reportBody } from '../../contracts/nonconformity.ts';
import type { NonconformityDocument, ReportNonconformity } from '../../contracts/nonconformity.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { nonconformityBehaviours } from './behaviours.ts';
import { nonconformityGuards } from './guards.ts';
import { nonconformityMachine } from './machine.ts';
import { nonconformityPolicy } from './policy.ts';
import { reported } from './records.ts';
import { reportsOwnFinding } from './rules.ts';

/** Who found it may withdraw it: the lead auditor of an audit, else who reported it (rules §8). */
function parties({ leadAuditor }: ReportNonconformity, opener: Actor): Record<string, string> {
  const finder = leadAuditor ?? opener.person;
  return finder ? { finder } : {};
}

/** Nonconformity and corrective action (ISO/IEC 27001:2022 10.2; rules §8). */
export const nonconformity: ProcessDefinition<NonconformityDocument> = {
  name: 'nonconformity',
  prefix: 'NC',
  version: 1,
  machine: nonconformityMachine,
  guards: nonconformityGuards as never,
  policy: nonconformityPolicy,
  behaviours: nonconformityBehaviours,
  open: {
    occurredOn: ({ detectedOn }: ReportNonconformity) => detectedOn,
    by: 'everyone',
    body: reportBody,
    unit: ({ unit }: ReportNonconformity) => unit,
    document: reported,
    parties,
    evidence: ({ evidence }: ReportNonconformity) => evidence,
    rules: reportsOwnFinding,
  },
};
