import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { NonconformityDocument } from '../../contracts/nonconformity.ts';
import type { Policy, View } from '../kernel/definition.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { isFromAudit } from './guards.ts';
import * as rules from './rules.ts';

/** Who is who in a nonconformity (rules §8 RACI, §18). */

type Doc = NonconformityDocument;

const key = (person: PersonId | undefined): PrincipalKey[] =>
  person === undefined ? [] : [`person:${person}`];

/** The ISO; his deputy where the post is vacant or the nonconformity concerns him. */
function isoOrDeputy({ doc, facts, now }: View<Doc>): PrincipalKey[] {
  const free = facts.directory.holders('ISO', now).some((person) => person !== doc.concerns);
  return free ? ['role:ISO'] : ['isoDeputy'];
}

/** Who confirms and does not own it. */
function confirmer(view: View<Doc>): PrincipalKey[] {
  return [
    ...key(view.file.parties['verifier']),
    ...(isoIsParty(view) ? (['isoDeputy'] as const) : isoOrDeputy(view)),
  ];
}

/** TOP_MGMT rules on an appeal; a witness where no one of them may (rules §18). */
function appealAsked(view: View<Doc>): PrincipalKey[] {
  const free = view.facts.directory
    .holders('TOP_MGMT', view.now)
    .some((person) => !rules.isPartyToAppeal(view as View<Doc, never>, person));
  return free ? ['role:TOP_MGMT'] : ['role:WITNESS'];
}

/** Those who can decide the seats in turn: whom an approval that is late reminds. */
function approvers({ file: { round }, facts, now }: View<Doc>): PrincipalKey[] {
  return approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`);
}

/** The ISO owns it, or it concerns him. */
export function isoIsParty({ file, doc, facts, now }: View<Doc>): boolean {
  return facts.directory
    .holders('ISO', now)
    .some((person) => person === file.parties['ncOwner'] || person === doc.concerns);
}

/** Names that the policy uses for people. */
export const nonconformityParties: Policy<Doc>['parties'] = {
  reporter: ({ file }) => (file.openedBy === 'SYSTEM' ? [] : key(file.openedBy)),
  finder: ({ file }) => key(file.parties['finder']),
  ncOwner: ({ file }) => key(file.parties['ncOwner']),
  ownerOrIso: (view) => [...key(view.file.parties['ncOwner']), ...isoOrDeputy(view)],
  lineManager: ({ file }) => (file.parties['ncOwner'] ? [`manager:${file.parties['ncOwner']}`] : []),
  verifier: ({ file }) => key(file.parties['verifier']),
  leadAuditor: ({ file, doc }) => (doc.source === 'INTERNAL_AUDIT' ? key(file.parties['finder']) : []),
  confirmer,
  approvers,
  triageAsked: isoOrDeputy,
  appealAsked,
  iso: () => ['role:ISO'],
  isoDeputy: () => ['isoDeputy'],
  // What an audit has found is not the ISO's to write (SOD-02, SOD-07).
  recordKeeper: ({ file, doc }) => (isFromAudit(doc) ? key(file.parties['finder']) : ['role:ISO', 'isoDeputy']),
  topManagement: () => ['role:TOP_MGMT'],
  witness: () => ['role:WITNESS'],
  auditor: () => ['role:AUDITOR', 'role:LEAD_AUDITOR'],
  auditProgrammeManager: () => ['role:AUDIT_PROGRAMME_MANAGER'],
};
