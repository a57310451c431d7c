// The rows of a table in the shape that was asked for.
import { type Order, sort } from './arrange.ts';
import type { Moment } from './column.ts';
import { columnOf } from './columns.ts';
import { groupsOf } from './groups.ts';
import type { MemoryGroup } from './memory-group.ts';
import { groupingOf, type TableShape } from './table-shape.ts';
import type { Row } from './tracker.ts';
import { treeOf } from './tree.ts';

export interface Shaping {
  readonly shape: TableShape;
  readonly order: Order;
  readonly moment: Moment;
  /**
   * Keys of the rows that are not as at first: subtrees that are folded, groups that are opened. Undefined where nobody
   * can fold or open anything.
   */
  readonly toggled: ReadonlySet<string> | undefined;
  /** What is known of the memory of cgroups. */
  readonly memory?: readonly MemoryGroup[] | undefined;
}

/** The kept of all rows, in order and in shape. */
export function shaped(all: readonly Row[], kept: readonly Row[], shaping: Shaping): Row[] {
  const { shape, moment, toggled, memory } = shaping;
  const order = orderIn(shaping);
  const by = groupingOf(shape);
  if (by !== undefined) return groupsOf(kept, { by, order, moment, opened: toggled, memory });
  return shape === 'tree'
    ? treeOf(all, kept, { order, moment, folds: toggled ?? new Set() })
    : sort(kept, order, moment);
}

/** The sum of a subtree is known once the tree stands: to sort by it is to sort by what it is the sum of. */
function orderIn({ order }: Shaping): Order {
  const column = order.column.id === 'subtree' ? columnOf('rss') : undefined;
  return column === undefined ? order : { ...order, column };
}
