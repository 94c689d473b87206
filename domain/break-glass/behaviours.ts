import type { BreakGlassDocument } from '../../contracts/break-glass.ts';
import type { PrincipalKey } from '../../contracts/identity.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** Who hears that somebody has powers, and that it is over; the next management review is told at once (SOD-13). */

type Sees = View<BreakGlassDocument>;

const tell = ({ file }: Sees, subject: string): Follow => {
  const to: PrincipalKey[] = [`person:${file.parties['holder']!}`, 'role:ISO', 'role:TOP_MGMT'];
  return { follow: 'inform', subject, to };
};

/** The case that is named shows it in its own history. */
function linked({ doc, facts }: Sees): Follow[] {
  const named = facts.cases.find(({ id }) => id === doc.case);
  return named ? [{ follow: 'link', to: named.id, toRef: named.ref, type: 'breakGlass' }] : [];
}

export const breakGlassBehaviours: Behaviours<BreakGlassDocument> = {
  entering: {
    active: (view) => [tell(view, 'breakGlassBegins'), { follow: 'flag', flag: 'managementReviewItem' }, ...linked(view)],
    refused: (view) => [tell(view, 'breakGlassRefused')],
    review: (view) => [tell(view, 'breakGlassEnds')],
  },
};
