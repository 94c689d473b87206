import { absenceBodies } from '../../contracts/absence.ts';
import type { AbsenceAbout, AbsenceBody, AbsenceCommand, AbsenceDocument } from '../../contracts/absence.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { Instant } from '../../contracts/identity.ts';
import { spanOfDays } from '../directory/validity.ts';
import type { CommandPolicy, Policy } from '../kernel/definition.ts';
import { changedEndReasons, hasPresentSubstitute, namedSubstituteReasons } from './rules.ts';

/** Who, by when: rules §3.3. */

type Doc = AbsenceDocument;
type Commands = { [C in AbsenceCommand]: CommandPolicy<Doc, AbsenceBody<C>> };

/** Its days count at the site of who is away. */
export function days({ document: { from, until }, zone }: Pick<CaseFile<Doc>, 'document' | 'zone'>): { starts: Instant; ends: Instant } {
  const { starts, ends } = spanOfDays({ from, until }, zone);
  return { starts: starts!, ends: ends! };
}

/** Never their substitutes: nobody who stands in prolongs that himself. */
const recorders = ['absentPerson', 'lineManager', 'iso', 'isoDeputy'];

const commands: Commands = {
  CHANGE_END: { by: recorders, inPerson: true, body: absenceBodies.CHANGE_END, rules: changedEndReasons, record: ({ doc, body }) => ({ ...doc, until: body.until }) },
  NAME_SUBSTITUTE: {
    by: recorders,
    inPerson: true,
    body: absenceBodies.NAME_SUBSTITUTE,
    rules: namedSubstituteReasons,
    names: ({ body }) => ({ substitute: body.substitute }),
  },
  RETURN: { by: recorders, inPerson: true, body: absenceBodies.RETURN },
  CANCEL: { by: recorders, inPerson: true, body: absenceBodies.CANCEL },
};

export const absencePolicy: Policy<Doc> = {
  parties: {
    absentPerson: ({ file }) => [`person:${file.parties['person']!}`],
    lineManager: ({ file }) => [`manager:${file.parties['person']!}`],
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
  },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { nameSubstitute: { for: 'lineManager', when: (view) => !hasPresentSubstitute(view) } },
  deadlines: {},
  windows: {
    beginning: ({ file, doc }) => ({ at: days({ document: doc, zone: file.zone }).starts }),
    absence: ({ file, doc }) => ({ at: days({ document: doc, zone: file.zone }).ends }),
  },
  rounds: {},
  recordClass: 'personnel',
  auditedAs: () => [],
  reviewInput: 'b',
  list: ({ document, parties }) => ({ title: `${parties['person']}, ${document.from} to ${document.until}`, owner: parties['person'] ?? null, grade: null }),
  about,
};

/** What the directory reads of it (`domain/directory/standing-in.ts`). */
function about(file: CaseFile<Doc>): AbsenceAbout {
  const { from, until } = file.document;
  return { person: file.parties['person']!, substitute: file.parties['substitute'] ?? null, from, until, ...days(file) };
}
