// How rows stand in the table: one below the other, as a tree, or in groups.

import type { Grouping } from './grouping.ts';

/** `list` is one row a process, `tree` the same under their parents, the others a row for each group. */
export type TableShape = 'list' | 'tree' | Grouping;

/** The shape that settings ask for; groups where they ask for groups and the tree. */
export function shapeFrom({
  tree,
  group,
}: {
  readonly tree: boolean;
  readonly group: Grouping | undefined;
}): TableShape {
  return group ?? (tree ? 'tree' : 'list');
}

/** What to ask for to get groups: the shape itself, or undefined for a shape without groups. */
export function groupingOf(shape: TableShape): Grouping | undefined {
  return shape === 'list' || shape === 'tree' ? undefined : shape;
}

/** A default set of columns in a shape: with the sums below each process in the tree, without peaks, which do not add up. */
export function columnsIn<Id extends string>(shape: TableShape, ids: readonly Id[]): readonly (Id | 'subtree')[] {
  if (shape === 'tree') return ids.flatMap((id): (Id | 'subtree')[] => (id === 'command' ? ['subtree', id] : [id]));
  return shape === 'list' ? ids : ids.filter((id) => id !== 'peak');
}

/** A group of processes that have something in common. */
export interface Group<Row> {
  readonly by: Grouping;
  /** What they have in common, as it was read; empty when it is not known. */
  readonly key: string;
  /** The same in words, cleaned. */
  readonly title: string;
  /** What is known of a cgroup's memory, such as `281M of 512M limit`. */
  readonly note?: string;
  readonly members: readonly Row[];
}
