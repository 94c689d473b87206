import type { FindingDocument } from '../../contracts/finding.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { Policy, View } from '../kernel/definition.ts';
import { personsOf } from '../kernel/draft.ts';

/** Who is who in a finding (rules §7, §18 "Audit"). */

type Doc = FindingDocument;
type Sees = View<Doc, unknown>;

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);

/** The heads of the units; where that is top management, or the finding is against it, the body and not a person (rules §7). */
export function recipients({ doc, facts, now }: Pick<Sees, 'doc' | 'facts' | 'now'>): PrincipalKey[] {
  if (doc.recipient === 'TOP_MGMT') return ['role:TOP_MGMT'];
  const { directory } = facts;
  const heads = doc.units.flatMap((unit): PrincipalKey[] => {
    const head = directory.unitHead(unit, now);
    if (head === null) return ['role:TOP_MGMT'];
    return directory.holdsRole(head, 'TOP_MGMT', now) ? ['role:TOP_MGMT'] : [`person:${head}`];
  });
  return [...new Set(heads)];
}

/** Who graded it, who has found it and to whom it is addressed do not decide on the appeal; nor does the ISO (SOD-02). */
export function isParty(view: Sees, person: PersonId): boolean {
  const { leadAuditor, author } = view.file.parties;
  return person === leadAuditor || person === author || personsOf(view, recipients(view)).includes(person);
}

/** The audit programme manager; where that is the ISO or a party, top management, and a witness where nobody of it may (rules §7, §18). */
export function secondLevel(view: Sees): PrincipalKey[] {
  const { directory } = view.facts;
  const isIso = (person: PersonId) => directory.holdsRole(person, 'ISO', view.now);
  const may = (person: PersonId) => !isParty(view, person) && !isIso(person);
  const tiers = (['AUDIT_PROGRAMME_MANAGER', 'TOP_MGMT', 'WITNESS'] as const).map((role) => directory.holders(role, view.now).filter(may));
  const first = tiers.find((tier) => tier.length > 0) ?? [];
  return first.length > 0 ? first.flatMap(key) : ['role:WITNESS'];
}

/** Names that the policy uses for people. */
export const findingParties: Policy<Doc>['parties'] = {
  leadAuditor: ({ file }) => key(file.parties['leadAuditor']),
  author: ({ file }) => key(file.parties['author']),
  recipient: recipients,
  recipientOrIso: (view) => [...recipients(view), 'role:ISO'],
  secondLevel,
  officer: () => ['role:ISO', 'isoDeputy'],
  iso: () => ['role:ISO'],
  isoDeputy: () => ['isoDeputy'],
  auditProgrammeManager: () => ['role:AUDIT_PROGRAMME_MANAGER'],
  topManagement: () => ['role:TOP_MGMT'],
  witness: () => ['role:WITNESS'],
};
