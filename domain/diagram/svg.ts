import { LABEL_LETTER_WIDTH, LINE_HEIGHT } from './layout.ts';
import type { Drawing, PlacedArrow, PlacedState, Point } from './layout.ts';

/** The drawing as an SVG that stands by itself: readable in light and dark, with a title and a description for who cannot see it. */

const STYLE = `
  .paper { fill: #ffffff } .box { fill: #f1f5f9; stroke: #475569 } .first { stroke-width: 2.5 } .end { fill: #e2e8f0; stroke-dasharray: 5 3 }
  .name { font: 600 12px sans-serif; fill: #0f172a } .event { font: 10.5px sans-serif; fill: #334155 } .behind { fill: #ffffff; opacity: .85 }
  .way { fill: none; stroke: #64748b } .tip { fill: #64748b }
  @media (prefers-color-scheme: dark) {
    .paper, .behind { fill: #0f172a } .box { fill: #1e293b; stroke: #94a3b8 } .end { fill: #334155 } .name { fill: #f8fafc }
    .event { fill: #cbd5e1 } .way { stroke: #94a3b8 } .tip { fill: #94a3b8 }
  }`;

export interface Caption {
  title: string;
  description: string;
}

export function svgOf({ width, height, states, arrows }: Drawing, { title, description }: Caption): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${STYLE}\n</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...arrows.map(wayOf),
    ...states.map(boxOf),
    ...arrows.map(labelOf),
    '</svg>\n',
  ].join('\n');
}

const n = (value: number) => String(Math.round(value * 10) / 10);
const at = ({ x, y }: Point) => `${n(x)} ${n(y)}`;

function wayOf({ points: [start, ...rest] }: PlacedArrow): string {
  return `<path class="way" marker-end="url(#tip)" d="M${at(start!)} L${rest.map(at).join(' ')}"/>`;
}

function boxOf({ name, note, at: { x, y }, width, height, settled, isFirst }: PlacedState): string {
  const kind = ['box', ...(isFirst ? ['first'] : []), ...(settled === null ? [] : ['end'])].join(' ');
  const box = `<rect class="${kind}" x="${n(x - width / 2)}" y="${n(y - height / 2)}" width="${n(width)}" height="${n(height)}" rx="${settled === null ? 6 : 17}"/>`;
  const below = note === null ? '' : `<text class="event" x="${n(x)}" y="${n(y + 13)}" text-anchor="middle">${escaped(note)}</text>`;
  return `${box}<text class="name" x="${n(x)}" y="${n(note === null ? y + 4 : y - 3)}" text-anchor="middle">${escaped(name)}</text>${below}`;
}

function labelOf({ label: { x, y }, lines }: PlacedArrow): string {
  const top = y - (lines.length * LINE_HEIGHT) / 2;
  const width = Math.max(...lines.map((each) => each.length)) * LABEL_LETTER_WIDTH + 6;
  const behind = `<rect class="behind" x="${n(x - width / 2)}" y="${n(top)}" width="${n(width)}" height="${n(lines.length * LINE_HEIGHT)}"/>`;
  const text = lines.map((line, index) => `<text class="event" x="${n(x)}" y="${n(top + (index + 1) * LINE_HEIGHT - 4)}" text-anchor="middle">${escaped(line)}</text>`);
  return behind + text.join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (each) => entities[each]!);
}
