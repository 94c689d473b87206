import { openDepartureBody } from '../../contracts/departure.ts';
import type { DepartureDocument, OpenDeparture } from '../../contracts/departure.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';
import { departureBehaviours } from './behaviours.ts';
import { departureGuards } from './guards.ts';
import { departureMachine } from './machine.ts';
import { departurePolicy } from './policy.ts';
import { openingReasons } from './rules.ts';

function document({ kind, role = undefined, unit, successor, lastDay, note }: OpenDeparture): DepartureDocument {
  return { kind, role: role ?? null, unit: unit ?? null, successor: successor ?? null, lastDay, note: note ?? null };
}

/** Departure (rules §3.3, §14 L21). */
export const departure: ProcessDefinition<DepartureDocument> = {
  name: 'departure',
  prefix: 'DEP',
  version: 1,
  machine: departureMachine,
  guards: departureGuards,
  policy: departurePolicy,
  behaviours: departureBehaviours,
  changesDirectory: true,
  open: {
    by: 'everyone',
    body: openDepartureBody,
    unit: ({ unit, person }: OpenDeparture, { facts }) => unit ?? facts.directory.person(person ?? '')?.unit ?? '',
    document,
    parties: ({ person }: OpenDeparture): Record<string, string> => (person ? { person } : {}),
    rules: openingReasons,
  },
};
