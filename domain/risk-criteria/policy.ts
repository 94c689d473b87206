import type { CaseFile } from '../../contracts/case-file.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import { riskCriteriaBodies as bodies } from '../../contracts/risk-criteria.ts';
import type { RiskCriteriaAbout, RiskCriteriaBody, RiskCriteriaCommand, RiskCriteriaDocument } from '../../contracts/risk-criteria.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { authorsOf, contentOf, written } from './rules.ts';

/** Who, by when: rules §5 "Risk criteria", §16.6. */

type Doc = RiskCriteriaDocument;
type Commands = { [C in RiskCriteriaCommand]: CommandPolicy<Doc, RiskCriteriaBody<C>> };

const authors = ['author', 'iso', 'isoDeputy', 'topManagement'];

const commands: Commands = {
  EDIT: { by: authors, body: bodies.EDIT, involves: 'authoredCriteria', record: ({ doc, body }) => ({ ...doc, ...written(body) }) },
  SUBMIT: { by: authors, body: bodies.SUBMIT, involves: 'authoredCriteria' },
  SUPERSEDE: { by: ['system'], body: bodies.SUPERSEDE },
};

export const ACTIVE_CLAIM = 'criteria:active';

export const riskCriteriaPolicy: Policy<Doc> = {
  parties: {
    author: ({ file }) => (file.parties['author'] ? [`person:${file.parties['author']}`] : []),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    approvers: ({ file: { round }, facts, now }) => approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`),
  },
  reassign: { author: { by: ['iso', 'isoDeputy', 'topManagement'] } },
  commands: commands as unknown as Policy<Doc>['commands'],
  withdraw: { by: authors },
  tasks: { submitCriteria: { for: 'author' }, seeToActivation: { for: 'iso', deadline: 'activation' } },
  deadlines: {
    approval: { after: 'entered', duration: (view) => inForce(view).span('riskCriteria.approval'), ladder: 'standard', owner: 'approvers' },
    activation: { after: 'entered', duration: (view) => inForce(view).span('riskCriteria.activation'), ladder: 'standard', owner: 'iso' },
  },
  windows: {},
  rounds: {
    criteria: {
      mode: () => 'SINGLE',
      seats: () => [{ name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] }],
      never: (view) => authorsOf(view),
      neverRule: 'FOUR-EYES',
      involves: 'approvedCriteria',
      subject: ({ document }) => ({ ...contentOf(document), method: document.method, temporaryAcceptance: document.temporaryAcceptance, triggers: document.triggers }) as never,
    },
  },
  levels: { NONE_ACTIVE: () => true },
  claims: ({ state }) => (state === 'active' ? [ACTIVE_CLAIM] : []),
  standingNeeds: () => [{ fact: 'claims', keys: [ACTIVE_CLAIM] }],
  freezes: { active: (view: View<Doc>) => ({ ...view.doc, effectiveAt: view.now, predecessor: predecessorOf(view) }) },
  auditedAs: () => ['clause:6.1.2'],
  reviewInput: 'f',
  list: ({ document, parties }) => ({ title: document.title, owner: parties['author'] ?? null, grade: null }),
  about,
};

/** What was in force before. */
function predecessorOf({ file, facts }: View<Doc>): string | null {
  const before = facts.directory.casesOf('riskCriteria').filter(({ id, about: known }) => id !== file.id && (known as RiskCriteriaAbout).effectiveAt !== null);
  return before.toSorted((a, b) => ((a.about['effectiveAt'] as string) < (b.about['effectiveAt'] as string) ? -1 : 1)).at(-1)?.ref ?? null;
}

/** What the directory reads of it (`domain/criteria/in-directory.ts`). */
function about({ document }: CaseFile<Doc>): RiskCriteriaAbout {
  return { title: document.title, effectiveAt: document.effectiveAt, content: JSON.stringify(contentOf(document)) };
}
