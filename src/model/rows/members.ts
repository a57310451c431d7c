// Which processes a row stands for, and by what it is known when rows move.
import type { Row } from './row.ts';

/** The processes of a row: of a group or a folded subtree all of them, else the one it is. */
export function membersOf(row: Row): readonly Row[] {
  return row.group?.members ?? row.tree?.members ?? [row];
}

/** What tells rows apart from tick to tick: pid and start time, or the kind and key of a group. */
export function keyOf(row: Row): string {
  if (row.group !== undefined) return `${row.group.by} ${row.group.key}`;
  const { pid, startTime } = row.process.who;
  return `${pid}@${startTime}`;
}

/** What rows show together, nothing counted twice. */
export interface Tally {
  readonly processes: number;
  readonly groups: number;
  /** Bytes. */
  readonly rss: number;
}

/** The rows whose sum is that of all: members of an opened group are in its row already. */
export function rowsOnce(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.isMember !== true && (row.tree?.isContext !== true || row.tree.isFolded));
}

/** How many processes rows stand for and their RSS. */
export function tallyOf(rows: readonly Row[]): Tally {
  let processes = 0;
  let groups = 0;
  let rss = 0;
  for (const row of rowsOnce(rows)) {
    if (row.group !== undefined) groups += 1;
    processes += membersOf(row).length;
    rss += row.process.rss;
  }
  return { processes, groups, rss };
}
