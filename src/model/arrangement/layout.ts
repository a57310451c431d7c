// How the rows of the table are arranged: as a flat list, as a tree, or in groups.

import type { Grouping } from '../rows/row.ts';

/** `list`: one row per process; `tree`: the same, under their parents; the others: one row per group. */
export type Arrangement = 'list' | 'tree' | Grouping;

/** The arrangement from the settings. Groups take precedence over the tree. */
export function arrangementFrom({
  tree,
  group,
}: {
  readonly tree: boolean;
  readonly group: Grouping | undefined;
}): Arrangement {
  return group ?? (tree ? 'tree' : 'list');
}

/** The grouping of an arrangement; undefined for the list and the tree. */
export function groupingOf(arrangement: Arrangement): Grouping | undefined {
  return arrangement === 'list' || arrangement === 'tree' ? undefined : arrangement;
}
