import { breakGlassBodies } from '../../contracts/break-glass.ts';
import type { BreakGlassAbout, BreakGlassBody, BreakGlassCommand, BreakGlassDocument } from '../../contracts/break-glass.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import { clockHours } from '../calendar/duration.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { reviewReasons, reviewersOf } from './rules.ts';

/** Who, by when: rules §3.2 SOD-13, §18 "sole TOP_MGMT who is conflicted". */

type Doc = BreakGlassDocument;
type Commands = { [C in BreakGlassCommand]: CommandPolicy<Doc, BreakGlassBody<C>> };

const keys = (persons: readonly PersonId[]) => persons.map((person): PrincipalKey => `person:${person}`);
const holder = ({ parties }: Pick<CaseFile<Doc>, 'parties'>): PersonId[] => (parties['holder'] ? [parties['holder']] : []);

const commands: Commands = {
  END: { by: ['holder', 'topManagement', 'iso', 'isoDeputy'], body: breakGlassBodies.END },
  CONFIRM_REVIEW: {
    by: ['iso', 'topManagement', 'isoDeputy', 'witness'],
    body: breakGlassBodies.CONFIRM_REVIEW,
    rules: reviewReasons,
    record: ({ doc, body, actor, now }) => ({ ...doc, review: { by: actor.person!, at: now, assessment: body.assessment } }),
  },
  USED: { by: ['system'], body: breakGlassBodies.USED, record: ({ doc, body: { from, fromRef, ...use } }) => ({ ...doc, uses: [...doc.uses, { case: from, ref: fromRef, ...use }], review: null }) },
};

export const breakGlassPolicy: Policy<Doc> = {
  parties: {
    holder: ({ file }) => keys(holder(file)),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    witness: () => ['role:WITNESS'],
    approvers: ({ file: { round }, facts, now }) => keys(approversOf({ facts, now }, round)),
    reviewers: (view) => keys(reviewersOf(view)),
  },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { reviewBreakGlass: { for: 'reviewers' } },
  deadlines: {
    grant: { after: 'opened', duration: (view) => inForce(view).span('breakGlass.approval'), ladder: 'critical', owner: 'approvers' },
    review: { after: 'entered', duration: (view) => inForce(view).span('breakGlass.review'), ladder: 'standard', owner: 'reviewers' },
  },
  withdraw: { by: ['holder'] },
  windows: { hours: ({ doc }) => clockHours(doc.hours) },
  rounds: {
    grant: {
      mode: () => 'SINGLE',
      seats: () => [{ name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] }],
      never: ({ file }) => holder(file),
      neverRule: 'SOD-06',
      subject: ({ document: { powers, case: only, hours, reason } }) => ({ powers, only, hours, reason }),
      approvable: isStillHere,
    },
  },
  standingNeeds: ({ document: { case: only } }) => (only === null ? [] : [{ fact: 'cases', ids: [only] }]),
  auditedAs: () => ['clause:5.3', 'control:A.8.2'],
  reviewInput: 'g',
  list: ({ document, parties }) => ({ title: `${parties['holder']}, ${document.hours} h: ${document.powers.join(', ')}`.slice(0, 200), owner: parties['holder'] ?? null, grade: null }),
  about,
};

/** Nothing is given to who is gone. */
function isStillHere({ file, facts, now }: View<Doc>) {
  const [person = ''] = holder(file);
  return facts.directory.isActive(person, now) ? [] : [reason('PERSON_NOT_ACTIVE', { person })];
}

/** What the directory reads of it (`domain/directory/break-glass.ts`): powers while its window runs, and not a moment longer. */
function about({ state, window, document, parties }: CaseFile<Doc>): BreakGlassAbout {
  const running = state === 'active' && window !== null ? { starts: window.opens, ends: window.ends } : { starts: null, ends: null };
  return { holder: parties['holder']!, powers: document.powers, case: document.case, ...running };
}
