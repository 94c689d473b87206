import { contextRecordBodies as bodies } from '../../contracts/context-record.ts';
import type { ContextKind, ContextRecordAbout, ContextRecordBody, ContextRecordCommand, ContextRecordDocument } from '../../contracts/context-record.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import { line } from '../../contracts/fields.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { amended, confirmed, latest } from './records.ts';
import { confirmsOwn, writers } from './rules.ts';

/** Who, by when: rules §12 P17, §18 "Assessment". */

type Doc = ContextRecordDocument;
type Commands = { [C in ContextRecordCommand]: CommandPolicy<Doc, ContextRecordBody<C>> };

const keepers = ['iso', 'isoDeputy', 'topManagement'];
const span = (name: 'preparation' | 'confirmation' | 'review' | 'validity') => (view: View<Doc>) => inForce(view).span(`context.${name}`);

const commands: Commands = {
  AMEND: { by: keepers, body: bodies.AMEND, involves: 'preparedContext', record: amended },
  SUBMIT: { by: keepers, body: bodies.SUBMIT },
  CONFIRM: { by: ['confirmers'], body: bodies.CONFIRM, involves: 'confirmedContext', rules: (view) => confirmsOwn(view as View<Doc, never>), record: confirmed },
  RETURN: { by: ['confirmers'], body: bodies.RETURN },
};

/** The scope is TOP_MGMT's (4.3, 5.1); the rest the ISO, the deputy or TOP_MGMT confirm. Who has prepared it does not; a witness where nobody else is left. */
function confirmers(view: View<Doc>): PrincipalKey[] {
  const { doc, facts, now } = view;
  const keys: PrincipalKey[] = doc.kind === 'SCOPE' ? ['role:TOP_MGMT'] : ['role:ISO', 'isoDeputy', 'role:TOP_MGMT'];
  const wrote = writers(view);
  const free = (key: PrincipalKey) => facts.directory.resolve(key, now).some((person) => !wrote.includes(person));
  const fit = keys.filter(free);
  return fit.length > 0 ? fit : ['role:WITNESS'];
}

const auditedAs: Record<ContextKind, string[]> = { SCOPE: ['clause:4.3'], ISSUES: ['clause:4.1'], PARTIES: ['clause:4.2'] };

export const contextRecordPolicy: Policy<Doc> = {
  parties: { iso: () => ['role:ISO'], isoDeputy: () => ['isoDeputy'], topManagement: () => ['role:TOP_MGMT'], confirmers },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { prepare: { for: 'iso' }, confirm: { for: 'confirmers' }, review: { for: 'iso' } },
  deadlines: {
    preparation: { after: 'entered', duration: span('preparation'), ladder: 'standard', owner: 'iso' },
    confirmation: { after: 'entered', duration: span('confirmation'), ladder: 'standard', owner: 'confirmers' },
    review: { after: 'windowEnd', duration: span('review'), ladder: 'standard', owner: 'iso' },
  },
  windows: { validity: span('validity') },
  rounds: {},
  correctable: { title: { value: line('Title'), by: keepers } },
  cancel: { by: keepers, confirmedBy: [...keepers, 'confirmers'] },
  claims: ({ settled, document: { kind } }) => (settled === null ? [`context:${kind}`] : []),
  keys: ({ document: { kind } }) => [{ key: 'kind', value: kind }],
  auditedAs: ({ document }) => auditedAs[document.kind],
  reviewInput: ({ document }) => (document.kind === 'PARTIES' ? 'c' : 'b'),
  list: ({ document }) => ({ title: document.title, owner: null, grade: null }),
  about,
};

function about({ document: doc }: CaseFile<Doc>): ContextRecordAbout {
  const { kind, title, versions, confirmations } = doc;
  const last = confirmations.at(-1);
  const held = versions.find(({ number }) => number === last?.version) ?? null;
  return {
    ...{ kind, title, version: String(latest(doc).number), contentHash: latest(doc).contentHash },
    ...{ confirmedAt: last?.at ?? null, validUntil: last?.validUntil ?? null, units: held?.content.scope?.units ?? [] },
  };
}
