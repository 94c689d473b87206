import type { Assignment, AuditBody, AuditCommand, AuditDocument, OpenAudit, OpenAuditFromParent } from '../../contracts/audit.ts';
import type { PersonId } from '../../contracts/identity.ts';
import { askedPerson } from '../kernel/draft.ts';
import type { View } from '../kernel/definition.ts';
import type { Facts } from '../kernel/facts.ts';
import type { Instant } from '../../contracts/identity.ts';
import { conflictsOf } from './independence.ts';
import { itemsNamed } from './universe-items.ts';

/** What each command writes into the document of an audit up to the opening meeting; nothing here decides. */

type Doc = AuditDocument;
export type Records<C extends AuditCommand> = View<Doc, AuditBody<C>> & { body: AuditBody<C> };
export const sees = <C extends AuditCommand>(view: Records<C>) => view as unknown as View<Doc, never>;

/** Who, when and why. */
export function said({ actor, now, body }: { actor: { person: PersonId | null }; now: Instant; body: { reason: string } }): { by: PersonId; at: Instant; reason: string } {
  return { by: actor.person ?? 'SYSTEM', at: now, reason: body.reason };
}

/** In whose name somebody has spoken. */
export const spoken = ({ actor, now }: Pick<View<Doc>, 'actor' | 'now'>): { by: PersonId; at: Instant } => ({ by: askedPerson(actor)!, at: now });

const fresh = {
  ...{ team: [], declarations: [], waivers: [], plan: null, urgent: null, agreements: [], objections: [], datesAsked: [], letStand: null },
  ...{ postponements: [], meetings: { opening: null, closing: null }, results: [], sampleRequests: [], findings: [], obstacles: [], suspended: null, terminated: null, factCheckUntil: null },
  ...{ comments: [], noComment: [], spoken: [], conclusions: null, distribution: [], notCovered: [], replan: [], reports: [], acknowledgements: [], acknowledgementMissing: null },
} satisfies Partial<Doc>;

export function opened(body: OpenAudit | OpenAuditFromParent, now: Instant, { facts }: { facts: Facts }): Doc {
  const { title, kind, criteria, method, unit, units, sites, window, reason } = body;
  const { programme = null, lead = null, auditors = [] } = body as Partial<OpenAuditFromParent>;
  return {
    ...structuredClone(fresh),
    ...{ title, kind, reason: reason ?? null, programme, criteria, method, sites: [...new Set(sites)], window, plannedWindow: window },
    units: [...new Set(units.length > 0 ? units : [unit])],
    items: itemsNamed({ facts, now }, body.items),
    proposed: { lead, auditors },
  };
}

/** A declaration is about what somebody had to audit then: with more of it, it is asked for again. */
function stillDeclared(before: readonly Assignment[], after: readonly Assignment[], person: PersonId): boolean {
  const [was, is] = [before, after].map((team) => team.find((each) => each.person === person));
  return was !== undefined && is !== undefined && was.role === is.role && is.items.every((item) => was.items.includes(item));
}

export function assigned({ doc, body }: Records<'ASSIGN_TEAM'>): Doc {
  const { team } = body;
  return { ...doc, team, declarations: doc.declarations.filter(({ person }) => stillDeclared(doc.team, team, person)) };
}

export function declared(view: Records<'DECLARE'>): Doc {
  const { doc, body, now } = view;
  return { ...doc, declarations: [...doc.declarations, { person: askedPerson(view.actor)!, at: now, remark: body.remark ?? null }] };
}

export function declined(view: Records<'DECLINE'>): Doc {
  const { doc } = view;
  const person = askedPerson(view.actor);
  return { ...doc, team: doc.team.filter((each) => each.person !== person), declarations: doc.declarations.filter((each) => each.person !== person) };
}

/** It holds for the conflicts that were shown, and for none that comes later. */
export function waived(view: Records<'WAIVE'>): Doc {
  const { person, item, safeguard, secondAuditor } = view.body;
  const because = [...new Set(conflictsOf(view)(person, item).map((each) => each.because))];
  return { ...view.doc, waivers: [...view.doc.waivers, { ...said(view), person, item, because, safeguard, secondAuditor }] };
}

export function planned({ doc, body }: Records<'SUBMIT_PLAN'>): Doc {
  return { ...doc, plan: body, criteria: body.criteria, method: body.method, agreements: [], letStand: null };
}

export function urgent(view: Records<'DECLARE_URGENT'>): Doc {
  return { ...view.doc, urgent: said(view) };
}

export function agreed(view: Records<'AGREE'>): Doc {
  return { ...view.doc, agreements: [...view.doc.agreements, { ...spoken(view), shortNotice: view.body.shortNotice ?? false }] };
}

export function changeAsked(view: Records<'REQUEST_CHANGE'>): Doc {
  const { doc, body } = view;
  if (body.dates) return { ...doc, datesAsked: [...doc.datesAsked, { ...said(view), ...spoken(view), dates: body.dates }] };
  const { person, statement } = body.conflict!;
  return { ...doc, objections: [...doc.objections, { key: `o${doc.objections.length + 1}`, person, statement, ...spoken(view), decision: null }] };
}

export function objectionDecided(view: Records<'DECIDE_OBJECTION'>): Doc {
  const { doc, body } = view;
  const decision = { ...said(view), verdict: body.verdict };
  return { ...doc, objections: doc.objections.map((each) => (each.key === body.objection ? { ...each, decision } : each)) };
}

export function letStand(view: Records<'LET_PLAN_STAND'>): Doc {
  return { ...view.doc, letStand: said(view) };
}

/** Team and declarations stay; what was agreed is void. */
export function postponed(view: Records<'POSTPONE'>): Doc {
  const { doc, body } = view;
  const moved = { ...said(view), from: doc.window, to: body.window };
  return { ...doc, window: body.window, postponements: [...doc.postponements, moved], plan: null, agreements: [], letStand: null, urgent: null };
}

export function replanned({ doc, body }: Records<'REPLAN'>): Doc {
  const items = body.items.map(({ item }) => item);
  return { ...doc, replan: [...doc.replan.filter(({ item }) => !items.includes(item)), ...body.items] };
}
