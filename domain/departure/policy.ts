import { departureBodies } from '../../contracts/departure.ts';
import type { DepartureAbout, DepartureBody, DepartureCommand, DepartureDocument } from '../../contracts/departure.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { effectiveAt, lastHolderReasons } from './rules.ts';

/** Who, by when: rules §3.3. Nothing is decided here about the cases concerned: each decides for itself. */

type Doc = DepartureDocument;
type Commands = { [C in DepartureCommand]: CommandPolicy<Doc, DepartureBody<C>> };

const announcers = ['iso', 'isoDeputy', 'topManagement', 'admin', 'lineManager'];

const commands: Commands = {
  CHANGE_LAST_DAY: { by: announcers, inPerson: true, body: departureBodies.CHANGE_LAST_DAY, rules: stillHeldReasons, record: ({ doc, body }) => ({ ...doc, lastDay: body.lastDay }) },
};

function stillHeldReasons({ file, doc, body, facts }: View<Doc, DepartureBody<'CHANGE_LAST_DAY'>>): Reason[] {
  return body ? lastHolderReasons({ kind: doc.kind, person: file.parties['person'], role: doc.role as never, lastDay: body.lastDay }, facts.directory) : [];
}

export const departurePolicy: Policy<Doc> = {
  parties: {
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    admin: () => ['role:ADMIN'],
    lineManager: ({ file, doc, facts, now }) => {
      if (file.parties['person']) return [`manager:${file.parties['person']}`];
      return facts.directory.headsOf(doc.successor ?? doc.unit ?? '', now).slice(0, 1).map((head) => `person:${head}` as const);
    },
  },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { seeToReassignment: { for: 'lineManager' } },
  deadlines: {
    listing: { after: 'windowEnd', duration: (view) => inForce(view).span('departure.listing'), ladder: 'standard', owner: 'iso' },
    reassignment: { after: 'windowEnd', duration: (view) => inForce(view).span('reassignment'), ladder: 'reassignment', owner: 'lineManager' },
  },
  windows: { lastDay: ({ doc, facts }) => ({ at: effectiveAt(doc.lastDay, facts.directory) }) },
  rounds: {},
  recordClass: 'personnel',
  auditedAs: () => [],
  withdraw: { by: announcers, inPerson: true },
  standingNeeds: ({ id }) => [{ fact: 'vacancies', of: id }],
  reviewInput: 'b',
  list: (file) => ({ title: titleOf(file), owner: null, grade: null }),
  about,
};

function titleOf({ document: { kind, role, unit, lastDay }, parties }: CaseFile<Doc>): string {
  const who = parties['person'] ?? unit;
  return kind === 'ROLE_ENDS' ? `${who} is ${role} until ${lastDay}` : `${who} until ${lastDay}`;
}

/** What the directory reads of it (`domain/directory/departures.ts`). */
function about({ document: { kind, role, unit, successor, lastDay }, parties }: CaseFile<Doc>): DepartureAbout {
  return { kind, person: parties['person'] ?? null, role, unit, successor, lastDay };
}
