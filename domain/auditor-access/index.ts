import { auditorAccessFromAuditBody, openAuditorAccessBody } from '../../contracts/auditor-access.ts';
import type { AuditorAccessDocument } from '../../contracts/auditor-access.ts';
import type { Facts } from '../kernel/facts.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { auditorAccessBehaviours } from './behaviours.ts';
import { auditorAccessMachine } from './machine.ts';
import { auditorAccessPolicy, scopeOf } from './policy.ts';
import { auditOf, openingReasons, scopeNeeds } from './rules.ts';
import type { Opens } from './rules.ts';

function document(body: Opens, _: unknown, { facts }: { facts: Facts }): AuditorAccessDocument {
  const { scope, from, until, audit, reason } = body;
  const known = typeof audit === 'object' ? audit : auditOf(body, facts);
  return { scope: scopeOf(scope), from, until, audit: known ? { id: known.id, ref: known.ref } : null, reason };
}

/** Access of an auditor (rules §3.1 EXTERNAL_AUDITOR, §18 "Audit"). */
export const auditorAccess: ProcessDefinition<AuditorAccessDocument> = {
  name: 'auditorAccess',
  prefix: 'AAC',
  version: 1,
  machine: auditorAccessMachine,
  guards: {},
  policy: auditorAccessPolicy,
  behaviours: auditorAccessBehaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: openAuditorAccessBody,
    bodyFromParent: auditorAccessFromAuditBody,
    unit: ({ person }: Opens, { facts }) => facts.directory.person(person)?.unit ?? '',
    document,
    parties: ({ person }: Opens) => ({ auditor: person }),
    rules: openingReasons as never,
    needs: ({ scope }: Opens) => scopeNeeds(scope),
  },
};
