import { auditorAccessBodies } from '../../contracts/auditor-access.ts';
import type { AccessScope, AuditorAccessAbout, AuditorAccessBody, AuditorAccessCommand, AuditorAccessDocument, ScopeBody } from '../../contracts/auditor-access.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Instant, PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { spanOfDays } from '../directory/validity.ts';
import type { CommandPolicy, Policy } from '../kernel/definition.ts';
import { changedEndReasons, changedScopeReasons, scopeNeeds } from './rules.ts';

/** Who gives it, changes it and takes it away: rules §3.1, §3.2 SOD-06, §18 "Audit". */

type Doc = AuditorAccessDocument;
type Commands = { [C in AuditorAccessCommand]: CommandPolicy<Doc, AuditorAccessBody<C>> };

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);
const grantors = ['auditProgrammeManager', 'iso', 'isoDeputy', 'topManagement'];

/** Its days count at the site of the auditor's unit. */
function validity({ document: { from, until }, zone }: Pick<CaseFile<Doc>, 'document' | 'zone'>): { starts: Instant; ends: Instant } {
  const { starts, ends } = spanOfDays({ from, until }, zone);
  return { starts: starts!, ends: ends! };
}

export function scopeOf({ all, items, units }: ScopeBody): AccessScope {
  return { all: all === true, items: [...new Set(items)].sort(), units: [...new Set(units)].sort() };
}

const commands: Commands = {
  CHANGE_END: { by: grantors, body: auditorAccessBodies.CHANGE_END, rules: changedEndReasons, record: ({ doc, body }) => ({ ...doc, until: body.until }) },
  CHANGE_SCOPE: { by: grantors, body: auditorAccessBodies.CHANGE_SCOPE, rules: changedScopeReasons, record: ({ doc, body }) => ({ ...doc, scope: scopeOf(body.scope) }) },
  REVOKE: { by: [...grantors, 'auditor'], body: auditorAccessBodies.REVOKE },
  AUDIT_ENDED: { by: ['system'], body: auditorAccessBodies.AUDIT_ENDED },
};

export const auditorAccessPolicy: Policy<Doc> = {
  parties: {
    auditor: ({ file }) => key(file.parties['auditor']),
    auditProgrammeManager: () => ['role:AUDIT_PROGRAMME_MANAGER'],
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    concerned: ({ file }) => [...key(file.parties['auditor']), ...key(file.openedBy === 'SYSTEM' ? undefined : file.openedBy)],
  },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: {},
  // Nobody has to do anything by then; it only reminds that the end comes.
  deadlines: { accessEnd: { after: 'entered', at: ({ file, doc }) => validity({ document: doc, zone: file.zone }).ends, ladder: 'expiry', owner: 'concerned' } },
  windows: {
    beginning: ({ file, doc }) => ({ at: validity({ document: doc, zone: file.zone }).starts }),
    validity: ({ file, doc }) => ({ at: validity({ document: doc, zone: file.zone }).ends }),
  },
  rounds: {},
  standingNeeds: ({ document: { audit } }) => (audit === null ? [] : [{ fact: 'cases', ids: [audit.id] }]),
  needs: (_, command, body) => (command === 'CHANGE_SCOPE' ? scopeNeeds((body as AuditorAccessBody<'CHANGE_SCOPE'>).scope) : []),
  auditedAs: () => ['clause:9.2.2'],
  reviewInput: 'd3',
  list: ({ document, parties }) => ({ title: titleOf(document, parties['auditor']!), owner: parties['auditor'] ?? null, grade: null }),
  about,
};

function titleOf({ scope: { all, items, units }, from, until }: Doc, auditor: PersonId): string {
  return `${auditor}, ${from} to ${until}: ${all ? 'everything' : [...items, ...units].join(', ')}`.slice(0, 200);
}

/** What the directory reads of it (`domain/directory/auditor-access.ts`). */
function about(file: CaseFile<Doc>): AuditorAccessAbout {
  const { scope, from, until, audit } = file.document;
  const items = [...scope.items, ...scope.units.map((unit) => `unit:${unit}`)];
  return { person: file.parties['auditor']!, all: scope.all ? 'yes' : 'no', items, audit: audit?.id ?? null, from, until, ...validity(file) };
}
