// The readings of one number, as what judges its growth is given them.

/** Readings in order of time: from `times[i]` on, in milliseconds of the timeline, the value was `values[i]`. */
export interface Readings {
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly count: number;
}

/** Of which curve: since when there is one, until when, and how far apart it is read. All in milliseconds. */
export interface Observed {
  readonly since: number;
  readonly now: number;
  readonly interval: number;
}
