import type { AcceptanceBody, AcceptanceDocument, AcceptanceEnding } from '../../contracts/acceptance.ts';
import type { Json } from '../../contracts/json.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';
import { claimOf, isOpenCase, otherHolders, ratingHash, riskOf, riskOwner } from './rules.ts';
import type { Sees } from './rules.ts';

/** What follows from an acceptance (rules §6, L10): the risk learns of it, the plan too, and what it replaces goes. */

type Seen = View<AcceptanceDocument>;

const tell = (to: string, command: string, body: Json): Follow => ({ kind: 'command', to, command, body });
const nudge = (to: string): Follow => ({ kind: 'nudge', to });

/** The newer acceptance of a risk takes the place of the one in force, and of the interim one; a renewal waits for its predecessor. */
function replaceOthers(view: Seen): Follow[] {
  const { doc, file } = view;
  if (doc.kind === 'RENEWAL') return [];
  const keys = doc.kind === 'INTERIM' ? [claimOf(doc)] : [claimOf(doc), claimOf({ ...doc, kind: 'INTERIM' })];
  return otherHolders(view as Sees, keys).map((to) => tell(to, 'SUPERSEDE', { by: file.id, byRef: file.ref }));
}

function takesEffect({ doc, file }: Seen): Follow[] {
  const { risk, kind, until } = doc;
  return [
    tell(risk, 'ACCEPTED', { acceptance: file.id, acceptanceRef: file.ref, kind, until }),
    // The plan that waits for it looks again.
    ...(doc.plan ? [nudge(doc.plan)] : []),
  ];
}

/** Those who wait for its end learn of it: its renewal, and what has replaced it. */
function makesRoom({ doc, file }: Seen): Follow[] {
  const waiting = file.links.filter(({ type, direction }) => type === 'renewal' && direction === 'child').map(({ to }) => to);
  return [...new Set([...waiting, ...(doc.supersededBy ? [doc.supersededBy] : [])])].map(nudge);
}

/** L10: above the criteria the risk has to be treated, and E2 and E3 know at once; within them it is assessed again. */
function ends(usual: AcceptanceEnding) {
  return (view: Seen): Follow[] => {
    const { doc, file } = view;
    const { risk, kind, withinCriteria } = doc;
    const how = usual === 'EXPIRED' && kind === 'INTERIM' ? 'LAPSED' : usual;
    const owner = riskOwner(view);
    const to: PrincipalKey[] = [...(owner ? [`person:${owner}` as const] : []), 'role:ISO', ...(withinCriteria ? [] : (['role:TOP_MGMT'] as const))];
    return [
      ...(isOpenCase(view, risk) ? [tell(risk, 'ACCEPTANCE_ENDED', { acceptance: file.id, kind, how, withinCriteria })] : []),
      ...tellPlan(view, how),
      ...makesRoom(view),
      { follow: 'inform', subject: subjects[usual], to },
    ];
  };
}

/** The plan asks the owner of the risk again, where nothing tolerates its level any more. */
function tellPlan(view: Seen, how: AcceptanceEnding | 'REFUSED'): Follow[] {
  const { doc, file } = view;
  const { risk, kind, withinCriteria, plan } = doc;
  if (!isOpenCase(view, plan)) return [];
  return [tell(plan, 'ACCEPTANCE_ENDED', { acceptance: file.id, risk, kind, how, withinCriteria, ...(doc.ended && { because: doc.ended.because.slice(0, 200) }) })];
}

/** It never came into force, and no other has taken its place. */
function neverHeld(view: Seen): Follow[] {
  const { doc } = view;
  if (doc.kind === 'INTERIM' && doc.supersededBy === null) return tellPlan(view, 'REFUSED');
  return doc.plan ? [nudge(doc.plan)] : [];
}

const subjects: Record<AcceptanceEnding, string> = { EXPIRED: 'acceptanceExpired', LAPSED: 'acceptanceExpired', REVOKED: 'acceptanceRevoked' };

/** Renewed by another acceptance that goes its own way through review and decision, on the rating as it is now. */
function openRenewal(view: View<AcceptanceDocument, never>): Follow[] {
  const { doc, file } = view;
  const body = view.body as unknown as AcceptanceBody<'RENEW'>;
  const risk = riskOf(view)!;
  const { level, ratedOn, criteria, category, title } = risk.about;
  const asked = file.links.filter(({ type, direction }) => type === 'renewal' && direction === 'child').length;
  const payload = {
    ...{ risk: doc.risk, riskRef: doc.riskRef, title: title ?? doc.title, unit: file.unit, owner: riskOwner(view), kind: 'RENEWAL' },
    ...{ level: level ?? doc.level, criteria: criteria ?? doc.criteria, ratedOn, contentHash: ratingHash(risk), reason: body.reason },
    ...{ compensatingControls: body.compensatingControls ?? doc.compensatingControls, predecessor: file.id, renewals: doc.renewals + 1 },
    ...(category && { category }),
    ...(body.until && { until: body.until }),
  };
  return [{ follow: 'open', process: 'acceptance', payload: payload as Json, link: 'renewal', awaited: false, object: `${file.id}:renewal:${asked + 1}:${doc.until}` }];
}

export const acceptanceBehaviours: Behaviours<AcceptanceDocument> = {
  entering: {
    granted: replaceOthers,
    active: takesEffect,
    renewed: makesRoom,
    expired: ends('EXPIRED'),
    revoked: ends('REVOKED'),
    refused: (view) => [
      tell(view.doc.risk, 'ACCEPTANCE_REFUSED', { acceptance: view.file.id }),
      ...neverHeld(view),
      { follow: 'inform', subject: 'acceptanceRefused', to: ['role:ISO'] },
    ],
    withdrawn: neverHeld,
  },
  after: { RENEW: openRenewal },
};
