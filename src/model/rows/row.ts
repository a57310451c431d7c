// One process, a group of them, or a branch of the tree, as a table shows it.

import type { History } from '../history/history.ts';
import type { Series } from '../history/series.ts';
import type { GcRate } from '../snapshot/heap.ts';
import type { Process } from '../snapshot/snapshot.ts';
import type { Label } from './label.ts';

/** One process as a table shows it. The same object as in the previous tick when nothing about it changed. */
export interface Row {
  readonly process: Process;
  readonly label: Label;
  /** Percent of one CPU since the reading before; absent on the first. */
  readonly cpuPercent?: number;
  /** Major page faults a second since the reading before; absent on the first. */
  readonly majorFaultsPerSecond?: number;
  /** The history of its RSS, which grows with later snapshots. */
  readonly rss: History;
  /** The history of RSS and swap together, once its swap has moved and while it is known. */
  readonly total?: History;
  /** The history of the heap's headroom, up to the runtime's limit; absent where no agent reports it. */
  readonly heapHeadroom?: Series;
  /** The history of the headroom below the limit in force for its cgroup; absent where no limit is known. */
  readonly groupHeadroom?: Series;
  /** How often its runtime collects; absent where no agent reports it. */
  readonly gc?: GcRate;
  /** The row is a group, and its process the sum of the members: `membersOf` names them. */
  readonly group?: Group<Row>;
  /** True for a member listed under its group's row. */
  readonly isMember?: boolean;
  /** Its place in the tree. A folded row is the sum of its subtree, whose processes `membersOf` names. */
  readonly tree?: Branch<Row>;
}

/** A group of processes that have something in common. */
export interface Group<Row> {
  readonly by: Grouping;
  /** What they have in common, as it was read; empty when it is not known. */
  readonly key: string;
  /** The same as text, cleaned. */
  readonly title: string;
  /** A cgroup's memory as text, such as `281M of 512M limit`. */
  readonly note?: string;
  readonly members: readonly Row[];
}

/** The place of a row in a tree, or in an opened group. */
export interface Branch<Row> {
  /** The index of the parent row; undefined at the top. */
  readonly above: Branch<Row> | undefined;
  /** The depth: how many ancestors it has. */
  readonly depth: number;
  /** True for the last of its siblings. */
  readonly isLast: boolean;
  readonly hasChildren: boolean;
  /** True when its subtree is folded: the row then is the sum of it all. */
  readonly isFolded: boolean;
  /** True for a process that does not match but has a descendant that does. */
  readonly isContext: boolean;
  /** The matching processes of the subtree, the row included: how many, and their RSS in bytes. */
  readonly total: { readonly count: number; readonly rss: number };
  /** The processes that a folded row stands for. */
  readonly members?: readonly Row[];
}

export const GROUPINGS = ['name', 'user', 'cgroup'] as const;

export type Grouping = (typeof GROUPINGS)[number];
