import { transition } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { reason } from '../../contracts/reasons.ts';
import type { Reason } from '../../contracts/reasons.ts';
import type { Guard, ProcessDefinition, StateMeta, View } from './definition.ts';

/** The kernel's only contact with XState: pure restore, ask, move. */

/** What a machine's events look like to its guards: the event's name and the view that rules see. */
export interface MachineEvent {
  type: string;
  view: View<never, never>;
}

/** Guards that explain themselves, as the yes-or-no guards of a machine. */
export function predicates<G extends Record<string, Guard<never>>>(guards: G) {
  const entries = Object.entries(guards).map(([name, guard]) => [
    name,
    ({ event }: { event: MachineEvent }) => guard(event.view).length === 0,
  ]);
  return Object.fromEntries(entries) as { [K in keyof G]: (args: { event: MachineEvent }) => boolean };
}

interface Candidate {
  guard: string | null;
  target: string | null;
}

function node(machine: AnyStateMachine, state: string) {
  const found = machine.states[state];
  if (!found) throw new Error(`state "${state}" is not in machine "${machine.id}"`);
  return found;
}

/** Names that a state gives to its task, deadlines, window, round and end. */
export function metaOf(definition: Pick<ProcessDefinition, 'machine'>, state: string): StateMeta {
  return (node(definition.machine, state).meta ?? {}) as StateMeta;
}

/** All states, in the order in which the machine tells its story. */
export function statesOf(definition: Pick<ProcessDefinition, 'machine'>): string[] {
  return Object.keys(definition.machine.states);
}

/** Events that the state handles, guards aside; after an end only those of the end itself. */
export function eventsOf({ machine }: Pick<ProcessDefinition, 'machine'>, state: string): string[] {
  const own = [...node(machine, state).transitions.keys()];
  const anywhere = metaOf({ machine }, state).settled === undefined ? [...machine.root.transitions.keys()] : [];
  return [...new Set([...own, ...anywhere])];
}

/** Ways that the event may take from there, in the order in which they are asked. */
export function candidates(machine: AnyStateMachine, state: string, event: string): Candidate[] {
  const anywhere = metaOf({ machine }, state).settled === undefined ? machine.root.transitions.get(event) : undefined;
  const found = node(machine, state).transitions.get(event) ?? anywhere ?? [];
  return found.map(({ guard, target }) => ({
    guard: guard === undefined ? null : String(guard),
    target: target?.[0]?.key ?? null,
  }));
}

/** Where the event may lead from there, guards aside. */
export function targetsOf({ machine }: Pick<ProcessDefinition<never>, 'machine'>, state: string, event: string): string[] {
  return candidates(machine, state, event).flatMap(({ target }) => target ?? []);
}

export type Move = { moved: true; to: string; stays: boolean } | { moved: false; reasons: Reason[] };

/**
 * Where the event leads from here. Not handled: WRONG_STATE with what is possible. Handled but guarded: the reasons of
 * the last guard that stood in the way.
 */
export function move(definition: ProcessDefinition<never>, state: string, type: string, view: View<never, never>): Move {
  let reasons: Reason[] = [
    reason('WRONG_STATE', { state, possible: eventsOf(definition, state).filter((each) => each in definition.policy.commands) }),
  ];
  for (const { guard, target } of candidates(definition.machine, state, type)) {
    reasons = guard === null ? [] : guardOf(definition, guard)(view);
    if (reasons.length > 0) continue;
    return target === null ? { moved: true, to: state, stays: true } : take(definition, state, { type, view }, target);
  }
  return { moved: false, reasons };
}

function guardOf(definition: ProcessDefinition<never>, name: string): Guard<never> {
  const guard = definition.guards[name];
  if (!guard) throw new Error(`guard "${name}" of ${definition.name} is not defined`);
  return guard;
}

/** XState makes the move; that it agrees with the explanation is asserted, never assumed. */
function take({ machine }: ProcessDefinition<never>, state: string, event: MachineEvent, expected: string): Move {
  const from = machine.resolveState({ value: state } as Parameters<typeof machine.resolveState>[0]);
  if (from.value !== state || !from.can(event)) throw new Error(`machine "${machine.id}" cannot take ${event.type} in ${state}`);
  const [next] = transition(machine, from, event);
  if (next.value !== expected) throw new Error(`${event.type} in ${state} leads to ${String(next.value)}, not ${expected}`);
  return { moved: true, to: expected, stays: false };
}
