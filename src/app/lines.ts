// Where the selection goes when rows move.
import { keyOf, membersOf } from '../model/members.ts';
import type { Row } from '../model/tracker.ts';

/**
 * On which line the row is that was selected before: the row itself, or, where the shape has changed, the one that
 * stands for it, or the largest of those it stood for. Undefined when there is none.
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

/** The line for a selection whose row is gone: where it was, or the next below that is no mere context of a match. */
export function nearestLine(shown: readonly Row[], line: number): number {
  let at = Math.min(line, shown.length - 1);
  while (shown[at]?.tree?.isContext && at < shown.length - 1) at += 1;
  return at;
}
