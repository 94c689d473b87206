import { acceptanceBodies as bodies } from '../../contracts/acceptance.ts';
import type { AcceptanceBody, AcceptanceCommand, AcceptanceDocument } from '../../contracts/acceptance.ts';
import type { CaseFile } from '../../contracts/case-file.ts';
import { prose } from '../../contracts/fields.ts';
import type { PersonId, PrincipalKey } from '../../contracts/identity.ts';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import { riskOwnerReasons } from '../access/risk-ownership.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import { contentHash } from '../kernel/canonical.ts';
import { itemOfControl } from '../framework/audited-items.ts';
import type { CommandPolicy, Policy, SeatPolicy, View } from '../kernel/definition.ts';
import { inForce } from '../kernel/draft.ts';
import { approversOf } from '../kernel/rounds/seats.ts';
import { atLocalTime, DUE_TIME } from '../calendar/due.ts';
import { acceptanceGuards } from './guards.ts';
import * as rules from './rules.ts';
import type { Sees } from './rules.ts';

/** Who, by when, under which rule: rules §6 "Risk acceptance", §18 "Acceptance", SOD-04. */

type Doc = AcceptanceDocument;
type Commands = { [C in AcceptanceCommand]: CommandPolicy<Doc, AcceptanceBody<C>> };

const key = (person: PersonId | undefined): PrincipalKey[] => (person === undefined ? [] : [`person:${person}`]);
const ended = (doc: Doc, how: 'EXPIRED' | 'REVOKED' | 'LAPSED', because: string): Doc => ({ ...doc, ended: { how, because } });

const commands: Commands = {
  COMMENT_ON: {
    by: ['commenter'],
    body: bodies.COMMENT_ON,
    record: ({ doc, body, actor }) => ({ ...doc, comment: { by: actor.person!, text: body.comment } }),
  },
  SET_UNTIL: { by: ['owner', 'iso', 'isoDeputy'], body: bodies.SET_UNTIL, record: ({ doc, body }) => ({ ...doc, until: body.until }) },
  RENEW: { by: ['owner'], body: bodies.RENEW },
  REVOKE: { by: ['owner', 'topManagement'], body: bodies.REVOKE, record: ({ doc, body }) => ended(doc, 'REVOKED', body.reason) },
  DECIDE_AGAINST: { by: ['topManagement'], body: bodies.DECIDE_AGAINST, record: ({ doc, body }) => ended(doc, 'REVOKED', `${body.decision}: ${body.reason}`) },
  CONFIRM_TAKEN_OVER: {
    by: ['owner'],
    body: bodies.CONFIRM_TAKEN_OVER,
    acceptsRisk: true,
    involves: 'acceptedRisk',
    record: ({ doc }) => ({ ...doc, confirmed: true }),
    meets: ['takenOverConfirmation'],
  },
  REVOKE_BY_TRIGGER: { by: ['system'], body: bodies.REVOKE_BY_TRIGGER, record: ({ doc, body }) => ended(doc, 'REVOKED', body.because) },
  CRITERIA_CHANGED: { by: ['system'], body: bodies.CRITERIA_CHANGED, record: ({ doc, body }) => ended(doc, 'REVOKED', body.criteriaRef) },
  SUPERSEDE: { by: ['system'], body: bodies.SUPERSEDE, record: ({ doc, body }) => ({ ...doc, supersededBy: body.by }) },
  LAPSE: { by: ['system'], body: bodies.LAPSE, record: ({ doc, body }) => ended(doc, 'LAPSED', [body.because, body.ref].filter(Boolean).join(' ')) },
  OWNER_CHANGED: { by: ['system'], body: bodies.OWNER_CHANGED, names: ({ body }) => ({ owner: body.owner }) },
};

/** The ISO comments; where he owns the risk himself, his deputy. */
function commenter(view: View<Doc>): PrincipalKey[] {
  const owner = rules.riskOwner(view);
  const free = view.facts.directory.holders('ISO', view.now).some((person) => person !== owner);
  return free ? ['role:ISO', 'isoDeputy'] : ['isoDeputy'];
}

/** The owner of the risk; above his limit TOP_MGMT beside him, represented by a witness where it is he himself (rules §18). */
function seats(view: View<Doc>): SeatPolicy[] {
  const owner: SeatPolicy = { name: 'riskOwner', tiers: [key(rules.riskOwner(view))] };
  return rules.needsTop(view) ? [owner, { name: 'topManagement', tiers: [['role:TOP_MGMT'], ['role:WITNESS']] }] : [owner];
}

/** Nothing is accepted on a rating that is no longer the present one, nor what a plan has left while a condition of its approval is open. */
function isStillSo(view: View<Doc>): Reason[] {
  const { doc, facts, now } = view;
  if (doc.kind === 'RESIDUAL') return rules.conditionReasons(view as Sees);
  const risk = rules.riskOf(view as Sees);
  const level = risk?.about['level'] as Doc['level'] | null | undefined;
  if (!risk || !level) return [];
  return criteriaOf(facts).at(now).isAbove(level, doc.level) ? [reason('RATING_CHANGED', { risk: risk.ref, level })] : [];
}

function approvers({ file: { round }, facts, now }: View<Doc>): PrincipalKey[] {
  return approversOf({ facts, now }, round).map((person): PrincipalKey => `person:${person}`);
}

/** Its owner may not renew it once more: what then, TOP_MGMT decides. */
const asksTopManagement = (view: View<Doc>) => view.doc.kind !== 'INTERIM' && rules.isExhausted(view);

/** Who has to do something before it ends. */
function renewer(view: View<Doc>): PrincipalKey[] {
  return asksTopManagement(view) ? ['role:TOP_MGMT'] : key(rules.riskOwner(view));
}

const inEffect = ['active', 'expiring'];
const isUnconfirmed = ({ doc }: View<Doc>) => doc.kind === 'MIGRATED' && !doc.confirmed;

/** Date of another acceptance of the risk: the renewal is asked for by now, not once it is possible. */
const mayAskForRenewal = (view: View<Doc>) => acceptanceGuards.mayBeRenewed(view as never).every(({ code }) => code === 'RATING_TOO_OLD');

export const acceptancePolicy: Policy<Doc> = {
  parties: {
    owner: (view) => key(rules.riskOwner(view)),
    iso: () => ['role:ISO'],
    isoDeputy: () => ['isoDeputy'],
    topManagement: () => ['role:TOP_MGMT'],
    lineManager: (view) => [`manager:${rules.riskOwner(view) ?? ''}`],
    commenter,
    approvers,
    renewer,
  },
  reassign: {
    owner: {
      by: ['iso', 'isoDeputy', 'lineManager', 'topManagement'],
      fit: (view, to) => ownerReasons(view as Sees, to),
      reconfirm: ({ file }) => inEffect.includes(file.state),
    },
  },
  commands: commands as unknown as Policy<Doc>['commands'],
  tasks: {
    comment: { for: 'commenter' },
    renew: { for: 'owner', when: mayAskForRenewal },
    decideAgainst: { for: 'topManagement', when: asksTopManagement },
    confirmTakenOver: { for: 'owner', deadline: 'takenOverConfirmation', when: isUnconfirmed },
  },
  deadlines: {
    comment: { after: 'opened', duration: (view) => inForce(view).span('acceptance.comment'), ladder: 'standard', owner: 'commenter' },
    decision: { after: 'entered', duration: (view) => inForce(view).span('acceptance.decision'), ladder: 'standard', owner: 'approvers' },
    // Nobody is late by it: it reminds that the acceptance ends (rules §18: T−90, −30, −7 calendar days).
    validity: { after: 'entered', at: ({ file }) => atLocalTime(file.document.until, DUE_TIME, file.zone), ladder: 'expiry', owner: 'renewer' },
    takenOverConfirmation: { after: 'opened', duration: (view) => inForce(view).span('acceptance.migratedConfirmation'), when: isUnconfirmed, ladder: 'standard', owner: 'owner' },
  },
  windows: {
    untilExpiring: (view) => ({ at: rules.beginOfEnd(view) }),
    validity: ({ file }) => ({ at: rules.endOf(file) }),
  },
  rounds: {
    acceptance: {
      mode: () => 'ALL',
      seats,
      never: () => [],
      neverRule: 'SOD-04',
      involves: 'acceptedRisk',
      acceptsRisk: true,
      subject: rules.subjectOf,
      approvable: isStillSo,
    },
  },
  levels: {
    SIGNED: rules.isSigned,
    STARTS: (view) => rules.otherHolders(view as Sees).length === 0 && !endedOtherwise(view),
    PREDECESSOR_ENDED: (view) => (view.file.state === 'granted' ? endedOtherwise(view) : rules.endedPredecessor(view as Sees) !== undefined),
  },
  cancel: { by: ['iso', 'isoDeputy', 'owner'], confirmedBy: ['isoDeputy', 'topManagement', 'iso'] },
  standingNeeds: ({ document }) => rules.factsAbout(document),
  claims: ({ state, document }) => (inEffect.includes(state) ? [rules.claimOf(document)] : []),
  keys: ({ document, parties }) => [{ key: 'risk', value: document.risk }, ...(parties['owner'] ? [{ key: 'acceptedBy', value: parties['owner'] }] : [])],
  correctable: { reason: { value: prose('Reason'), by: ['iso', 'isoDeputy'] } },
  auditedAs: ({ document }) => ['clause:6.1.3', 'clause:8.3', ...document.compensatingControls.map(itemOfControl)],
  reviewInput: 'f',
  list: ({ document, parties }) => ({ title: document.title, owner: parties['owner'] ?? null, grade: document.level }),
  about,
};

/** What it renews has ended in another way than by being renewed: there is nothing left to renew. */
function endedOtherwise(view: View<Doc>): boolean {
  const before = rules.endedPredecessor(view as Sees);
  return before !== undefined && before.settled !== 'renewed';
}

/**
 * It stays with who owns the risk: the risk is given to somebody, and the acceptance follows. Where that one is gone, whoever may own the risk
 * stands in, so that it makes no difference which of the two hears of it first.
 */
function ownerReasons(view: Sees, to: PersonId): Reason[] {
  const owner = rules.riskOf(view)?.about['owner'];
  if (typeof owner !== 'string' || owner === to) return [];
  if (view.facts.directory.isActive(owner, view.now)) return [reason('NOT_THE_RISK_OWNER', { person: to, owner })];
  return riskOwnerReasons({ person: to, evenThough: false, path: 'to' }, view);
}

function about({ document, parties, state }: CaseFile<Doc>) {
  const { title, risk, riskRef, kind, level, until, ratedOn, criteria } = document;
  return {
    ...{ title, risk, riskRef, kind, level, owner: parties['owner'] ?? null, from: document.from, until, ratedOn, criteria },
    ...{ withinCriteria: document.withinCriteria ? 'yes' : 'no', renewals: String(document.renewals), plan: document.plan },
    ...{ ratingHash: document.contentHash, contentHash: contentHash(rules.subjectOf({ document })), inEffect: inEffect.includes(state) ? 'yes' : 'no' },
  };
}
