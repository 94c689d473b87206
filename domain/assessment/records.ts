import type { AssessmentBody, AssessmentCommand, AssessmentDocument, AssessmentTrigger, BasisChange, OpenAssessment } from '../../contracts/assessment.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { Instant, PersonId } from '../../contracts/identity.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import type { View } from '../kernel/definition.ts';
import { openDisputes, risksOf } from './included.ts';
import { rowOf } from './result.ts';
import { merged, scopeOf } from '../scope/assessment-scope.ts';
import { itemsOf } from './start.ts';

/** What each command writes into the document of an assessment; nothing here decides. */

type Doc = AssessmentDocument;
type Records<C extends AssessmentCommand> = View<Doc, AssessmentBody<C>> & { body: AssessmentBody<C> };

const sees = <C extends AssessmentCommand>(view: Records<C>) => view as unknown as View<Doc, never>;

export function triggered(body: OpenAssessment, now: Instant): Doc {
  return {
    ...{ triggers: [triggerOf(body, { by: 'SYSTEM', at: now })], scope: scopeOf(body.scope), proposed: body.proposed ?? null, kind: null },
    ...{ planned: body.planned ?? null, notNeeded: null, criteria: null, method: null, participants: [], items: [], none: [], reviewed: null },
    ...{ excluded: [], confirmations: [], disputes: [], released: [], basis: [], result: null },
  };
}

function triggerOf({ trigger: { kind, ref, gravity, reason } }: OpenAssessment, { by, at }: Pick<AssessmentTrigger, 'by' | 'at'>): AssessmentTrigger {
  return { kind, ref: ref ?? null, gravity: gravity ?? null, reason, by, at };
}

/** Who, in whose name. */
function said({ actor, now, body }: { actor: Actor; now: Instant; body: { reason: string } }): { by: PersonId; at: Instant; reason: string } {
  return { by: actor.person ?? 'SYSTEM', at: now, reason: body.reason };
}

export function attached({ doc, body, file, actor, now }: Records<'ADD_TRIGGER'>): Doc {
  const trigger = triggerOf(body, { by: actor.person ?? 'SYSTEM', at: now });
  const scope = file.state === 'triggered' ? merged(doc.scope, scopeOf(body.scope)) : doc.scope;
  return { ...doc, triggers: [...doc.triggers, trigger], scope, planned: body.planned ?? doc.planned, notNeeded: null };
}

export function proposedNotNeeded(view: Records<'NOT_NEEDED'>): Doc {
  const { person, onBehalfOf } = view.actor;
  return { ...view.doc, notNeeded: { ...said(view), never: [...new Set([person!, onBehalfOf ?? person!])] } };
}

/** From here on it is pinned to the criteria in force. */
export function started(view: Records<'START'>): Doc {
  const { doc, body, facts, now } = view;
  return { ...doc, criteria: criteriaOf(facts).at(now).ref, method: body.method, participants: body.participants, items: itemsOf(sees(view)), none: [] };
}

/** Taken in again is no longer left out. */
export function carriedOver({ doc, body }: Records<'CARRY_OVER'>): Doc {
  return { ...doc, excluded: doc.excluded.filter(({ risk }) => !body.risks?.includes(risk)) };
}

export function leftOut(view: Records<'EXCLUDE_RISK'>): Doc {
  const { doc, body } = view;
  const others = doc.excluded.filter(({ risk }) => risk !== body.risk);
  return { ...doc, excluded: [...others, { ...said(view), risk: body.risk }], disputes: doc.disputes.filter(({ risk, answer }) => risk !== body.risk || answer !== null) };
}

export function declaredNone(view: Records<'DECLARE_NONE'>): Doc {
  return { ...view.doc, none: [...view.doc.none, { ...said(view), item: view.body.item }] };
}

/** The signature is the owner's, also where a delegate gives it in the owner's name. */
export function confirmed(view: Records<'CONFIRM'>): Doc {
  const { doc, body, actor, now } = view;
  const owners = new Map(risksOf(sees(view)).map(({ id, about }) => [id, about.owner!]));
  const given = body.risks.map(({ risk, contentHash }) => ({ risk, contentHash, owner: owners.get(risk)!, by: actor.person!, at: now }));
  return { ...doc, confirmations: [...doc.confirmations, ...given] };
}

function hashNow(view: View<Doc, never>, risk: string): string | null {
  return risksOf(view).find(({ id }) => id === risk)?.about.proposalHash ?? null;
}

export function disputed(view: Records<'DISPUTE'>): Doc {
  const { doc, body } = view;
  const dispute = { ...said(view), risk: body.risk, contentHash: hashNow(sees(view), body.risk), answer: null, ruling: null };
  return { ...doc, disputes: [...doc.disputes, dispute] };
}

export function answered(view: Records<'RESUBMIT'>): Doc {
  const { doc, body, actor, now } = view;
  const answer = { by: actor.person!, at: now, text: body.answer, contentHash: hashNow(sees(view), body.risk) };
  return onOpenDispute(doc, body.risk, (dispute) => ({ ...dispute, answer }));
}

export function ruled(view: Records<'RULE'>): Doc {
  const { doc, body } = view;
  return onOpenDispute(doc, body.risk, (dispute) => ({ ...dispute, ruling: { ...said(view), ruling: body.ruling } }));
}

function onOpenDispute(doc: Doc, risk: string, change: (dispute: Doc['disputes'][number]) => Doc['disputes'][number]): Doc {
  const open = openDisputes(doc).findLast((each) => each.risk === risk);
  return { ...doc, disputes: doc.disputes.map((each) => (each === open ? change(each) : each)) };
}

export function released(view: Records<'RELEASE_FOR_TREATMENT'>): Doc {
  const { doc, body, actor, now } = view;
  const risk = risksOf(sees(view)).find(({ id }) => id === body.risk)!;
  const row = rowOf(sees(view), risk, true);
  return { ...doc, released: [...doc.released, { risk: risk.id, contentHash: row.contentHash, by: actor.person!, at: now, row }] };
}

export function scopeChanged({ doc, body, now }: Records<'SCOPE_CHANGED'>): Doc {
  return withBasis(doc, { kind: 'SCOPE', ref: body.recordRef, at: now, decision: null });
}

export function criteriaChanged({ doc, body, now }: Records<'CRITERIA_CHANGED'>): Doc {
  return withBasis(doc, { kind: 'CRITERIA', ref: body.criteriaRef, at: now, decision: null });
}

function withBasis(doc: Doc, change: BasisChange): Doc {
  return { ...doc, basis: [...doc.basis, change] };
}

export function basisDecided(choice: 'CONTINUE_PINNED' | 'RESTART') {
  return (view: Records<'CONTINUE_PINNED'>): Doc => {
    const basis = view.doc.basis.map((each) => (each.decision ? each : { ...each, decision: { ...said(view), choice } }));
    return { ...view.doc, basis, ...(choice === 'RESTART' && { criteria: null, reviewed: null, confirmations: [], none: [] }) };
  };
}
