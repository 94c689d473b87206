import type { RiskCriteriaDocument } from '../../contracts/risk-criteria.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** One version makes room for the next, and what was rated by the last one learns of it (rules §5). */

type Sees = View<RiskCriteriaDocument>;

const others = ({ file, facts }: Sees, state: string) => facts.directory.casesOf('riskCriteria').filter((each) => each.id !== file.id && each.state === state);

/** The predecessor lets go first; the next one takes effect when it has. */
function askForRoom(view: Sees): Follow[] {
  const { file } = view;
  return others(view, 'active').map(({ id: to }) => ({ kind: 'command', to, command: 'SUPERSEDE', body: { from: file.id, fromRef: file.ref } }));
}

function takeEffect({ file, facts }: Sees): Follow[] {
  const body = { criteria: file.id, criteriaRef: file.ref };
  const told = ['risk', 'acceptance', 'assessment'].map((process): Follow => ({ kind: 'broadcast', scope: { process }, command: 'CRITERIA_CHANGED', body }));
  const author = file.parties['author'];
  return [
    ...told,
    // One that was approved meanwhile and waits for this one.
    ...others({ file, facts } as Sees, 'approved').map(({ id: to }): Follow => ({ kind: 'nudge', to })),
    { follow: 'inform', subject: 'criteriaInForce', to: [...(author ? [`person:${author}` as const] : []), 'role:ISO', 'role:TOP_MGMT'] },
    { follow: 'flag', flag: 'managementReviewItem' },
  ];
}

export const riskCriteriaBehaviours: Behaviours<RiskCriteriaDocument> = {
  entering: {
    approved: askForRoom,
    active: takeEffect,
    superseded: (view) => others(view, 'approved').map(({ id: to }) => ({ kind: 'nudge', to })),
  },
};
