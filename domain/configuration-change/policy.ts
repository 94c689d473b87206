import type { CaseFile } from '../../contracts/case-file.ts';
import { configurationChangeBodies } from '../../contracts/configuration-change.ts';
import type { ConfigurationChangeAbout, ConfigurationChangeBody, ConfigurationChangeCommand, ConfigurationChangeDocument } from '../../contracts/configuration-change.ts';
import type { Instant, PrincipalKey } from '../../contracts/identity.ts';
import { atLocalTime } from '../calendar/due.ts';
import { keysOf } from '../configuration/configuration.ts';
import type { CommandPolicy, Policy, SeatPolicy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { authorReasons, authorsOf, calendarReasons, replaced } from './rules.ts';

/** Who, by when: rules §16.6. */

type Doc = ConfigurationChangeDocument;
type Sees = View<Doc, never>;
type Commands = { [C in ConfigurationChangeCommand]: CommandPolicy<Doc, ConfigurationChangeBody<C>> };

const authors = ['author', 'iso', 'isoDeputy', 'topManagement'];

const commands: Commands = {
  EDIT: {
    by: authors,
    body: configurationChangeBodies.EDIT,
    involves: 'authoredConfiguration',
    rules: ({ body, actor, facts, now }) =>
      body ? [...authorReasons(body, { person: actor.person!, facts, now }), ...calendarReasons(body, { facts, now })] : [],
    record: ({ doc, body, facts, now }) => ({ ...doc, ...body, before: replaced(body, { facts, now }) }),
  },
  SUBMIT: { by: authors, body: configurationChangeBodies.SUBMIT, involves: 'authoredConfiguration' },
  REVOKE: { by: ['iso', 'isoDeputy', 'topManagement'], body: configurationChangeBodies.REVOKE },
  SUPERSEDE: { by: ['system'], body: configurationChangeBodies.SUPERSEDE },
};

/** Calendars: the ISO or TOP_MGMT. Ladders, limits and all else: TOP_MGMT. Never its author; a witness where nobody else is left (rules §18). */
function seats({ doc }: View<Doc>): SeatPolicy[] {
  const onlyCalendars = Object.keys(doc.set).length === 0;
  const first: PrincipalKey[] = onlyCalendars ? ['role:ISO', 'role:TOP_MGMT'] : ['role:TOP_MGMT'];
  return [{ name: onlyCalendars ? 'isoOrTopManagement' : 'topManagement', tiers: [first, ['role:WITNESS']] }];
}

/** Those who can decide the seat: whom an approval that is late reminds. */
function approvers({ file: { round }, facts, now }: View<Doc>): PrincipalKey[] {
  return approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`);
}

/** Midnight at the organisation; where the approval came later, at once. */
function beginning({ doc, facts, now }: View<Doc>): Instant {
  const midnight = atLocalTime(doc.effectiveOn, '00:00', facts.directory.organisation.zone);
  return midnight > now ? midnight : now;
}

export const configurationChangePolicy: Policy<Doc> = {
  parties: {
    author: ({ file }) => (file.parties['author'] ? [`person:${file.parties['author']}`] : []),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    approvers,
  },
  reassign: { author: { by: ['iso', 'isoDeputy', 'topManagement'] } },
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { submitChange: { for: 'author' } },
  deadlines: {
    approval: { after: 'entered', duration: (view) => inForce(view).span('configurationChange.approval'), ladder: 'standard', owner: 'approvers' },
  },
  windows: { waiting: (view) => ({ at: beginning(view) }) },
  withdraw: { by: authors },
  rounds: {
    change: {
      mode: () => 'SINGLE',
      seats,
      never: (view) => authorsOf(view as Sees),
      neverRule: 'FOUR-EYES',
      involves: 'approvedConfiguration',
      subject: ({ document: { set, calendars, effectiveOn, before } }) => ({ set, calendars, effectiveOn, before }) as never,
    },
  },
  auditedAs: () => ['clause:6.3', 'clause:7.5.3'],
  reviewInput: 'b',
  list: ({ document, parties }) => ({ title: document.title, owner: parties['author'] ?? null, grade: null }),
  about,
};

/** What the directory reads of it (`domain/configuration/in-directory.ts`). */
function about(file: CaseFile<Doc>): ConfigurationChangeAbout {
  const { title, set, calendars, effectiveOn } = file.document;
  return { title, keys: keysOf({ set, calendars }), effectiveOn, effectiveAt: effectiveAt(file), change: JSON.stringify({ set, calendars }) };
}

/** From the approval on it is known; one that was called off never takes effect. */
function effectiveAt({ state, window, anchors }: CaseFile<Doc>): Instant | null {
  if (state === 'scheduled') return window?.ends ?? null;
  return ['inForce', 'superseded'].includes(state) ? (anchors['windowEnd'] ?? null) : null;
}
