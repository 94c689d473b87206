import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import { controlBodies } from '../../contracts/control.ts';
import type { ControlBody, ControlCommand, ControlDocument } from '../../contracts/control.ts';
import { line, prose } from '../../contracts/fields.ts';
import { localDate } from '../calendar/due.ts';
import { itemOfControl } from '../framework/audited-items.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { controlGuards } from './guards.ts';

/** Who keeps a control: its owner, the ISO and the deputy; that it does not work, an auditor may say as well (rules §14 L20). */

type Doc = ControlDocument;
type Commands = { [C in ControlCommand]: CommandPolicy<Doc, ControlBody<C>> };

const keepers = ['owner', 'iso', 'isoDeputy'];
const officers = ['iso', 'isoDeputy'];

const commands: Commands = {
  AMEND: { by: keepers, body: controlBodies.AMEND, record: (view) => ({ ...view.doc, ...view.body, ...(view.body.how !== undefined && changedNow(view)) }) },
  NAME_OWNER: { by: officers, body: controlBodies.NAME_OWNER, names: ({ body }) => ({ owner: body.owner }) },
  SET_STATUS: { by: keepers, body: controlBodies.SET_STATUS, record: (view) => statusSet(view, view.body.status) },
  VERIFY: {
    by: keepers,
    body: controlBodies.VERIFY,
    evidence: ({ evidence }) => evidence,
    record: ({ doc, body }) => ({ ...doc, evidenceOn: latest(doc.evidenceOn, body.on), effective: 'yes', notEffectiveBecause: null }),
  },
  NOT_EFFECTIVE: {
    by: [...keepers, 'auditor', 'leadAuditor', 'system'],
    body: controlBodies.NOT_EFFECTIVE,
    evidence: ({ evidence }) => evidence,
    record: ({ doc, body }) => ({ ...doc, effective: 'no', notEffectiveBecause: body.reason }),
  },
  MANDATE: {
    by: officers,
    body: controlBodies.MANDATE,
    record: ({ doc, body }) => ({ ...doc, mandatesGiven: doc.mandatesGiven + 1, mandates: [...doc.mandates, { ...body, key: `m${doc.mandatesGiven + 1}` }] }),
  },
  LIFT_MANDATE: { by: officers, body: controlBodies.LIFT_MANDATE, record: ({ doc, body }) => ({ ...doc, mandates: doc.mandates.filter(({ key }) => key !== body.key) }) },
  PLAN_ACTION: { by: keepers, body: controlBodies.PLAN_ACTION, record: ({ doc, body: { title, due } }) => ({ ...doc, actions: [...doc.actions, { title, due }] }) },
  RETIRE: { by: officers, body: controlBodies.RETIRE },
  RESTORE: { by: officers, body: controlBodies.RESTORE },
};

type Seen = Pick<View<Doc>, 'doc' | 'file' | 'now'>;

/** What has changed weighs more in the audit programme until it was audited (rules §9 no. 4). */
function changedNow({ file, now }: Seen): Pick<Doc, 'changedOn'> {
  return { changedOn: localDate(now, file.zone) };
}

function statusSet(view: Seen, status: Doc['status']): Doc {
  const { doc } = view;
  return { ...doc, status, actions: status === 'IMPLEMENTED' ? [] : doc.actions, ...(status !== doc.status && changedNow(view)) };
}

function latest(one: string | null, other: string): string {
  return one !== null && one > other ? one : other;
}

export const controlPolicy: Policy<Doc> = {
  parties: {
    owner: ({ file }) => (file.parties['owner'] ? [`person:${file.parties['owner']}`] : []),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    auditor: () => ['role:AUDITOR'],
    leadAuditor: () => ['role:LEAD_AUDITOR'],
  },
  reassign: { owner: { by: [...keepers, 'topManagement'] } },
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { nameOwner: { for: 'iso', when: (view) => controlGuards.hasNoOwner(view as never).length === 0 } },
  deadlines: {},
  windows: {},
  rounds: {},
  correctable: {
    title: { value: line('Title'), by: officers },
    how: { value: prose('How it is implemented').nullable(), by: officers },
  },
  // Whose ratings rely on it learns when it does not work (rules §14 L20).
  needs: ({ document }, command) => (command === 'NOT_EFFECTIVE' ? [{ fact: 'byKey', process: 'risk', key: 'control', value: document.control }] : []),
  keys: ({ document: { control } }) => [
    { key: 'register', value: 'control' },
    { key: 'control', value: control },
  ],
  claims: ({ document: { control } }) => [`control:${control.toLowerCase()}`],
  auditedAs: ({ document }) => [itemOfControl(document.control)],
  reviewInput: 'd2',
  list: ({ document: { control, title, status }, parties }) => ({ title: `${control} ${title}`.slice(0, 200), owner: parties['owner'] ?? null, grade: status }),
  about,
};

function about({ document, parties }: CaseFile<Doc>): CaseSummary['about'] {
  const { control, title, source, status, how, documents, changedOn = null, evidenceOn, effective, mandates, actions } = document;
  const planned = actions.map((each) => `${each.title}, until ${each.due}`);
  return { control, title, source, status, how, documents, changedOn, evidenceOn, effective, own: source === null ? 'no' : 'yes', owner: parties['owner'] ?? null, mandates: JSON.stringify(mandates), actions: planned };
}
