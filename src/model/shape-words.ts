// What a tree or groups add up, in one line.
import { groupingOf, type TableShape } from './table-shape.ts';

/** A sentence in at most `width` cells, if any fits; empty for a list, which adds nothing up. */
export function shapeWords(shape: TableShape, width: number): string {
  if (shape === 'list') return '';
  const by = groupingOf(shape);
  const what = by === undefined ? 'Tree' : `Grouped by ${by}`;
  const choices = [
    by === undefined
      ? 'Subtree RSS counts shared pages repeatedly; use PSS for exact sums'
      : `Grouped by ${by}: RSS counts shared pages repeatedly; use PSS for exact sums`,
    `${what}: RSS counts shared pages repeatedly`,
    what,
  ];
  return choices.find((text) => text.length <= width) ?? '';
}
