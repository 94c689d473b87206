import { line, prose } from '../../contracts/fields.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import type { SpanKey } from '../../contracts/configuration.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import { itemOfControl } from '../framework/audited-items.ts';
import type { DeadlinePolicy, Policy, View } from '../kernel/definition.ts';
import { riskOwnerReasons } from '../access/risk-ownership.ts';
import { localDate } from '../calendar/due.ts';
import { inForce } from '../kernel/draft.ts';
import { aboutOf, controlsOf, emergencyHolds, keysOf, ratingOf } from './about.ts';
import { riskCommands } from './commands.ts';
import { closers, namers } from './owner.ts';
import type { Sees } from './rating.ts';
import { reviewIsDue } from './review.ts';

/** Who, by when: rules §5 and §18. Read it beside `machine.ts` and `commands.ts`. */

type Doc = RiskDocument;

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);
const hasOwner = ({ file }: View<Doc>) => file.parties['owner'] !== undefined;
const isAccepted = ({ doc, file }: View<Doc>) => hasOwner({ file } as View<Doc>) && doc.acceptedOwnership?.by === file.parties['owner'];
const isUnconfirmed = ({ doc }: View<Doc>) => doc.migrated !== null && doc.migrated.confirmedAt === null && doc.included === null;

const span = (name: SpanKey) => (view: View<Doc>) => inForce(view).span(name);

type Rest = Omit<DeadlinePolicy<Doc>, 'ladder' | 'duration'>;
const within = (name: SpanKey, rest: Rest): DeadlinePolicy<Doc> => ({ ladder: 'standard', duration: span(name), ...rest });

export const riskPolicy: Policy<Doc> = {
  parties: {
    owner: ({ file }) => key(file.parties['owner']),
    lineManager: ({ file }) => (file.parties['owner'] ? [`manager:${file.parties['owner']}`] : []),
    assessor: ({ file }) => key(file.parties['assessor']),
    secondRater: ({ file }) => key(file.parties['secondRater']),
    rater: (view) => (view.file.parties['assessor'] ? key(view.file.parties['assessor']) : ['role:ISO']),
    asked: (view) => (hasOwner(view) ? key(view.file.parties['owner']) : namers(view as Sees)),
    secondAsked: ({ file }) => (file.parties['secondRater'] ? key(file.parties['secondRater']) : ['isoDeputy']),
    namer: (view) => namers(view as Sees),
    ownerStandIn: (view) => (hasOwner(view) ? [] : namers(view as Sees)),
    closer: (view) => closers(view as Sees),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
  },
  reassign: {
    // An ISO or auditor owns a risk only where that is said on purpose, with NAME_OWNER.
    owner: { by: ['iso', 'isoDeputy', 'lineManager', 'topManagement'], fit: ({ facts, now }, to) => riskOwnerReasons({ person: to, evenThough: false, path: 'to' }, { facts, now }), ofUnit: true },
    assessor: { by: ['iso', 'isoDeputy', 'topManagement'] },
    secondRater: { by: ['iso', 'isoDeputy', 'topManagement'] },
  },
  commands: riskCommands as unknown as Policy<Doc>['commands'],
  tasks: {
    acceptOwnership: { for: 'owner', deadline: 'ownership', when: (view) => hasOwner(view) && !isAccepted(view) && !isUnconfirmed(view) },
    nameOwner: { for: 'namer', deadline: 'ownership', when: (view) => !hasOwner(view) },
    rate: { for: 'assessor', when: ({ doc }) => doc.included !== null },
    secondRate: { for: 'secondAsked', when: ({ doc }) => doc.proposal?.needsSecond === true && doc.proposal.secondRating === null },
    evaluate: { for: 'rater' },
    confirmMigrated: { for: 'owner', deadline: 'migratedConfirmation', when: isUnconfirmed },
    // Nothing that has to be assessed lies about because no assessment has it.
    seeToAssessment: { for: 'iso', when: (view) => view.doc.included === null && !isUnconfirmed(view) },
    seeToAcceptance: { for: 'iso', deadline: 'riskAcceptance' },
    openPlan: { for: 'iso', deadline: 'openPlan' },
    rerate: { for: 'rater', deadline: 'rerating', when: ({ doc }) => doc.rerate !== null && doc.included === null },
    confirmEmergency: { for: 'rater', deadline: 'emergency', when: ({ file }) => emergencyHolds(file) },
    confirmClosing: { for: 'closer', deadline: 'closing', when: ({ doc }) => doc.closing !== null },
  },
  deadlines: {
    ownership: within('risk.ownership', { after: 'ownerAsked', owner: 'asked', when: (view) => !isAccepted(view) && !isUnconfirmed(view) }),
    emergency: within('risk.emergencyRating', { after: 'emergencyRated', owner: 'rater', when: ({ doc }) => doc.emergency !== null }),
    closing: within('risk.closing', { after: 'closeAsked', owner: 'closer', when: ({ doc }) => doc.closing !== null }),
    migratedConfirmation: within('risk.migratedConfirmation', { after: 'opened', owner: 'owner', when: isUnconfirmed }),
    riskAcceptance: within('risk.acceptance', { after: 'entered', owner: 'iso' }),
    // The graver the sooner; the time for the plan itself runs from here on (rules §6 "Timers").
    openPlan: { after: 'entered', duration: (view) => inForce(view).span(`risk.openPlan.${ratingOf(view.file)?.level ?? 'medium'}`), ladder: 'standard', owner: 'iso' },
    // On the planned day, however late the last review was.
    review: { after: 'rated', onDate: ({ doc }) => doc.reviewOn, when: ({ doc }) => doc.reviewOn !== null && doc.included === null, ladder: 'standard', owner: 'rater' },
    rerating: within('risk.rerating', { after: 'rerateAsked', owner: 'rater', when: ({ doc }) => doc.rerate !== null && doc.included === null }),
    reassessment: within('risk.reassessment', { after: 'entered', owner: 'iso' }),
  },
  levels: {
    REVIEW_DUE: (view) => reviewIsDue(view as Sees),
    IMPORTED: (view) => isUnconfirmed(view),
  },
  freezes: { treatmentRequired: ({ doc, file, now }) => ({ ...doc, treatSince: localDate(now, file.zone) }) },
  windows: {},
  rounds: {},
  correctable: {
    title: { value: line('Title'), by: ['owner', 'iso', 'isoDeputy'] },
    description: { value: prose('Description').nullable(), by: ['owner', 'iso', 'isoDeputy'] },
  },
  keys: keysOf,
  auditedAs: ({ document }) => ['clause:6.1.2', 'clause:8.2', ...controlsOf(document).map(itemOfControl), ...document.suppliers.map((supplier) => `supplier:${supplier}`)],
  reviewInput: 'f',
  list: (file) => ({ title: file.document.title, owner: file.parties['owner'] ?? null, grade: ratingOf(file)?.level ?? null }),
  about: aboutOf,
};
