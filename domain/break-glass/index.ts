import { openBreakGlassBody, powersOf } from '../../contracts/break-glass.ts';
import type { BreakGlassDocument, OpenBreakGlass } from '../../contracts/break-glass.ts';
import type { Actor } from '../../contracts/entry.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { breakGlassBehaviours } from './behaviours.ts';
import { breakGlassMachine } from './machine.ts';
import { breakGlassPolicy } from './policy.ts';
import { openingReasons } from './rules.ts';

function document(body: OpenBreakGlass): BreakGlassDocument {
  return { powers: powersOf(body), case: body.case ?? null, hours: body.hours, reason: body.reason, uses: [], review: null };
}

/** Break-glass (rules §3.2 SOD-13). */
export const breakGlass: ProcessDefinition<BreakGlassDocument> = {
  name: 'breakGlass',
  prefix: 'BG',
  version: 1,
  machine: breakGlassMachine,
  guards: {},
  policy: breakGlassPolicy,
  behaviours: breakGlassBehaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: openBreakGlassBody,
    unit: (_, { actor, facts }) => facts.directory.person(actor.person ?? '')?.unit ?? '',
    document,
    parties: (_, { person }: Actor) => ({ holder: person! }),
    rules: openingReasons,
  },
};
