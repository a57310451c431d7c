// Which process is the parent of which, even with wrong parent IDs.
import { existing } from '../../numbers/existing.ts';
import { WOBBLE } from '../rows/age.ts';
import type { Row } from '../rows/row.ts';
import type { Identity } from '../snapshot/snapshot.ts';

/** No parent: a root. */
export const NO_PARENT = -1;

/**
 * The index of each row's parent among the rows, or NONE. The result is always a forest: a parent that is not there,
 * that is the process itself or that is younger than its child (a reused PID) does not count, and a cycle is broken at
 * its lowest pid.
 */
export function parentsOf(rows: readonly Row[]): Int32Array {
  const places = new Map<number, number>();
  for (let index = 0; index < rows.length; index += 1) places.set(existing(rows[index]).process.who.pid, index);
  const parents = new Int32Array(rows.length);
  for (let index = 0; index < rows.length; index += 1) {
    const { who } = existing(rows[index]).process;
    const parent = places.get(who.ppid) ?? NO_PARENT;
    const isParent = parent !== NO_PARENT && parent !== index && isOlder(existing(rows[parent]).process.who, who);
    parents[index] = isParent ? parent : NO_PARENT;
  }
  openCircles(parents, rows);
  return parents;
}

function isOlder(parent: Identity, child: Identity): boolean {
  const wobble = child.startTime === child.startedAt ? WOBBLE : 0;
  return parent.startTime <= child.startTime + wobble;
}

/** Follows every row upwards once; a row that is reached again is in a cycle. */
function openCircles(parents: Int32Array, rows: readonly Row[]): void {
  const walks = new Int32Array(rows.length);
  for (let start = 0; start < rows.length; start += 1) {
    const walk = start + 1;
    let at = start;
    while (at !== NO_PARENT && walks[at] === 0) {
      walks[at] = walk;
      at = existing(parents[at]);
    }
    if (at !== NO_PARENT && walks[at] === walk) parents[lowestOf(at, parents, rows)] = NO_PARENT;
  }
}

/** The index with the lowest pid of the cycle that `place` is in. */
function lowestOf(place: number, parents: Int32Array, rows: readonly Row[]): number {
  const pidAt = (at: number) => existing(rows[at]).process.who.pid;
  let lowest = place;
  for (let at = existing(parents[place]); at !== place; at = existing(parents[at])) {
    if (pidAt(at) < pidAt(lowest)) lowest = at;
  }
  return lowest;
}
