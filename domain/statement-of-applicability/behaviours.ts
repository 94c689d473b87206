import type { PrincipalKey } from '../../contracts/identity.ts';
import type { StatementDocument } from '../../contracts/statement.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { dueInstant, localDate } from '../calendar/due.ts';
import { workingDays } from '../calendar/duration.ts';
import { calendarOf } from '../kernel/draft.ts';

/** What follows from a version: risk owners hear of it, the one before is superseded, the certification body is told of another scope of controls. */

type Sees = View<StatementDocument>;

/** Owners of risks for which a control of the version is there (rules §6.1 "risk owners informed"). */
function riskOwners({ facts }: Sees): PrincipalKey[] {
  const owners = facts.similar.filter(({ process, settled }) => process === 'risk' && settled === null).flatMap(({ about }) => about['owner'] ?? []);
  return [...new Set(owners)].sort().map((owner): PrincipalKey => `person:${owner}`);
}

/** One that was called off meanwhile has nothing to give up. */
function supersede({ file, doc, facts }: Sees): Follow[] {
  const isInForce = facts.similar.some(({ id, settled }) => id === doc.predecessor?.id && settled === null);
  return doc.predecessor === null || !isInForce ? [] : [{ kind: 'command', to: doc.predecessor.id, command: 'SUPERSEDE', body: { by: file.id, byRef: file.ref } }];
}

/** Where applicability changes, the certification body hears of it (rules §6.1; its own process does not run yet, so it is an action). */
function informCertificationBody(view: Sees): Follow[] {
  const { file, doc, facts, now } = view;
  if (!doc.isMajor || doc.predecessor === null) return [];
  const due = localDate(dueInstant({ anchor: now, duration: workingDays(20), calendar: calendarOf(view) }), file.zone);
  const owner = facts.directory.holders('ISO', now)[0];
  const payload = { title: `Tell the certification body that applicability has changed (${file.ref})`, unit: file.unit, due, ...(owner && { owner }) };
  return [{ follow: 'open', process: 'action', payload, link: 'informCertificationBody', awaited: false, object: `${file.id}:cb` }];
}

/** The yearly review is the next version, be it the same again. */
function nextVersion({ file }: Sees): Follow[] {
  const payload = { cause: { kind: 'ANNUAL_REVIEW', ref: file.ref } };
  return [{ follow: 'open', process: 'statementOfApplicability', payload, link: 'nextVersion', awaited: false, object: `${file.id}:next` }];
}

/** Nothing is in force any more: the version under way, or else a new one, is approved as a whole. */
function replaced({ file, doc }: Sees): Follow[] {
  if (doc.effectiveOn === null) return [];
  const payload = { cause: { kind: 'OTHER', ref: file.ref, note: 'The version in force was called off' } };
  return [{ follow: 'open', process: 'statementOfApplicability', payload, link: 'nextVersion', awaited: false, object: `${file.id}:calledOff` }];
}

export const statementBehaviours: Behaviours<StatementDocument> = {
  entering: {
    cancelled: replaced,
    inApproval: (view) => [{ follow: 'inform', subject: 'statementInApproval', to: riskOwners(view) }],
    effective: (view) => [{ follow: 'inform', subject: 'statementEffective', to: ['role:ISO', 'role:TOP_MGMT'] }, ...supersede(view), ...informCertificationBody(view)],
    reviewDue: nextVersion,
  },
};
