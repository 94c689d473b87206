import type { CaseSummary } from '../../contracts/case-file.ts';
import type { Level } from '../../contracts/criteria.ts';
import type { Instant } from '../../contracts/identity.ts';
import type { OpenPlanFromParent, PlanContent, TreatmentPlanBody, TreatmentPlanCommand, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import { localDate } from '../calendar/due.ts';
import { criteriaOf } from '../criteria/in-directory.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { View } from '../kernel/definition.ts';
import { statementDelta } from './endorsing.ts';
import { isReplaced, levelOf, ownerOf } from './rules.ts';

/** What each command writes into the document of a treatment plan; nothing here decides. */

type Doc = TreatmentPlanDocument;
type Records<C extends TreatmentPlanCommand> = View<Doc, TreatmentPlanBody<C>> & { body: TreatmentPlanBody<C> };

export function opened(body: OpenPlanFromParent, _: Instant, { facts }: Pick<View<Doc>, 'facts'>): Doc {
  const { risks, trigger = null, draft = null, title } = body;
  const found = risks.map((id) => facts.cases.find((each) => each.id === id)).filter((each) => each !== undefined);
  const told = (of: (each: CaseSummary) => unknown) => Object.fromEntries(found.map((each) => [each.id, of(each)]).filter(([, value]) => value != null));
  return {
    ...{ title: title ?? draft?.title ?? `Treatment of ${found.map(({ ref }) => ref).join(', ')}`.slice(0, 200), risks, trigger },
    riskRefs: told(({ ref }) => ref) as Record<string, string>,
    owners: told(({ about }) => about['owner']) as Record<string, string>,
    levels: told(({ about }) => about['level']) as Record<string, Level>,
    ...{ content: draft, version: 0, approved: null, iteration: 1, endorsed: null, waived: [], residual: {}, released: [], basisChanged: null, lapsed: [], stopped: [], approvalLapsed: false, statementDelta: [] },
  };
}

/** A new version: what was decided on before it is void, and the risks are as they are now. */
export function submitted(view: Records<'SUBMIT'>): Doc {
  const { doc, file, body } = view;
  const begunAgain = file.state === 'draft' && Object.keys(doc.residual).length > 0;
  return {
    ...doc,
    ...{ title: body.title, content: body, version: doc.version + 1, endorsed: null, basisChanged: null, waived: stillWaived(doc, body) },
    ...{ iteration: doc.iteration + (begunAgain ? 1 : 0), residual: begunAgain ? {} : doc.residual },
    owners: present(view, ownerOf),
    levels: present(view, levelOf) as Record<string, Level>,
    statementDelta: statementDelta(view as never, body),
  };
}

/** A waiver holds for exactly the action that was waived. */
function stillWaived({ content, waived }: Doc, { actions }: PlanContent): Doc['waived'] {
  const hashOf = (some: PlanContent['actions'] | undefined, key: string) => contentHash(some?.find((each) => each.key === key) ?? null);
  return waived.filter(({ action }) => hashOf(content?.actions, action) === hashOf(actions, action));
}

function present(view: View<Doc, PlanContent>, of: (view: View<Doc>, risk: string) => string | undefined): Record<string, string> {
  const pairs = view.doc.risks.map((risk) => [risk, of(view as View<Doc>, risk)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

/** The version on the table is approved: it holds until another one is, and its approval tolerates the present levels again. */
export function inForceFrom({ doc }: Pick<View<Doc>, 'doc'>): Doc {
  return { ...doc, approved: { version: doc.version, content: doc.content! }, lapsed: [], stopped: [], approvalLapsed: false };
}

/** A condition of the approval was not met in time: what it stands on is asked for again. */
export function lapsedApproval({ doc }: Pick<View<Doc>, 'doc'>): Doc {
  return { ...doc, approvalLapsed: true };
}

/** Back to the version that holds. */
export function restored({ doc }: Pick<View<Doc>, 'doc'>): Doc {
  const { version, content } = doc.approved!;
  return { ...doc, title: content.title, content, version };
}

export function withoutRisk(doc: Doc, risk: string, because: string): Doc {
  const rest = doc.risks.filter((each) => each !== risk);
  return { ...decided(doc, risk), risks: rest, released: [...doc.released, { risk, reason: because }] };
}

/** Nothing has to be decided for that risk any more. */
export function decided(doc: Doc, risk: string): Doc {
  const others = <T extends { risk: string }>(of: readonly T[]) => of.filter((each) => each.risk !== risk);
  return { ...doc, lapsed: others(doc.lapsed), stopped: others(doc.stopped) };
}

/** The owner has stopped the activity: nothing bears the risk until it is treated, or tolerated again. */
export function activityStopped({ doc, body, actor, now }: Records<'STOP_ACTIVITY'>): Doc {
  const { risk, reason, evidence } = body;
  const rest = decided(doc, risk);
  return { ...rest, stopped: [...rest.stopped, { risk, reason, evidence, by: actor.person!, at: now }] };
}

/** Levels follow from the criteria in force; nobody types one. */
export function residualRated(view: Records<'SUBMIT_RESIDUAL'>): Doc {
  const { doc, file, body, actor, now, facts } = view;
  const criteria = criteriaOf(facts).at(now);
  const rated = body.ratings.map(({ risk, impact, likelihood, rationale, controls, evidence }) => {
    const computed = criteria.levelOf({ impact, likelihood });
    return [risk, { impact, likelihood, rationale, controls, evidence, ...computed, on: localDate(now, file.zone), by: actor.person!, criteria: criteria.ref }] as const;
  });
  return { ...doc, residual: { ...doc.residual, ...Object.fromEntries(rated) } };
}

/** The acceptance of a present level has lapsed: its owner decides again. What was retained and is so no longer leaves the plan. */
export function acceptanceEnded(view: Records<'ACCEPTANCE_ENDED'>): Doc {
  const { doc, body, now } = view;
  const { kind, risk, how, because } = body;
  if (!doc.risks.includes(risk)) return doc;
  if (kind === 'RETAINED') return withoutRisk(doc, risk, 'The acceptance of the retained risk has ended');
  if (kind !== 'INTERIM' || isReplaced(view, risk, body.acceptance)) return doc;
  const rest = decided(doc, risk);
  return { ...rest, lapsed: [...rest.lapsed, { risk, since: now, because: because ?? how }] };
}
