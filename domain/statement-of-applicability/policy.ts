import type { CaseFile, CaseSummary } from '../../contracts/case-file.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { Json } from '../../contracts/json.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { statementBodies } from '../../contracts/statement.ts';
import type { StatementBody, StatementCommand, StatementDocument } from '../../contracts/statement.ts';
import { localDate } from '../calendar/due.ts';
import type { CommandPolicy, Policy, SeatPolicy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { sourceQueries } from '../statement/sources.ts';
import { consistencyReasons } from './guards.ts';
import { derived, inForceQuery, versionText } from './records.ts';

/** Who, by when: rules §6.1, §18 "SoA". */

type Doc = StatementDocument;
type Commands = { [C in StatementCommand]: CommandPolicy<Doc, StatementBody<C>> };

const officers = ['iso', 'isoDeputy'];
const underWay = ['draft', 'isoReview', 'inApproval'];

const commands: Commands = {
  REDERIVE: { by: [...officers, 'topManagement', 'system'], body: statementBodies.REDERIVE, record: (view) => derived(view, { ...view.doc, causes: [...view.doc.causes, view.body.cause] }) },
  JUSTIFY: {
    by: officers,
    body: statementBodies.JUSTIFY,
    involves: 'authoredStatement',
    rules: ({ body, doc }) => (body ? unknownControls(doc, body) : []),
    record: (view) => derived(view, { ...view.doc, justifications: { ...view.doc.justifications, ...justified(view.doc, view.body) } }),
  },
  SUBMIT: { by: officers, body: statementBodies.SUBMIT, involves: 'authoredStatement' },
  PRESENT: { by: officers, body: statementBodies.PRESENT },
  RETURN: { by: officers, body: statementBodies.RETURN },
  SUPERSEDE: { by: ['system'], body: statementBodies.SUPERSEDE },
};

/** However the id is written. */
function rowNamed({ rows }: Doc, control: string) {
  return rows.find((row) => row.control.toLowerCase() === control.toLowerCase());
}

function unknownControls(doc: Doc, { exclusions }: StatementBody<'JUSTIFY'>): Reason[] {
  const unknown = exclusions.flatMap(({ controls }, n) => controls.map((control) => ({ control, path: `exclusions.${n}.controls` }))).filter(({ control }) => !rowNamed(doc, control));
  return unknown.map((each) => reason('UNKNOWN_CONTROL', each));
}

function justified(doc: Doc, { exclusions }: StatementBody<'JUSTIFY'>): Record<string, string> {
  return Object.fromEntries(exclusions.flatMap(({ controls, justification }) => controls.map((control) => [rowNamed(doc, control)!.control, justification])));
}

const iso: SeatPolicy = { name: 'iso', tiers: [['role:ISO'], ['isoDeputy']] };
const topManagement: SeatPolicy = { name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] };

function approvers({ file: { round }, facts, now }: View<Doc>): PrincipalKey[] {
  return approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`);
}

export const statementPolicy: Policy<Doc> = {
  parties: { iso: () => ['role:ISO'], isoDeputy: () => ['isoDeputy'], topManagement: () => ['role:TOP_MGMT'], approvers },
  reassign: {},
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: { completeStatement: { for: 'iso' }, reviewStatement: { for: 'iso' }, awaitNextVersion: { for: 'iso' } },
  deadlines: {
    completion: { after: 'entered', duration: (view) => inForce(view).span('soa.completion'), ladder: 'standard', owner: 'iso' },
    review: { after: 'entered', duration: (view) => inForce(view).span('soa.review'), ladder: 'standard', owner: 'iso' },
    approval: { after: 'entered', duration: (view) => inForce(view).span('soa.approval'), ladder: 'standard', owner: 'approvers' },
  },
  windows: { interval: (view) => inForce(view).span('soa.interval') },
  rounds: {
    statement: {
      // A version that changes only status and evidence is approved by the ISO alone (rules §6.1 [D]).
      mode: ({ doc }) => (doc.isMajor ? 'SEQUENTIAL' : 'SINGLE'),
      seats: ({ doc }) => (doc.isMajor ? [iso, topManagement] : [iso]),
      never: () => [],
      neverRule: 'FOUR-EYES',
      involves: 'approvedStatement',
      subject: ({ document: { version, rows } }) => ({ version, rows }) as unknown as Json,
      approvable: consistencyReasons,
    },
  },
  withdraw: { by: officers },
  cancel: { by: [...officers, 'topManagement'], confirmedBy: ['topManagement', ...officers] },
  freezes: { effective: ({ doc, file, now }) => ({ ...doc, effectiveOn: localDate(now, file.zone) }) },
  // What it is checked against must be as it is now, whoever looks.
  standingNeeds: ({ state }) => (underWay.includes(state) ? [...sourceQueries, inForceQuery] : []),
  keys: ({ state, settled, document }) => keysOf(state, settled, document),
  claims: ({ state }) => (underWay.includes(state) ? ['soa:draft'] : []),
  auditedAs: () => ['clause:6.1.3'],
  reviewInput: 'f',
  list: ({ document }) => ({ title: `Statement of Applicability ${versionText(document.version)}`, owner: null, grade: document.isMajor ? 'major' : 'minor' }),
  about,
};

/** Open, in force, or called off after it had been: numbers go on from there. */
function keysOf(state: string, settled: string | null, { effectiveOn }: Doc): { key: string; value: string }[] {
  if (settled === null) return [{ key: 'statement', value: underWay.includes(state) ? 'open' : 'inForce' }];
  return state === 'cancelled' && effectiveOn !== null ? [{ key: 'statement', value: 'calledOff' }] : [];
}

function about({ document: { version, isMajor, rows, delta, effectiveOn, predecessor } }: CaseFile<Doc>): CaseSummary['about'] {
  const ids = (applicable: boolean) => rows.filter((row) => row.applicable === applicable).map(({ control }) => control);
  return {
    ...{ version: versionText(version), major: isMajor ? 'yes' : 'no', effectiveOn, applicable: ids(true), excluded: ids(false) },
    ...{ changes: String(delta.length), predecessor: predecessor?.ref ?? null, rows: JSON.stringify(rows) },
  };
}
