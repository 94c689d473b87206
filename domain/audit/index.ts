import { openAuditBody, openAuditFromParentBody } from '../../contracts/audit.ts';
import type { AuditDocument, OpenAudit } from '../../contracts/audit.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { auditBehaviours } from './behaviours.ts';
import { auditGuards } from './guards.ts';
import { auditMachine } from './machine.ts';
import { openingNeeds, openingReasons } from './opening.ts';
import { auditPolicy } from './policy.ts';
import { opened } from './records.ts';

/** Internal audit (ISO/IEC 27001:2022 9.2; rules §7). */
export const audit: ProcessDefinition<AuditDocument> = {
  name: 'audit',
  prefix: 'AUD',
  version: 1,
  machine: auditMachine,
  guards: auditGuards as never,
  policy: auditPolicy,
  behaviours: auditBehaviours,
  open: {
    by: 'everyone',
    body: openAuditBody,
    bodyFromParent: openAuditFromParentBody,
    unit: ({ unit }: OpenAudit) => unit,
    document: opened as never,
    parties: () => ({}),
    rules: openingReasons,
    needs: openingNeeds,
  },
};
