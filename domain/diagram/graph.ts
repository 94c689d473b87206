import { candidates, eventsOf, metaOf, statesOf } from '../kernel/machine.ts';
import type { ProcessDefinition } from '../kernel/definition.ts';

/** A lifecycle as a drawing needs it: its states, and one arrow for each pair of states with the events that lead there. */

export interface GraphState {
  name: string;
  /** Kind of end, or null. */
  settled: string | null;
  isFirst: boolean;
}

export interface GraphArrow {
  from: string;
  to: string;
  events: string[];
}

export interface ProcessGraph {
  states: GraphState[];
  arrows: GraphArrow[];
  /** Ends that are reached from any open state, with the events that lead there: an arrow from everywhere would hide the others. */
  fromAnywhere: Omit<GraphArrow, 'from'>[];
}

export interface Transition {
  from: string;
  event: string;
  /** Name of the guard that has to let it pass, or null. */
  guard: string | null;
  /** Null: the state stays. */
  to: string | null;
}

/** Every row of the machine, those possible anywhere once for each open state. */
export function transitionsOf(definition: ProcessDefinition<never>): Transition[] {
  return statesOf(definition).flatMap((from) => eventsOf(definition, from).flatMap((event) => candidates(definition.machine, from, event).map(({ guard, target }) => ({ from, event, guard, to: target }))));
}

export function graphOf(definition: ProcessDefinition<never>): ProcessGraph {
  const first = String(definition.machine.root.initial.target[0]!.key);
  const states: GraphState[] = statesOf(definition).map((name) => ({ name, settled: metaOf(definition, name).settled ?? null, isFirst: name === first }));
  const anywhere = [...definition.machine.root.transitions.keys()];
  const moves = transitionsOf(definition).filter(({ from, to }) => to !== null && to !== from);
  const isAnywhere = ({ from, event }: Transition) => anywhere.includes(event) && !definition.machine.states[from]!.transitions.has(event);
  const ends = merged(moves.filter(isAnywhere).map(({ to, event }) => ({ from: '', to: to!, event })));
  return { states, arrows: merged(moves.filter((each) => !isAnywhere(each)).map(({ from, to, event }) => ({ from, to: to!, event }))), fromAnywhere: ends.map(({ to, events }) => ({ to, events })) };
}

/** One arrow for each pair, with its events once each. */
function merged(moves: readonly { from: string; to: string; event: string }[]): GraphArrow[] {
  const arrows = new Map<string, GraphArrow>();
  for (const { from, to, event } of moves) {
    const arrow = arrows.get(`${from} ${to}`) ?? { from, to, events: [] };
    if (!arrow.events.includes(event)) arrow.events.push(event);
    arrows.set(`${from} ${to}`, arrow);
  }
  return [...arrows.values()];
}
