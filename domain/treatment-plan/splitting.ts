import type { Json } from '../../contracts/json.ts';
import type { PlanContent, TreatmentPlanDocument } from '../../contracts/treatment-plan.ts';
import type { View } from '../kernel/definition.ts';
import { ownerOf, ownersOf } from './rules.ts';

/** A plan for each owner, where one of several has rejected the common one (rules §6 "Edge cases"): nothing has to be written anew. */

type Seen = View<TreatmentPlanDocument>;

export function parts(view: Seen): { owner: string; payload: Json }[] {
  return ownersOf(view).map((owner) => ({ owner, payload: partOf(view, owner) }));
}

function partOf(view: Seen, owner: string): Json {
  const { doc, file } = view;
  const risks = doc.risks.filter((risk) => ownerOf(view, risk) === owner);
  const author = file.parties['author'];
  return {
    ...{ risks, unit: file.unit, trigger: { kind: 'SPLIT', ref: file.ref } },
    ...(author && { author }),
    ...(doc.content && { draft: contentOf(doc.content, risks) }),
  } as unknown as Json;
}

/** Its share of the cost by the number of risks; the author sets it right before he submits. */
function contentOf(content: PlanContent, risks: readonly string[]): PlanContent {
  const treatments = content.treatments.filter(({ risk }) => risks.includes(risk));
  const actions = content.actions.filter((each) => each.risks.some((risk) => risks.includes(risk)));
  const keys = actions.map(({ key }) => key);
  const share = treatments.length / content.treatments.length;
  return {
    ...content,
    treatments,
    actions: actions.map((each) => ({ ...each, risks: each.risks.filter((risk) => risks.includes(risk)), dependsOn: each.dependsOn.filter((key) => keys.includes(key)) })),
    cost: Math.round(content.cost * share * 100) / 100,
  };
}
