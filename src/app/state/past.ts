// The moment on the screen: now, or one of the past.
import type { Recorded } from '../../model/recall/recorded.ts';
import type { State } from './state.ts';

/** Whether the timeline is under the header: in the past, and where it is pinned. */
export function hasTimeline({ past, isTimelinePinned, recorded }: State): boolean {
  return recorded?.range !== undefined && (past !== undefined || isTimelinePinned);
}

/** The time from which keys go back and forth: that of the moment wanted or shown. */
export function momentOf({ past, view }: State): number | undefined {
  return past?.time ?? view?.snapshot.time;
}

/** What is recorded, and its stretch of time; undefined while there is nothing. */
export function recordedIn({ recorded }: State): { readonly recorded: Recorded; readonly range: Range } | undefined {
  const range = recorded?.range;
  return recorded === undefined || range === undefined ? undefined : { recorded, range };
}

type Range = NonNullable<Recorded['range']>;
