// Charts drawn as characters: areas in blocks, braille dots or ASCII, and several lines in one field.
import { existing } from '../numbers/existing.ts';
import type { Graph } from '../text/sparkline.ts';
import { type Axis, fractionOn } from './axis.ts';

const EIGHTHS = [...' ▁▂▃▄▅▆▇█'];
const THIRDS = [...' .:#'];
/** Dots of a braille cell from the bottom up, left and right column (Unicode Standard, Braille Patterns). */
const DOTS = [
  [0x40, 0x04, 0x02, 0x01],
  [0x80, 0x20, 0x10, 0x08],
] as const;

/** Values drawn in each column. */
export function valuesPerColumn(graph: Graph): number {
  return graph === 'braille' ? 2 : 1;
}

/**
 * The area below the values in the given number of lines, the highest first, as arrays of characters. Known values have at least
 * the smallest height there is; NaN has none.
 */
export function plotArea(values: readonly number[], axis: Axis, height: number, graph: Graph): string[][] {
  const steps = graph === 'blocks' ? 8 : graph === 'braille' ? 4 : 3;
  const heights = values.map((value) =>
    Number.isNaN(value) ? 0 : Math.max(1, Math.round(fractionOn(axis, value) * height * steps)),
  );
  const perColumn = valuesPerColumn(graph);
  return Array.from({ length: height }, (_, line) => {
    const below = (height - 1 - line) * steps;
    const filled = (index: number) => Math.max(0, Math.min(steps, (heights[index] ?? 0) - below));
    return Array.from({ length: Math.floor(values.length / perColumn) }, (__, column) => {
      if (graph === 'braille') return brailleOf(filled(column * 2), filled(column * 2 + 1));
      return existing((graph === 'blocks' ? EIGHTHS : THIRDS)[filled(column)]);
    });
  });
}

function brailleOf(left: number, right: number): string {
  if (left + right === 0) return ' ';
  const dots = (count: number, side: 0 | 1) => DOTS[side].slice(0, count).reduce<number>((sum, dot) => sum + dot, 0);
  return String.fromCodePoint(0x2800 + dots(left, 0) + dots(right, 1));
}

/** One cell of a field of lines: the index of the line that passes through it, or undefined. */
export type LineCell = number | undefined;

/** Which of several lines passes through each cell, the highest line of cells first. Where two meet, the first is drawn. */
export function plotLines(
  lines: readonly (readonly number[])[],
  axis: Axis,
  height: number,
  columns: number,
): LineCell[][] {
  const field = Array.from({ length: height }, () => new Array<LineCell>(columns).fill(undefined));
  for (const [index, values] of [...lines.entries()].reverse()) {
    for (let column = 0; column < columns; column += 1) {
      const value = values[column] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      const line = height - 1 - Math.min(height - 1, Math.floor(fractionOn(axis, value) * height));
      existing(field[line])[column] = index;
    }
  }
  return field;
}
