// Lines that are on the screen already, some rows higher or lower: moved there by the terminal in place of being written again.

/** Bytes that are saved, roughly, where a line is moved, and that it takes to go to a row and move the lines from there. */
const SAVED = 10;
const COST = 11;
/** Bytes that a line takes that was not there before and would have been changed in place. */
const NEW_LINE = 40;
/** Characters that a line is recognised by, when others of it have changed: those of a row begin with the PID. */
const HEAD = 16;
/** Characters by which a line must be more like the one it is moved from than like the one in its place. */
const CLEARLY = 4;

/** Some lines removed from, or inserted before, a row. */
export interface LineMove {
  readonly row: number;
  readonly count: number;
}

/** First all that are removed, from the lowest row up, then all that are inserted, from the top down: as many as were removed. */
export interface LineMoves {
  readonly removed: readonly LineMove[];
  readonly inserted: readonly LineMove[];
}

/** What moves lines to their new rows; undefined where it would not be shorter than writing what differs. */
export function lineMoves(before: readonly string[], after: readonly string[]): LineMoves | undefined {
  if (before.length !== after.length) return undefined;
  let moved = 0;
  let fresh = 0;
  const removed: LineMove[] = [];
  const inserted: LineMove[] = [];
  let from = 0;
  let to = 0;
  for (const [rowBefore, row] of [...longestRising(likePairs(before, after)), [before.length, after.length] as const]) {
    const count = row - to - (rowBefore - from);
    if (count !== 0) {
      const place = bestPlace(before.slice(from, rowBefore), after.slice(to, row));
      if (count < 0) removed.unshift({ row: from + place, count: -count });
      else inserted.push({ row: to + place, count });
      fresh += Math.max(0, count);
    }
    if (rowBefore !== row && isNearer(after[row], before[rowBefore], before[row])) moved += 1;
    from = rowBefore + 1;
    to = row + 1;
  }
  const gain = moved * SAVED - (removed.length + inserted.length) * COST - fresh * NEW_LINE;
  return gain > 0 ? { removed, inserted } : undefined;
}

/** Where one list of lines has some more than the other: behind how many, so that the others are the most alike. */
function bestPlace(before: readonly string[], after: readonly string[]): number {
  const fewer = Math.min(before.length, after.length);
  const pairs = Array.from({ length: fewer }, (_, row) => row);
  const above = pairs.map((row) => likeness(before[row], after[row]));
  const below = pairs.map((row) => likeness(before[before.length - fewer + row], after[after.length - fewer + row]));
  let sum = below.reduce((total, each) => total + each, 0);
  let best = 0;
  let most = sum;
  for (const row of pairs) {
    sum += (above[row] ?? 0) - (below[row] ?? 0);
    if (sum <= most) continue;
    most = sum;
    best = row + 1;
  }
  return best;
}

/** Characters at the beginning that two lines share, and at the end. */
function likeness(one = '', other = ''): number {
  const length = Math.min(one.length, other.length);
  let start = 0;
  while (start < length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < length - start && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return start + end;
}

/** The same moves of what is kept of each row. */
export function moveRows<Row>(rows: Row[], { removed, inserted }: LineMoves, blank: () => Row): void {
  for (const { row, count } of removed) rows.splice(row, count);
  for (const { row, count } of inserted) rows.splice(row, 0, ...Array.from({ length: count }, blank));
}

function isNearer(line: string | undefined, from: string | undefined, inPlace: string | undefined): boolean {
  return line === from || likeness(line, from) > likeness(line, inPlace) + CLEARLY;
}

/** Pairs of rows before and after whose lines are the same or begin alike, where only one line begins so. */
function likePairs(before: readonly string[], after: readonly string[]): [number, number][] {
  const rows = new Map<string, number>();
  for (const [row, line] of before.entries()) {
    const head = line.slice(0, HEAD);
    rows.set(head, rows.has(head) ? -1 : row);
  }
  const pairs: [number, number][] = [];
  for (const [row, line] of after.entries()) {
    const rowBefore = before[row] === line ? row : (rows.get(line.slice(0, HEAD)) ?? -1);
    if (rowBefore >= 0) pairs.push([rowBefore, row]);
  }
  return pairs;
}

/** A pair of rows, and the pair that comes before it in the longest list that ends with it. */
interface Link {
  readonly rowBefore: number;
  readonly row: number;
  readonly previous: Link | undefined;
}

/** The longest list of pairs, in order, whose rows before rise too: lines that keep their order. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  /** The last link of the best list of each length. */
  const ends: Link[] = [];
  for (const [rowBefore, row] of pairs) {
    let at = ends.length;
    while (at > 0 && (ends[at - 1]?.rowBefore ?? 0) >= rowBefore) at -= 1;
    ends[at] = { rowBefore, row, previous: ends[at - 1] };
  }
  const unchanged: [number, number][] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.previous) unchanged.unshift([link.rowBefore, link.row]);
  return unchanged;
}
