// The timeline under the header: which moments it covers, and which of its cells a moment is in.
import { momentOf, recordedIn } from '../state/past.ts';
import type { State } from '../state/state.ts';

/** The stretch that it covers while the moment shown is within it; else it covers all that is recorded. Milliseconds. */
const USUAL_STRETCH = 30 * 60_000;
/** With fewer columns it has no clock at its ends. */
const WITH_CLOCKS = 60;
/** Cells of a clock and of the space next to it. */
const CLOCK = 6;

/** The cells of the timeline, and the stretch of time that they cover in equal spans. */
export interface TimelineCells {
  readonly left: number;
  readonly cells: number;
  readonly from: number;
  readonly to: number;
  readonly hasClocks: boolean;
}

/** Undefined where nothing is recorded. */
export function timelineOf(state: State): TimelineCells | undefined {
  const range = recordedIn(state)?.range;
  if (range === undefined) return undefined;
  const { begin, end } = range;
  const moment = momentOf(state) ?? end;
  const from = moment >= end - USUAL_STRETCH ? Math.max(begin, end - USUAL_STRETCH) : begin;
  const hasClocks = state.columns >= WITH_CLOCKS;
  const left = hasClocks ? CLOCK : 0;
  return { left, cells: Math.max(1, state.columns - 2 * left), from, to: end, hasClocks };
}

/** The cell of a moment, counted from 0; undefined where it is not within the stretch. */
export function cellAt({ cells, from, to }: TimelineCells, time: number): number | undefined {
  if (time < from || time > to) return undefined;
  return Math.min(cells - 1, Math.floor(((time - from) / Math.max(1, to - from)) * cells));
}

/** The moment in the middle of the cell in a column of the screen; undefined where that is not one of its cells. */
export function timeAt({ left, cells, from, to }: TimelineCells, column: number): number | undefined {
  const cell = column - left;
  if (cell < 0 || cell >= cells) return undefined;
  return from + ((cell + 0.5) / cells) * (to - from);
}
