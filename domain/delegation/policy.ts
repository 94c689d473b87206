import type { CaseFile } from '../../contracts/case-file.ts';
import { delegationBodies } from '../../contracts/delegation.ts';
import type { DelegationAbout, DelegationBody, DelegationCommand, DelegationDocument } from '../../contracts/delegation.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { spanOfDays } from '../directory/validity.ts';
import type { CommandPolicy, Policy } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';

/** Who, by when: rules §3.3 and §16.1 "delegation expiry". */

type Doc = DelegationDocument;
type Commands = { [C in DelegationCommand]: CommandPolicy<Doc, DelegationBody<C>> };

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);

/** Its days count at the site of the delegator. */
export function validity({ document: { from, until }, zone }: Pick<CaseFile<Doc>, 'document' | 'zone'>): { starts: Instant; ends: Instant } {
  const { starts, ends } = spanOfDays({ from, until }, zone);
  return { starts: starts!, ends: ends! };
}

const commands: Commands = {
  ACCEPT: { by: ['delegate'], inPerson: true, body: delegationBodies.ACCEPT, record: ({ doc, now }) => ({ ...doc, acceptedAt: now }) },
  DECLINE: { by: ['delegate'], inPerson: true, body: delegationBodies.DECLINE },
  REVOKE: { by: ['delegator', 'delegate', 'iso', 'isoDeputy', 'topManagement'], body: delegationBodies.REVOKE },
};

export const delegationPolicy: Policy<Doc> = {
  parties: {
    delegator: ({ file }) => key(file.parties['delegator']),
    delegate: ({ file }) => key(file.parties['delegate']),
    both: ({ file }) => [...key(file.parties['delegator']), ...key(file.parties['delegate'])],
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
  },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { accept: { for: 'delegate', deadline: 'acceptance' } },
  deadlines: {
    acceptance: { after: 'opened', duration: (view) => inForce(view).span('delegation.acceptance'), ladder: 'standard', owner: 'delegate' },
    // Nobody has to do anything by then; it only reminds both that the end comes.
    expiry: { after: 'entered', at: ({ file, doc }) => validity({ document: doc, zone: file.zone }).ends, ladder: 'expiry', owner: 'both' },
  },
  windows: {
    offer: ({ file, doc }) => ({ at: validity({ document: doc, zone: file.zone }).ends }),
    beginning: ({ file, doc }) => ({ at: validity({ document: doc, zone: file.zone }).starts }),
    validity: ({ file, doc }) => ({ at: validity({ document: doc, zone: file.zone }).ends }),
  },
  rounds: {},
  auditedAs: () => ['clause:5.3'],
  reviewInput: 'b',
  list: ({ document, parties }) => ({ title: `${parties['delegate']} for ${parties['delegator']}, ${document.from} to ${document.until}`, owner: parties['delegator'] ?? null, grade: null }),
  about,
};

/** What the directory reads of it (`domain/directory/standing-in.ts`). */
function about(file: CaseFile<Doc>): DelegationAbout {
  const { scope, processes, decisions, acceptanceAuthority, from, until, acceptedAt } = file.document;
  const { delegator = '', delegate = '' } = file.parties;
  return { delegator, delegate, scope, processes, decisions, acceptance: acceptanceAuthority ? 'yes' : 'no', from, until, ...validity(file), acceptedAt };
}
