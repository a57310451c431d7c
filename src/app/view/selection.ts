// Finds the line of the cursor after the rows have moved.
import { keyOf, membersOf } from '../../model/rows/members.ts';
import type { Row } from '../../model/rows/row.ts';
import type { Anchor } from '../state/state.ts';

/** The anchor once the user has picked a row without naming a process to follow. */
export function held(anchor: Anchor): Anchor {
  return anchor === 'first-row' ? 'process' : anchor;
}

/**
 * The line of a cursor that stays on its process: where that is now, or the line it was on when the process has exited.
 * A zombie has ended: its memory is gone, and what is left of it sorts to the bottom.
 */
export function lineAfter(
  shown: readonly Row[],
  selected: Row | undefined,
  line: number,
): { readonly line: number; readonly isGone: boolean } {
  const found = lineOf(shown, selected);
  const hasEnded = found !== undefined && isZombie(shown[found]) && !isZombie(selected);
  const isGone = found === undefined || hasEnded;
  return { line: isGone ? nearestLine(shown, line) : found, isGone };
}

/**
 * The line of the row that was selected before: the row itself or, where the arrangement has changed, the row that
 * contains it, or the largest of its members. Undefined when it is no longer shown.
 */
export function lineOf(shown: readonly Row[], selected: Row | undefined): number | undefined {
  if (selected === undefined) return undefined;
  const key = keyOf(selected);
  const same = shown.findIndex((row) => keyOf(row) === key);
  if (same >= 0) return same;
  const largest = membersOf(selected).reduce((one, other) => (other.process.rss > one.process.rss ? other : one));
  const { pid, startTime } = largest.process.who;
  const standing = shown.findIndex((row) =>
    membersOf(row).some(({ process: { who } }) => who.pid === pid && who.startTime === startTime),
  );
  return standing < 0 ? undefined : standing;
}

/** The line for a selection whose row is gone: where it was, or the next below that is more than context of a match. */
export function nearestLine(shown: readonly Row[], line: number): number {
  let at = Math.min(line, shown.length - 1);
  while (shown[at]?.tree?.isContext && at < shown.length - 1) at += 1;
  return at;
}

function isZombie(row: Row | undefined): boolean {
  return row?.process.state === 'Z' && row.group === undefined;
}
