// The processes that a row stands for, and the key that identifies it when rows move.
import { existing } from '../../numbers/existing.ts';
import type { Row } from './row.ts';

/** The processes of a row: all of a group or a folded subtree, else the row's own. */
export function membersOf(row: Row): readonly Row[] {
  return row.group?.members ?? row.tree?.members ?? [row];
}

/** The key of a row from tick to tick: pid and start time, or the kind and key of a group. */
export function keyOf(row: Row): string {
  if (row.group !== undefined) return `${row.group.by} ${row.group.key}`;
  const { pid, startTime } = row.process.who;
  return `${pid}@${startTime}`;
}

/** The sums of rows, nothing counted twice. */
export interface Tally {
  readonly processes: number;
  readonly groups: number;
  /** Bytes. */
  readonly rss: number;
}

/** The rows whose sum is that of all: members of an opened group are in its row already. */
export function rowsOnce(rows: readonly Row[]): Row[] {
  return rows.filter(isCounted);
}

function isCounted({ isMember, tree }: Row): boolean {
  return isMember !== true && (tree?.isContext !== true || tree.isFolded);
}

/** How many processes the rows stand for, and their RSS. */
export function tallyOf(rows: readonly Row[]): Tally {
  let processes = 0;
  let groups = 0;
  let rss = 0;
  for (let place = 0; place < rows.length; place += 1) {
    const row = existing(rows[place]);
    if (!isCounted(row)) continue;
    if (row.group !== undefined) groups += 1;
    processes += (row.group?.members ?? row.tree?.members)?.length ?? 1;
    rss += row.process.rss;
  }
  return { processes, groups, rss };
}

/** The sums of the rows of a table. */
export interface Sums extends Tally {
  /** Rows that show a heap. */
  readonly agents: number;
}

/** The sums of all rows. */
export function sumsOf(rows: readonly Row[]): Sums {
  let agents = 0;
  for (let place = 0; place < rows.length; place += 1)
    if (existing(rows[place]).process.heap !== undefined) agents += 1;
  return { ...tallyOf(rows), agents };
}

/** The sums without rows that are gone, and with fresh ones. */
export function sumsAfter(before: Sums, gone: readonly Row[], fresh: readonly Row[]): Sums {
  const [less, more] = [sumsOf(gone), sumsOf(fresh)];
  return {
    processes: before.processes - less.processes + more.processes,
    groups: before.groups - less.groups + more.groups,
    rss: before.rss - less.rss + more.rss,
    agents: before.agents - less.agents + more.agents,
  };
}
