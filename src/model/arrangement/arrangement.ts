// Arranges the rows of a table as a list, a tree or groups.

import { columnOf } from '../columns/columns.ts';
import type { Row } from '../rows/row.ts';
import { type GroupStyle, groupsOf } from './groups.ts';
import { type Arrangement, groupingOf } from './layout.ts';
import { type Order, sort } from './select-and-sort.ts';
import { treeOf } from './tree.ts';

export interface ArrangeOptions extends Pick<GroupStyle, 'order' | 'moment' | 'memory'> {
  readonly arrangement: Arrangement;
  /**
   * Keys of the rows that were toggled: folded subtrees and opened groups. Undefined where
   * folding is not possible (printed tables).
   */
  readonly toggled: ReadonlySet<string> | undefined;
}

/** The rows of the table: filtered, sorted and arranged as a list, a tree or groups. */
export function arrange(all: readonly Row[], selected: readonly Row[], options: ArrangeOptions): Row[] {
  const { arrangement, moment, toggled, memory } = options;
  const order = orderIn(options);
  const by = groupingOf(arrangement);
  if (by !== undefined) return groupsOf(selected, { by, order, moment, opened: toggled, memory });
  return arrangement === 'tree'
    ? treeOf(all, selected, { order, moment, folds: toggled ?? new Set() })
    : sort(selected, order, moment);
}

/** Subtree sums are known only after the tree is built, so rows are sorted by the column that they add up. */
function orderIn({ order }: ArrangeOptions): Order {
  const { sortsAs } = order.column;
  const column = sortsAs === undefined ? undefined : columnOf(sortsAs);
  return column === undefined ? order : { ...order, column };
}
