import { Graph, layout } from '@dagrejs/dagre';
import type { GraphArrow, GraphState, ProcessGraph } from './graph.ts';

/** Where each state and arrow goes, in pixels from the upper left corner. */

export interface Point {
  x: number;
  y: number;
}

export interface PlacedState extends GraphState {
  /** Centre of the box. */
  at: Point;
  width: number;
  height: number;
  /** Events that lead there from any open state, in one line, or null. */
  note: string | null;
}

export interface PlacedArrow extends GraphArrow {
  points: Point[];
  /** Centre of the label. */
  label: Point;
  /** The label's lines, as they were given room. */
  lines: string[];
}

export interface Drawing {
  width: number;
  height: number;
  states: PlacedState[];
  arrows: PlacedArrow[];
}

export const LINE_HEIGHT = 14;
const LETTER_WIDTH = 7;
export const LABEL_LETTER_WIDTH = 6.2;
const EVENTS_SHOWN = 4;
const PADDING = 24;

interface Box {
  width: number;
  height: number;
}

/** Top to bottom in the order of the lifecycle. The same graph always gives the same drawing. */
export function draw(graph: ProcessGraph): Drawing {
  const plan = new Graph({ multigraph: false });
  plan.setGraph({ rankdir: 'TB', nodesep: 40, ranksep: 46, edgesep: 16, marginx: PADDING, marginy: PADDING });
  for (const { name } of graph.states) plan.setNode(name, roomFor(name, noteOf(graph, name)));
  for (const arrow of graph.arrows) plan.setEdge(arrow.from, arrow.to, { ...boxOf(linesOf(arrow)), labelpos: 'c' });
  layout(plan);
  const { width = 0, height = 0 } = plan.graph() as Partial<Box>;
  return {
    ...{ width: Math.ceil(width), height: Math.ceil(height) },
    states: graph.states.map((state) => placed(state, noteOf(graph, state.name), plan.node(state.name) as Box & Point)),
    arrows: graph.arrows.map((arrow) => routed(arrow, plan.edge(arrow.from, arrow.to) as { points: Point[] } & Point)),
  };
}

/** A label names a few events; how many there are beside them is said. */
function linesOf({ events }: GraphArrow): string[] {
  const more = events.length - EVENTS_SHOWN;
  return more <= 1 ? events : [...events.slice(0, EVENTS_SHOWN), `and ${more} more`];
}

function boxOf(lines: readonly string[]): Box {
  return { width: Math.max(...lines.map((each) => each.length)) * LABEL_LETTER_WIDTH + 8, height: lines.length * LINE_HEIGHT + 4 };
}

function noteOf({ fromAnywhere }: ProcessGraph, state: string): string | null {
  const events = fromAnywhere.find(({ to }) => to === state)?.events;
  return events ? `from any open state: ${events.join(', ')}` : null;
}

function roomFor(name: string, note: string | null): Box {
  return { width: Math.max(name.length * LETTER_WIDTH, (note ?? '').length * LABEL_LETTER_WIDTH) + 32, height: note === null ? 34 : 48 };
}

function placed(state: GraphState, note: string | null, { x, y, width, height }: Box & Point): PlacedState {
  return { ...state, note, at: { x, y }, width, height };
}

function routed(arrow: GraphArrow, { points, x, y }: { points: Point[] } & Point): PlacedArrow {
  return { ...arrow, points, label: { x, y }, lines: linesOf(arrow) };
}
