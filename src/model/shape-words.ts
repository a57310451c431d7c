// What a tree or groups add up, said in one line.
import { groupingOf, type TableShape } from './table-shape.ts';

/** A sentence in at most `width` cells, if any fits; empty for a list, which adds nothing up. */
export function shapeWords(shape: TableShape, width: number): string {
  if (shape === 'list') return '';
  const by = groupingOf(shape);
  const what = by === undefined ? 'tree' : `groups by ${by}`;
  const choices = [
    by === undefined
      ? 'tree: SUBTREE and folded rows are sums; shared pages count more than once, in PSS once'
      : `${what}: RSS is a sum; pages that members share count more than once, in PSS once`,
    `${what}: sums count shared pages again`,
    what,
  ];
  return choices.find((text) => text.length <= width) ?? '';
}
