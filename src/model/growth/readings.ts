// The readings of one number, in the form that the growth functions take.
import type { Workspace } from '../../numbers/workspace.ts';

/** Readings in order of time: from `times[i]` on, in milliseconds of the timeline, the value was `values[i]`. */
export interface Readings {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly count: number;
  /** Arrays for what is computed of them, valid as long as the readings. Absent: new arrays are made. */
  readonly workspace?: Workspace;
}

/** The curve that readings belong to: its beginning, its end, and its sampling interval. All in milliseconds. */
export interface Observed {
  readonly since: number;
  readonly now: number;
  readonly interval: number;
}
