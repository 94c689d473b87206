import type { ActionDocument } from '../../contracts/action.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** A treatment plan waits for the first of its actions to be begun (rules §6 "no action started in 30 cd"). */
const tellPlan = ({ file }: View<ActionDocument, never>): Follow[] =>
  file.links.filter(({ type, direction }) => type === 'treatmentAction' && direction === 'parent').map(({ to }) => ({ kind: 'nudge', to }));

export const actionBehaviours: Behaviours<ActionDocument> = { after: { START: tellPlan, SUBMIT: tellPlan } };
