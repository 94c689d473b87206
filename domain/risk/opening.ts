import type { Json } from '../../contracts/json.ts';
import type { RiskDocument } from '../../contracts/risk.ts';
import { contentHash } from '../kernel/canonical.ts';
import type { Follow, View } from '../kernel/definition.ts';
import { aboutOf } from './about.ts';

/** What a risk opens by itself beside assessments: the acceptance that a confirmation has signed. */

type Sees = View<RiskDocument>;

/** The owner's confirmation of a risk within the criteria is its acceptance until the next planned assessment (rules §5). */
export function acceptConfirmed({ file, doc, actor, now }: Sees): Follow[] {
  const { level, ratedOn, criteria, score } = aboutOf(file);
  const owner = file.parties['owner']!;
  const signature = { person: actor.person!, role: 'RISK_OWNER', at: now, source: file.ref, ...(actor.onBehalfOf && { onBehalfOf: actor.onBehalfOf }) };
  const payload = {
    ...{ risk: file.id, riskRef: file.ref, title: doc.title, unit: file.unit, owner, kind: 'WITHIN_CRITERIA', level, criteria, ratedOn },
    ...(doc.category && { category: doc.category }),
    ...{ contentHash: contentHash({ risk: file.id, level, ratedOn, criteria, score }), reason: 'Within the criteria, confirmed by its owner', signedBy: [signature] },
  };
  return [{ follow: 'open', process: 'acceptance', payload: payload as Json, link: 'acceptance', awaited: false, object: `${file.id}:acceptance:${file.version}` }];
}
