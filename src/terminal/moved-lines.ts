// Lines that are on the screen already, some rows higher or lower: moved there by the terminal in place of being written again.

/** Bytes that are saved, roughly, where a line is moved, and that it takes to go to a row and move the lines from there. */
const SAVED = 10;
const COST = 11;
/** Bytes that a line takes that was not there before and would have been changed in place. */
const NEW_LINE = 40;

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
  const kept = longestRising(rowsBefore(before, after));
  let moved = 0;
  let gone = 0;
  const removed: LineMove[] = [];
  const inserted: LineMove[] = [];
  let [from, to] = [0, 0];
  for (const [rowBefore, rowAfter] of [...kept, [before.length, after.length] as const]) {
    const difference = rowAfter - to - (rowBefore - from);
    // Of as many lines between two that stay, none is moved.
    if (difference < 0) removed.unshift({ row: rowBefore + difference, count: -difference });
    if (difference > 0) inserted.push({ row: rowAfter - difference, count: difference });
    if (difference > 0) gone += difference;
    if (rowBefore !== rowAfter) moved += 1;
    [from, to] = [rowBefore + 1, rowAfter + 1];
  }
  const gain = moved * SAVED - (removed.length + inserted.length) * COST - gone * NEW_LINE;
  return gain > 0 ? { removed, inserted } : undefined;
}

/** The same moves of what is kept of each row. */
export function moveRows<Row>(rows: Row[], { removed, inserted }: LineMoves, blank: () => Row): void {
  for (const { row, count } of removed) rows.splice(row, count);
  for (const { row, count } of inserted) rows.splice(row, 0, ...Array.from({ length: count }, blank));
}

/** Pairs of rows before and after with the same line, of lines that are there once. */
function rowsBefore(before: readonly string[], after: readonly string[]): [number, number][] {
  const rows = new Map<string, number>();
  for (const [row, line] of before.entries()) rows.set(line, rows.has(line) ? -1 : row);
  const pairs: [number, number][] = [];
  for (const [row, line] of after.entries()) {
    const same = before[row] === line ? row : rows.get(line);
    if (same === undefined || same < 0) continue;
    pairs.push([same, row]);
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
  const kept: [number, number][] = [];
  for (let link = ends.at(-1); link !== undefined; link = link.previous) kept.unshift([link.rowBefore, link.row]);
  return kept;
}
