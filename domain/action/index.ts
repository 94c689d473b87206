import { openActionBody, openActionFromParentBody } from '../../contracts/action.ts';
import type { ActionDocument, OpenAction } from '../../contracts/action.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { actionBehaviours } from './behaviours.ts';
import { actionGuards } from './guards.ts';
import { actionMachine } from './machine.ts';
import { actionPolicy } from './policy.ts';

function document(body: OpenAction): ActionDocument {
  const { title, description = null, kind, due, expectedEvidence = null, covers = [], items = [], parentOwner = null } = body;
  return {
    ...{ title, description, kind, due, expectedEvidence, covers: [...covers, ...items], parentOwner },
    ...{ blockedBecause: null, result: null, submittedBy: null, submittedEvidence: [], returns: 0, declines: 0, verification: null },
  };
}

function parties({ owner, verifier }: OpenAction): Record<string, string> {
  return { ...(owner && { owner }), ...(verifier && { verifier }) };
}

/** Action (rules §6). */
export const action: ProcessDefinition<ActionDocument> = {
  name: 'action',
  prefix: 'A',
  version: 1,
  machine: actionMachine,
  guards: actionGuards,
  policy: actionPolicy,
  behaviours: actionBehaviours,
  open: { by: 'everyone', body: openActionBody, bodyFromParent: openActionFromParentBody, unit: (body: OpenAction) => body.unit, document, parties },
};
