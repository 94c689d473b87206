import type { CaseSummary } from '../../contracts/case-file.ts';
import type { ControlDocument } from '../../contracts/control.ts';
import type { Behaviours, Follow, View } from '../kernel/definition.ts';

/** What follows from a control: the Statement of Applicability is derived anew (rules §6.1 "Triggers"), and risks learn that it does not work (L20). */

type Sees = View<ControlDocument>;

/** Each change is a trigger of its own; one statement under way takes them all. */
function rederive({ file, doc }: Sees, what: string): Follow {
  const payload = { cause: { kind: 'CONTROL', ref: file.ref, note: `${doc.control}: ${what}` } };
  return { follow: 'open', process: 'statementOfApplicability', payload, link: 'statement', awaited: false, object: `${file.id}:${file.version + 1}` };
}

function notEffective(view: Sees): Follow[] {
  const { doc, facts } = view;
  // Also where a rating under way relies on it: whoever rates has to know.
  const isRelying = ({ about }: CaseSummary) => [about['controls'], about['proposalControls']].some((each) => Array.isArray(each) && each.includes(doc.control));
  const relying = facts.similar.filter((each) => each.process === 'risk' && each.settled === null && isRelying(each));
  const body = { control: doc.control, because: doc.notEffectiveBecause! };
  return [...relying.map(({ id: to }): Follow => ({ kind: 'command', to, command: 'CONTROL_NOT_EFFECTIVE', body })), { follow: 'inform', subject: 'controlNotEffective', to: ['role:ISO'] }, rederive(view, 'not effective')];
}

function planAction({ file, body }: View<ControlDocument, { title: string; owner: string; due: string }>): Follow[] {
  const payload = { ...body!, unit: file.unit, ...(file.parties['owner'] && { parentOwner: file.parties['owner'] }) };
  return [{ follow: 'open', process: 'action', payload, link: 'controlAction', awaited: false, object: `${file.id}:action:${file.version + 1}` }];
}

export const controlBehaviours: Behaviours<ControlDocument> = {
  after: {
    SET_STATUS: (view) => [rederive(view, view.doc.status)],
    VERIFY: (view) => [rederive(view, 'verified')],
    NOT_EFFECTIVE: (view) => notEffective(view as Sees),
    MANDATE: (view) => [rederive(view, 'mandate')],
    LIFT_MANDATE: (view) => [rederive(view, 'mandate lifted')],
    PLAN_ACTION: (view) => [...planAction(view as never), rederive(view, 'action planned')],
    RETIRE: (view) => [rederive(view, 'given up')],
    RESTORE: (view) => [rederive(view, 'taken up again')],
  },
};
