import type { ActionDocument } from '../../contracts/action.ts';
import type { Link } from '../../contracts/case-file.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

type Seen = View<ActionDocument, never>;

/** Treatment plans that the action is part of and that have not come to their end. */
function plansOf({ file, facts }: Seen): Link[] {
  const isOpen = ({ to }: Link) => facts.cases.some(({ id, settled }) => id === to && settled === null);
  return file.links.filter((link) => link.type === 'treatmentAction' && link.direction === 'parent' && isOpen(link));
}

/** A treatment plan waits for the first of its actions to be begun (rules §6 "no action started in 30 cd"). */
const tellPlan = (view: Seen): Follow[] => plansOf(view).map(({ to }) => ({ kind: 'nudge', to }));

/** L3: nobody takes it on, carries it out or verifies it, and the ISO has heard of it. */
const tellLate = (view: View<ActionDocument>): Follow[] =>
  plansOf(view as Seen).map(({ to }) => ({ kind: 'command', to, command: 'ACTION_LATE', body: { action: view.file.id, actionRef: view.file.ref } }));

export const actionBehaviours: Behaviours<ActionDocument> = {
  after: { START: tellPlan, SUBMIT: tellPlan },
  escalated: { acknowledgement: tellLate, due: tellLate, verification: tellLate },
};
