// The note above a tree or groups: what their sums mean.
import { type Arrangement, groupingOf } from './layout.ts';

/** A sentence in at most `width` cells, if any fits; empty for a list, which adds nothing up. */
export function arrangementNote(arrangement: Arrangement, width: number): string {
  if (arrangement === 'list') return '';
  const by = groupingOf(arrangement);
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
