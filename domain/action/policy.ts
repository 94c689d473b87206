import { actionBodies } from '../../contracts/action.ts';
import type { ActionBody, ActionCommand, ActionDocument, ActionKind } from '../../contracts/action.ts';
import { line, prose } from '../../contracts/fields.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { ReviewInput } from '../../contracts/review-input.ts';
import { familyOf, segregationReasons } from '../access/segregation.ts';
import type { CommandPolicy, Policy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { parentsOf } from '../kernel/links.ts';
import { actionGuards } from './guards.ts';

/** Who, by when, under which rule: rules §6 "Action"; the rows that it leaves open are in docs/processes/action.md. */

type Sees = View<ActionDocument, never>;
type Commands = { [C in ActionCommand]: CommandPolicy<ActionDocument, ActionBody<C>> };

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);

/** Present owner of the parent case; of an action without one, who opened it. */
function parentOwner({ file, doc, facts }: Sees): PrincipalKey[] {
  const parent = facts.cases.find(({ id }) => parentsOf(file).includes(id));
  const opener = file.openedBy === 'SYSTEM' ? undefined : file.openedBy;
  return key((parent?.about['owner'] as string | undefined) ?? doc.parentOwner ?? opener);
}

/** The verifier named, else the owner of the parent, else the ISO and then the line manager: never the owner of the action (rules §6). */
function verifier(view: Sees): PrincipalKey[] {
  const { file, facts, now } = view;
  const owner = file.parties['owner'];
  const manager = owner === undefined ? [] : [`manager:${owner}` as const];
  const tiers: PrincipalKey[][] = [key(file.parties['verifier']), parentOwner(view), ['role:ISO'], ['isoDeputy'], manager];
  const fit = (tier: PrincipalKey[]) => tier.some((each) => facts.directory.resolve(each, now).some((person) => verifierReasons(view, person).length === 0));
  return tiers.find(fit) ?? ['role:TOP_MGMT'];
}

/** Owner and implementer of an action never verify it (rules §6 "verifier ≠ owner", SOD-05 for corrective action). */
function verifierReasons({ file, facts }: Sees, person: PersonId): Reason[] {
  if (file.parties['owner'] === person) return [reason('SOD_BLOCKED', { rule: 'SOD-05', person, because: 'actionOwner', waivable: false })];
  return segregationReasons(person, 'verifiedAction', familyOf(file), facts.involvements);
}

/** Nobody calls off what he is himself to do (SOD-06: no own waiver). */
function notOwnAction({ file, actor }: Sees): Reason[] {
  const owns = actor.person !== null && file.parties['owner'] === actor.person;
  return owns ? [reason('SOD_BLOCKED', { rule: 'SOD-06', person: actor.person!, because: 'actionOwner', waivable: false })] : [];
}

/**
 * An implementer has not judged the parent, nor will he: the owner-to-be is asked the same question as when he submits, and is
 * not who is to verify the effectiveness of the parent (SOD-05).
 */
function ownerReasons({ file, facts }: Sees, person: PersonId): Reason[] {
  const family = familyOf(file);
  const judges = facts.cases.some(({ id, about }) => family.parents.includes(id) && about['verifier'] === person);
  const reasons = segregationReasons(person, 'implementedAction', family, facts.involvements);
  return judges ? [...reasons, reason('SOD_BLOCKED', { rule: 'SOD-05', person, because: 'verifier', waivable: false })] : reasons;
}

/** Kinds that the audit universe looks for. */
const weighty: readonly ActionDocument['kind'][] = ['INCIDENT', 'EXCEPTION'];

const commands: Commands = {
  ASSIGN: {
    by: ['parentOwner', 'iso', 'isoDeputy'],
    body: actionBodies.ASSIGN,
    rules: (view) => (view.body ? ownerReasons(view as never, view.body.owner) : []),
    names: ({ body }) => ({ owner: body.owner }),
  },
  ACKNOWLEDGE: { by: ['owner'], body: actionBodies.ACKNOWLEDGE },
  DECLINE: {
    by: ['owner'],
    body: actionBodies.DECLINE,
    names: () => ({ owner: null }),
    record: ({ doc }) => ({ ...doc, declines: doc.declines + 1 }),
  },
  START: { by: ['owner'], body: actionBodies.START },
  BLOCK: { by: ['owner'], body: actionBodies.BLOCK, record: ({ doc, body }) => ({ ...doc, blockedBecause: body.reason }) },
  UNBLOCK: { by: ['owner', 'parentOwner', 'iso', 'isoDeputy'], body: actionBodies.UNBLOCK, record: ({ doc }) => ({ ...doc, blockedBecause: null }) },
  SUBMIT: {
    by: ['owner'],
    body: actionBodies.SUBMIT,
    involves: 'implementedAction',
    evidence: ({ evidence }) => evidence,
    record: ({ doc, body, actor }) => ({ ...doc, result: body.result, submittedEvidence: body.evidence, submittedBy: actor.person }),
  },
  RETURN: {
    by: ['verifier'],
    body: actionBodies.RETURN,
    rules: (view) => verifierReasons(view as never, view.actor.person!),
    record: ({ doc }) => ({ ...doc, returns: doc.returns + 1 }),
  },
  VERIFY: {
    by: ['verifier'],
    body: actionBodies.VERIFY,
    involves: 'verifiedAction',
    rules: (view) => verifierReasons(view as never, view.actor.person!),
    record: ({ doc, body }) => ({ ...doc, verification: body.note }),
  },
  CALL_OFF: { by: ['system'], body: actionBodies.CALL_OFF },
};

/** Under which clause an auditor asks for an action of that kind; any other is read with its unit. */
const auditedAs: Record<ActionKind, string[]> = {
  GENERAL: ['clause:8.1'],
  CORRECTIVE: ['clause:10.2'],
  CONDITION: ['clause:8.1'],
  TREATMENT: ['clause:6.1.3', 'clause:8.3'],
  RISK_REASSESSMENT: ['clause:8.2'],
  EXTRA_AUDIT: ['clause:9.2.2'],
  DOCUMENT_CHANGE: ['clause:7.5.2'],
  ISMS_CHANGE: ['clause:6.3'],
  MANAGEMENT_REVIEW_ITEM: ['clause:9.3.2'],
  INCIDENT: ['control:A.5.26'],
  EXCEPTION: ['clause:6.1.3'],
  IMPROVEMENT: ['clause:10.1'],
};

/** Where an item of the management review belongs that it stands for (rules §11). */
const reviewInputOf: Record<ActionKind, ReviewInput> = {
  ...{ MANAGEMENT_REVIEW_ITEM: 'a', DOCUMENT_CHANGE: 'b', ISMS_CHANGE: 'b', CORRECTIVE: 'd1', CONDITION: 'd2', EXTRA_AUDIT: 'd3' },
  ...{ TREATMENT: 'f', RISK_REASSESSMENT: 'f', GENERAL: 'g', INCIDENT: 'd1', EXCEPTION: 'f', IMPROVEMENT: 'g' },
};

export const actionPolicy: Policy<ActionDocument> = {
  parties: {
    owner: ({ file }) => key(file.parties['owner']),
    opener: ({ file }) => (file.openedBy === 'SYSTEM' ? [] : key(file.openedBy)),
    parentOwner: (view) => parentOwner(view as Sees),
    verifier: (view) => verifier(view as Sees),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    assigner: (view) => [...parentOwner(view as Sees), 'role:ISO'],
    responsible: (view) => (view.file.parties['owner'] ? key(view.file.parties['owner']) : [...parentOwner(view as Sees), 'role:ISO']),
    lineManager: ({ file }) => (file.parties['owner'] ? [`manager:${file.parties['owner']}`] : []),
    topManagement: () => ['role:TOP_MGMT'],
    witness: () => ['role:WITNESS'],
  },
  reassign: {
    owner: { by: ['parentOwner', 'lineManager', 'iso', 'isoDeputy', 'topManagement'], fit: (view, to) => ownerReasons(view as Sees, to), event: 'REASSIGNED' },
    verifier: { by: ['parentOwner', 'iso', 'isoDeputy', 'topManagement'], fit: (view, to) => verifierReasons(view as Sees, to) },
  },
  commands: commands as unknown as Policy<ActionDocument>['commands'],
  tasks: {
    assign: { for: 'assigner', when: (view) => actionGuards.hasOwner(view as never).length > 0 },
    acknowledge: { for: 'owner', deadline: 'acknowledgement' },
    carryOut: { for: 'owner' },
    unblock: { for: 'owner' },
    helpUnblock: { for: 'parentOwner' },
    verify: { for: 'verifier' },
  },
  deadlines: {
    acknowledgement: { after: 'entered', duration: (view) => inForce(view).span('action.acknowledgement'), ladder: 'standard', owner: 'owner' },
    due: { after: 'opened', onDate: ({ doc }) => doc.due, ladder: 'standard', owner: 'responsible' },
    verification: { after: 'entered', duration: (view) => inForce(view).span('action.verification'), ladder: 'standard', owner: 'verifier' },
  },
  correctable: {
    title: { value: line('Title'), by: ['opener', 'iso', 'isoDeputy'] },
    description: { value: prose('What is to be done').nullable(), by: ['opener', 'iso', 'isoDeputy'] },
    expectedEvidence: { value: prose('Evidence expected').nullable(), by: ['opener', 'iso', 'isoDeputy'] },
  },
  withdraw: { by: ['opener'] },
  // Of the two one is the owner of the parent, who answers for what is then not done (rules §6).
  cancel: {
    by: ['parentOwner', 'iso', 'isoDeputy', 'topManagement'],
    confirmedBy: ['parentOwner', 'iso', 'isoDeputy', 'topManagement', 'witness'],
    oneOf: 'parentOwner',
    rules: (view) => notOwnAction(view as Sees),
  },
  extensions: {
    grave: ({ file, facts }) => facts.cases.some(({ id, about }) => parentsOf(file).includes(id) && about['grade'] === 'major'),
    boundBy: ({ file, facts }, { deadline, newDate }) => {
      const parent = facts.cases.find(({ id }) => parentsOf(file).includes(id));
      const limit = parent?.about['externalDue'] as string | null | undefined;
      return deadline === 'due' && limit && newDate > limit ? (parent!.about['externalBody'] as string) : null;
    },
    record: ({ doc }, { deadline, newDate }) => (deadline === 'due' ? { ...doc, due: newDate } : doc),
  },
  windows: {},
  rounds: {},
  needs: (file, command) => (['REQUEST_CANCEL', 'CONFIRM_CANCEL'].includes(command) ? parentsOf(file).map((of) => ({ fact: 'children' as const, of })) : []),
  auditedAs: ({ document: { kind, covers } }) => [...auditedAs[kind], ...(weighty.includes(kind) ? covers : [])],
  reviewInput: ({ document: { kind } }) => reviewInputOf[kind],
  keys: ({ document: { kind } }) => (weighty.includes(kind) ? [{ key: 'kind', value: kind }] : []),
  list: ({ document, parties }) => ({ title: document.title, owner: parties['owner'] ?? null, grade: null }),
  about: ({ document, parties }) => ({
    ...{ title: document.title, kind: document.kind, covers: document.covers, due: document.due, owner: parties['owner'] ?? null },
    evidence: document.submittedEvidence,
  }),
};
