import Table from 'cli-table3';
import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';

const gap = 2;
const narrowest = 12;
const indentation = '  ';
const lines = ['top', 'bottom', 'left', 'right', 'mid'] as const;
const crossings = ['top-mid', 'top-left', 'top-right', 'bottom-mid', 'bottom-left', 'bottom-right'] as const;
const innerCrossings = ['left-mid', 'mid-mid', 'right-mid', 'middle'] as const;
const noLines = Object.fromEntries([...lines, ...crossings, ...innerCrossings].map((place) => [place, '']));

/** Columns without lines, as wide as the terminal; a pipe has no width. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const grid = new Table({
    head: head.map((title) => colors.bold(title)),
    chars: noLines,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    colWidths: fittingWidths(head.length === 0 ? rows : [head, ...rows]),
    wordWrap: true,
  });
  grid.push(...rows.map((row) => [...row]));
  return withoutTrailingBlanks(grid.toString());
}

/** Names and values under one another. */
export function facts(rows: readonly (readonly [string, string])[]): string {
  const filled = rows.filter(([, value]) => value !== '');
  return filled.length === 0
    ? ''
    : table(
        [],
        filled.map(([name, value]) => [colors.dim(name), value]),
      );
}

/** A heading over a block; nothing where the block is empty. */
export function section(title: string, block: string): string[] {
  return block === '' ? [] : [`${colors.bold(title)}\n${block.replaceAll(/^(?=.)/gm, indentation)}`];
}

/** At most so many characters: the whole text is in `--json`. */
export function clipped(text: string, length = 160): string {
  const signs = [...text];
  return signs.length > length ? `${signs.slice(0, length - 1).join('')}…` : text;
}

/** Empty where all fits. The widest column gives first. */
function fittingWidths(rows: readonly (readonly string[])[]): number[] {
  const available = (process.stdout.columns || Infinity) - indentation.length;
  const widths = (rows[0] ?? []).map(
    (_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))) + gap,
  );
  if (sum(widths) <= available) return [];
  for (let left = sum(widths) - available; left > 0; left -= 1) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowest) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widthOf(cell: string): number {
  return Math.max(
    ...stripVTControlCharacters(cell)
      .split('\n')
      .map((line) => line.length),
  );
}

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}

function withoutTrailingBlanks(text: string): string {
  // eslint-disable-next-line no-control-regex -- colours end after the blanks
  return text.replaceAll(/[ ]+((?:\u001b\[\d+m)*)$/gm, '$1');
}
